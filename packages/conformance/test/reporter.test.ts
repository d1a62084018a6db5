import { beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../src/report/observations.ts';
import { runFixture } from './fixtures/run.ts';

let code: number | null;
let observations: Observation[];

beforeAll(async () => {
  ({ code, observations } = await runFixture('flawed-serverless'));
}, 60_000);

describe('ConformanceReporter', () => {
  it('reports what a flawed client was seen to do', () => {
    expect(code).toBe(1);
    const [life, sight] = observations.filter(({ client }) => client === 'flawed');
    expect(life).toMatchObject({ contract: 'serverless', behaviour: '44 functions in sight', server: 'somewhere', result: 'fail' });
    expect(life?.evidence).toMatch(/^2 of 5 cases failed: says that a function is missing: .*; refuses an empty name before any request: /);
    expect(sight).toMatchObject({ behaviour: '44 life of a function', result: 'fail' });
    expect(sight?.evidence).toMatch(/^1 of 7 cases failed: creates one, finds it, and deletes it: /);
  });

  it('reports known deviations as failures, and what the client does not claim as unsupported', () => {
    expect(observations.filter(({ client }) => client === 'reading')).toEqual([
      {
        contract: 'serverless',
        behaviour: '44 functions in sight',
        client: 'reading',
        server: 'in process',
        result: 'fail',
        evidence: '2 of 5 cases failed: says that a function is missing: https://bugs.example/1; refuses an empty name before any request: https://bugs.example/2',
      },
      { contract: 'serverless', behaviour: '44 life of a function', client: 'reading', server: 'in process', result: 'unsupported', evidence: 'needs createFunction' },
    ]);
  });
});
