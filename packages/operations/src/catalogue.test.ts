import { describe, expect, it } from 'vitest';
import { CATALOGUE, findOperation } from './catalogue.ts';
import { describeOperation } from './describe.ts';
import { RISK_CLASSES } from './risk.ts';

describe('the catalogue', () => {
  it('has each name and each command once', () => {
    const names = CATALOGUE.map(({ name }) => name);
    const commands = CATALOGUE.flatMap(({ cli }) => cli?.command ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(commands).size).toBe(commands.length);
    expect(findOperation('storage_list_objects')?.cli?.command).toBe('ls');
    expect(findOperation('nope')).toBeUndefined();
  });

  it.each(CATALOGUE.map((operation) => [operation.name, operation] as const))('%s describes every field, as JSON that survives', (name, operation) => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/);
    expect(operation.summary).not.toMatch(/\.$/);
    expect(Object.keys(RISK_CLASSES)).toContain(operation.risk);
    const description = describeOperation(operation);
    expect(JSON.parse(JSON.stringify(description))).toBeTruthy();
    for (const [field, schema] of Object.entries(description.input.properties ?? {})) expect([field, schema.description]).toEqual([field, expect.stringMatching(/./)]);
    const shown = operation.cli?.columns ?? [];
    const known = Object.keys(description.output?.properties ?? {});
    expect(shown.filter((column) => !known.includes(column))).toEqual([]);
  });

  it('marks what deletes or replaces, and what only reads', () => {
    const risk = (name: string, input: object) => findOperation(name)?.riskOf(input);
    expect(risk('storage_copy_objects', { sources: ['a'], target: 'b' })).toBe('DELETE');
    expect(risk('storage_copy_objects', { sources: ['a'], target: 'b', ifExists: 'fail' })).toBe('WRITE');
    expect(risk('storage_copy_objects', { sources: ['a'], target: 'b', dryRun: true })).toBe('PLAN');
    expect(risk('storage_delete_bucket', { address: 'c1:b' })).toBe('ADMIN');
    expect(risk('storage_presign_url', { address: 'c1:b/k' })).toBe('EXPOSE');
    expect(risk('storage_read_object', { addresses: ['c1:b/k'] })).toBe('READ_CONTENT');
    expect(risk('storage_list_objects', {})).toBe('READ');
  });
});
