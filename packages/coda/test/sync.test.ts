import { DEFAULT_RATES } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { column } from '../src/index.ts';
import { logOf, openHarness, problemsOf, putRows } from './harness.ts';

const schema = { title: column.text('Title'), points: column.number('Points'), due: column.time('Due') };

function openTasks(...options: Parameters<typeof openHarness>) {
  const harness = openHarness(...options);
  return { ...harness, tasks: harness.client.table(harness.docId, 'Tasks', schema) };
}

const contents = (table: { rows: Map<string, { cells: Record<string, unknown> }> }) => [...table.rows.values()].map(({ cells }) => [cells['c-title'], cells['c-points']]);

describe('a sync', () => {
  const wanted = [
    { title: 'kept', points: 1 },
    { title: 'changed', points: 20 },
    { title: 'new', points: 3 },
  ];

  function openSeeded() {
    const harness = openTasks();
    const titles = ['kept', 'changed', 'missing', 'kept'];
    putRows(harness.table, 4, (place) => ({ 'c-title': titles[place], 'c-points': place + 1 }));
    return harness;
  }

  it('is planned first, and changes nothing until it is applied', async () => {
    const { tasks, table, service } = openSeeded();
    const plan = await tasks.planSync(wanted, { keyColumns: ['title'] });
    expect(plan.counts).toEqual({ inserts: 1, updates: 1, deletes: 2, unchanged: 1 });
    expect(plan.changes).toEqual([
      { kind: 'update', key: '["changed"]', rowId: 'i-row1', fields: ['points'], before: { title: 'changed', points: 2, due: undefined }, values: wanted[1] },
      { kind: 'delete', key: '["missing"]', rowId: 'i-row2', reason: 'missing' },
      { kind: 'delete', key: '["kept"]', rowId: 'i-row3', reason: 'duplicate' },
      { kind: 'insert', key: '["new"]', values: wanted[2] },
    ]);
    expect(table.rows.size).toBe(4);
    await (await plan.apply()).applied();
    expect(contents(table)).toEqual([['kept', 1], ['changed', 20], ['new', 3]]);
    expect(problemsOf(service)).toEqual([]);
  });

  it('finds nothing to do the second time', async () => {
    const { tasks, service } = openSeeded();
    await (await tasks.sync(wanted, { keyColumns: ['title'] })).applied();
    const before = logOf(service).length;
    const result = await tasks.sync(wanted, { keyColumns: ['title'] });
    expect([result.counts, result.requestCount]).toEqual([{ inserts: 0, updates: 0, deletes: 0, unchanged: 3 }, 0]);
    expect(logOf(service).slice(before)).toEqual(['listRows 200']);
  });

  it('leaves what is missing when it is told to', async () => {
    const { tasks } = openSeeded();
    const plan = await tasks.planSync(wanted, { keyColumns: ['title'], deleteMissing: false });
    expect(plan.counts).toMatchObject({ deletes: 0 });
  });

  it.each([
    ['two rows with the same key', [{ title: 'a' }, { title: 'b' }, { title: 'a' }], /Rows 0 and 2 have the same key \["a"\]/],
    ['a row without a key', [{ title: 'a' }, { points: 2 }], /Row 1 has no key/],
    ['a row over 85 KB', [{ title: 'a' }, { title: 'x'.repeat(90_000) }], /row 1 has 90000 bytes/],
    ['a field nobody knows', [{ titel: 'a' } as never], /row 0: "titel" is no field/],
  ])('refuses %s before anything is written', async (_name, rows, problem) => {
    const { tasks, service } = openSeeded();
    await expect(tasks.sync(rows, { keyColumns: ['title'] })).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringMatching(problem) as string });
    expect(logOf(service).filter((line) => !line.startsWith('listColumns'))).toEqual([]);
  });

  it('refuses key columns that are none', async () => {
    const { tasks } = openSeeded();
    await expect(tasks.sync(wanted, { keyColumns: [] })).rejects.toThrow(/needs key columns/);
    await expect(tasks.sync(wanted, { keyColumns: ['color' as never] })).rejects.toThrow(/"color" is no field/);
  });

  it('that fails midway says which rows were queued, and goes on when it is called again', async () => {
    const { tasks, table, service } = openTasks();
    const rows = Array.from({ length: 6 }, (_, place) => ({ title: `T${String(place)}`, points: place }));
    let requests = 0;
    const second = (): Response => {
      requests += 1;
      return Response.json({ statusCode: 403, statusMessage: 'Forbidden', message: 'The token was taken back' }, { status: 403 });
    };
    const plan = await tasks.planSync(rows, { keyColumns: ['title'] });
    const applying = plan.apply({ rowsPerRequest: 2 });
    // The first request passes, the second meets the fault.
    service.fail('upsertRows', () => undefined, second);
    await expect(applying).rejects.toMatchObject({
      code: 'permission_denied',
      details: { step: 'upsert', counts: { inserts: 6 }, report: { queued: [{ firstRow: 0, rowCount: 2 }], failed: { firstRow: 2, rowCount: 2 }, unsentFrom: 4 } },
    });
    expect(requests).toBe(1);
    await (await tasks.sync(rows, { keyColumns: ['title'] })).applied();
    expect(table.rows.size).toBe(6);
  });

  it('of a doc that is deleted midway ends with not_found and the report', async () => {
    const { tasks, service, docId } = openTasks();
    const rows = Array.from({ length: 4 }, (_, place) => ({ title: `T${String(place)}` }));
    const plan = await tasks.planSync(rows, { keyColumns: ['title'] });
    service.docs.delete(docId);
    await expect(plan.apply()).rejects.toMatchObject({ code: 'not_found', details: { report: { queued: [], failed: { firstRow: 0, rowCount: 4 } } } });
  });
});

describe('a sync of 10,000 rows', () => {
  it.each([
    ['the API reference', DEFAULT_RATES.coda.writeContent],
    ['the help centre', { calls: 3, perMs: 10_000 }],
  ])('takes at most a twentieth longer than the limits of %s allow, and meets no 429', async (_name, writeContent) => {
    const { tasks, table, service, clock } = openTasks({ limits: { writeContent } }, { rateLimits: { writeContent } });
    putRows(table, 2_000, (place) => ({ 'c-title': `T${String(place)}`, 'c-points': -1 }));
    const rows = Array.from({ length: 10_000 }, (_, place) => ({ title: `T${String(place + 1_000)}`, points: place }));
    const begin = clock.now();
    const result = await tasks.sync(rows, { keyColumns: ['title'] });
    const tookInMs = clock.now() - begin;
    const allowedInMs = Math.floor((result.requestCount - 1) / writeContent.calls) * writeContent.perMs;
    expect(result.counts).toEqual({ inserts: 9_000, updates: 1_000, deletes: 1_000, unchanged: 0 });
    expect(tookInMs).toBeLessThanOrEqual(allowedInMs * 1.05);
    expect(logOf(service).filter((line) => line.endsWith('429'))).toEqual([]);
    await result.applied();
    expect(table.rows.size).toBe(10_000);
  });

  it('learns a limit that is lower than the published one from the first 429', async () => {
    const { tasks, table, service } = openTasks({ limits: { writeContent: { calls: 3, perMs: 10_000 } } });
    const rows = Array.from({ length: 10_000 }, (_, place) => ({ title: `T${String(place)}`, points: place }));
    const result = await tasks.sync(rows, { keyColumns: ['title'] });
    await result.applied();
    expect(logOf(service).filter((line) => line.endsWith('429'))).toHaveLength(1);
    expect(table.rows.size).toBe(10_000);
  });
});
