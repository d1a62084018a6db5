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
    expect([risk('cmx_doctor', {}), risk('cmx_doctor', { endpoint: 'http://127.0.0.1:9000' })]).toEqual(['READ', 'WRITE']);
  });

  it('knows what commands for docs and newsletters bring about', () => {
    const risk = (name: string, input: object) => findOperation(name)?.riskOf({ doc: 'd', table: 't', keys: ['k'], ...input });
    const page = (name: string, input: object) => findOperation(name)?.riskOf({ doc: 'd', page: 'p', ...input });
    const newsletter = (name: string, input: object = {}) => findOperation(name)?.riskOf(input);
    expect([risk('docs_sync_rows', {}), risk('docs_sync_rows', { keep: true }), risk('docs_sync_rows', { dryRun: true })]).toEqual(['DELETE', 'WRITE', 'PLAN']);
    expect(risk('docs_upsert_rows', {})).toBe('WRITE');
    expect([page('docs_export_page', {}), page('docs_export_page', { to: 'file' })]).toEqual(['READ_CONTENT', 'WRITE_LOCAL']);
    expect([page('docs_write_page', {}), page('docs_write_page', { mode: 'append' })]).toEqual(['DELETE', 'WRITE']);
    expect(newsletter('newsletter_send_campaign', { id: 1 })).toBe('EXPOSE');
    expect(newsletter('newsletter_schedule_campaign', { id: 1, at: '2026-06-01T08:00:00Z' })).toBe('EXPOSE');
    expect([newsletter('newsletter_import_subscribers'), newsletter('newsletter_import_subscribers', { dryRun: true })]).toEqual(['WRITE', 'PLAN']);
    expect(newsletter('newsletter_list_subscribers')).toBe('READ_CONTENT');
    expect(newsletter('newsletter_forget_subscriber', { subscriber: '1' })).toBe('DELETE');
  });
});
