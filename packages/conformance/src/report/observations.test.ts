import { describe, expect, it } from 'vitest';
import { renderConformanceTable } from './conformance-table.ts';
import { mergeObservations, ObservationCollector } from './observations.ts';
import type { CaseMeta, Observation } from './observations.ts';

const META: CaseMeta = { contract: 'storage', behaviour: '8 create-only put', client: 's3', server: 'minio', without: [] };

function observed(changes: Partial<Observation> = {}): Observation {
  return { contract: 'storage', behaviour: '1 keys', client: 's3', server: 'minio', result: 'pass', evidence: '3 cases', ...changes };
}

describe('ObservationCollector', () => {
  it('passes a behaviour when every case passed, and says what was left out', () => {
    const collector = new ObservationCollector();
    collector.add({ sentence: 'creates', passed: true, meta: { ...META, without: ['conditionalMultipart'] } });
    collector.add({ sentence: 'refuses', passed: true, meta: { ...META, without: ['conditionalMultipart'] } });
    expect(collector.observations()).toEqual([observed({ behaviour: META.behaviour, evidence: '2 cases; without conditionalMultipart' })]);
  });

  it('fails a behaviour when one case failed', () => {
    const collector = new ObservationCollector();
    collector.add({ sentence: 'creates', passed: true, meta: META });
    collector.add({ sentence: 'refuses', passed: false, meta: META, error: 'not refused' });
    expect(collector.observations()).toEqual([observed({ behaviour: META.behaviour, result: 'fail', evidence: '1 of 2 cases failed: refuses: not refused' })]);
  });

  it('reports a known deviation as a failure, though vitest calls it a pass', () => {
    const collector = new ObservationCollector();
    collector.add({ sentence: 'refuses', passed: true, meta: { ...META, deviation: 'https://bugs.example/1' } });
    expect(collector.observations()).toMatchObject([{ result: 'fail', evidence: '1 of 1 case failed: refuses: https://bugs.example/1' }]);
  });

  it('reports a deviation that is mended as a pass, though vitest calls it a failure', () => {
    const collector = new ObservationCollector();
    collector.add({ sentence: 'refuses', passed: false, meta: { ...META, deviation: 'https://bugs.example/1' }, error: 'Expect test to fail' });
    expect(collector.observations()).toMatchObject([{ result: 'pass', evidence: '1 case' }]);
  });

  it('reports behaviours without a case as unsupported', () => {
    const collector = new ObservationCollector();
    const unsupported = [{ behaviour: '36 versions', without: ['versions'] }];
    collector.add({ sentence: 'creates', passed: true, meta: { ...META, unsupported } });
    expect(collector.observations()).toContainEqual(observed({ behaviour: '36 versions', result: 'unsupported', evidence: 'needs versions' }));
  });
});

describe('mergeObservations', () => {
  it('replaces what is about the same behaviour, client and server, and sorts by number', () => {
    const older = [observed({ behaviour: '10 reads' }), observed({ result: 'fail' }), observed({ client: 'local' })];
    const newer = [observed({ evidence: '4 cases' }), observed({ behaviour: '2 key length' })];
    expect(mergeObservations(older, newer)).toEqual([
      observed({ client: 'local' }),
      observed({ evidence: '4 cases' }),
      observed({ behaviour: '2 key length' }),
      observed({ behaviour: '10 reads' }),
    ]);
  });
});

describe('renderConformanceTable', () => {
  it('has a row per behaviour and a column per client and server', () => {
    const page = renderConformanceTable([
      observed(),
      observed({ behaviour: '10 reads', result: 'fail', evidence: '1 of 2 cases failed:\n  reads | twice' }),
      observed({ client: 'local', server: 'in process', result: 'unsupported' }),
    ]);
    expect(page).toContain('| Behaviour | s3 (minio) | local (in process) |');
    expect(page).toContain('| 1 keys | yes | – |');
    expect(page).toContain('| 10 reads | **no** |  |');
    expect(page).toContain('| **Shown** | 1 of 2 | 0 of 0 |');
    expect(page).toContain('- s3 (minio), 10 reads: 1 of 2 cases failed: reads | twice');
    expect(page.indexOf('| 1 keys')).toBeLessThan(page.indexOf('| 10 reads'));
  });

  it('keeps contracts apart', () => {
    const page = renderConformanceTable([observed(), observed({ contract: 'compute', behaviour: '43 instances in sight', client: 'ec2' })]);
    expect(page).toContain('## storage');
    expect(page).toContain('## compute');
    expect(page.match(/^\| Behaviour .*$/gm)).toEqual(['| Behaviour | s3 (minio) |', '| Behaviour | ec2 (minio) |']);
  });
});
