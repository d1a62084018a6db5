import { CLOUD_ERROR_CODES, CloudError } from '@cmx/cloud-core';
import { toErrorReport } from '@cmx/operations';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, exitCodeOf } from '../exit-codes.ts';
import { COMMANDS } from '../generated/commands.ts';
import { toCommandSpec } from './command-spec.ts';
import { parseDuration } from './durations.ts';
import { GROUP_SUMMARIES } from './group-summaries.ts';
import { Tally } from './tally.ts';

describe('parseDuration', () => {
  it.each([['30s', 30_000], ['5m', 300_000], ['1.5h', 5_400_000], ['250ms', 250], ['10', 10_000], ['', undefined], ['-1s', undefined], ['5d', undefined], ['soon', undefined]])('%j', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('exit codes', () => {
  it('are the same for an error and for its report', () => {
    for (const code of CLOUD_ERROR_CODES) expect([code, exitCodeOf(toErrorReport(new CloudError(code, 'why')).code)]).toEqual([code, EXIT_CODES[code]]);
    expect(exitCodeOf('SomethingNew')).toBe(1);
  });
});

describe('Tally', () => {
  it('ends as the one thing that failed, or with 9 when there were others', () => {
    const one = new Tally(true);
    expect(JSON.parse(one.count({ outcome: 'failed', source: 'a', error: { code: 'NotFound' } }) ?? '')).toEqual({ source: 'a', error: { code: 'NotFound' } });
    expect(one.exitCode()).toBe(3);
    one.count({ outcome: 'copied', sizeInBytes: 2048 });
    expect(one.exitCode()).toBe(9);
    expect(one.summary()).toMatch(/^1 copied, 1 failed, 2\.0 KiB in /);
    expect(new Tally(true).exitCode()).toBe(0);
  });

  it('calls things what they are', () => {
    const tally = new Tally(true);
    expect(tally.summary()).toBe('nothing to do');
    for (const outcome of ['deleted', 'inserted', 'moved', 'updated']) tally.count({ outcome });
    expect(tally.summary()).toMatch(/^1 moved, 1 inserted, 1 updated, 1 deleted in /);
    expect(new Tally(false).summary()).toBeUndefined();
  });
});

describe('the words before commands', () => {
  it('are explained, each of them', () => {
    const groups = COMMANDS.flatMap(({ command }) => command.split(' ').slice(0, -1).map((_, index, words) => words.slice(0, index + 1).join(' ')));
    expect([...new Set(groups)].sort()).toEqual(Object.keys(GROUP_SUMMARIES).sort());
  });
});

describe('toCommandSpec', () => {
  it('makes flags of the fields that are no arguments, but for the connection, which every command has', () => {
    const spec = toCommandSpec({
      name: 'do_it',
      summary: 'Do it',
      risk: 'READ',
      returns: 'items',
      input: {
        required: ['place', 'names'],
        properties: {
          place: { type: 'string', description: 'Where' },
          dryRun: { type: 'boolean', default: false, description: 'Plan' },
          glob: { type: 'boolean', default: true, description: 'wildcards' },
          sizeInMib: { type: 'integer', default: 8, description: 'Size', flag: 'size' },
          ifExists: { type: 'string', enum: ['skip', 'fail'], default: 'skip', description: 'Then' },
          names: { type: 'array', description: 'Names' },
          connection: { type: 'string', description: 'Connection' },
        },
      },
      cli: { command: 'do it', arguments: [{ field: 'place', label: 'PLACE' }], short: { dryRun: 'n' }, columns: ['a'], primary: 'a' },
    });
    expect(spec).toMatchObject({ command: 'do it', view: 'table', quiet: false, arguments: [{ field: 'place', required: true, variadic: false }] });
    expect(spec?.flags).toEqual([
      { field: 'dryRun', flag: '--dry-run', short: 'n', kind: 'boolean', description: 'Plan' },
      { field: 'glob', flag: '--no-glob', kind: 'boolean', description: 'Turn off: wildcards' },
      { field: 'sizeInMib', flag: '--size', kind: 'number', description: 'Size', default: '8' },
      { field: 'ifExists', flag: '--if-exists', kind: 'string', choices: ['skip', 'fail'], description: 'Then', default: 'skip' },
      { field: 'names', flag: '--names', kind: 'list', required: true, description: 'Names' },
    ]);
  });
});
