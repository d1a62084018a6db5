import { UnavailableError } from '@cmx/cloud-core';
import type { Transport } from '@cmx/http';
import { describe, expect, it } from 'vitest';
import { CodaClient } from '../src/index.ts';
import { all, logOf, openHarness, problemsOf, putRows, TOKEN } from './harness.ts';
import { serviceTransport } from './service-transport.ts';

const timedOut = () => Response.json({ statusCode: 504, statusMessage: 'Gateway Timeout', message: 'Too slow' }, { status: 504 });
const once = { retry: { maxAttempts: 1 } };

/** The service gets the first requests, but their answers are lost on the way back. */
function losingAnswers(transport: Transport, count: number): Transport {
  let left = count;
  return {
    ...transport,
    async request(request) {
      const response = await transport.request(request);
      if (left-- > 0) throw new UnavailableError('The connection was reset', { phase: 'first_byte' });
      return response;
    },
  };
}

describe('rows are listed', () => {
  it('a page at a time, with the token alone on later pages', async () => {
    const { client, service, docId, table } = openHarness();
    putRows(table, 120, (place) => ({ 'c-title': String(place) }));
    const rows = client.rows.list(docId, 'Tasks', { limit: 50, valueFormat: 'simpleWithArrays' });
    expect((await all(rows)).map(({ index }) => index)).toEqual(Array.from({ length: 120 }, (_, place) => place));
    expect(await all(rows)).toHaveLength(120);
    expect(problemsOf(service)).toEqual([]);
  });

  it('from a page token of another process', async () => {
    const { client, docId, table } = openHarness();
    putRows(table, 60, (place) => ({ 'c-title': String(place) }));
    const [first] = await all(client.rows.list(docId, 'Tasks').byPage({ maxPageSize: 40 }));
    const rest = await all(client.rows.list(docId, 'Tasks').byPage({ pageToken: first!.nextPageToken! }));
    expect(rest.flatMap(({ items }) => items)).toHaveLength(20);
  });

  it('only those that changed since a sync token, deleted ones never', async () => {
    const { client, docId, table } = openHarness();
    putRows(table, 3, (place) => ({ 'c-title': String(place) }));
    const pages = await all(client.rows.list(docId, 'Tasks').byPage());
    const syncToken = pages.at(-1)!.nextSyncToken!;
    expect(await all(client.rows.list(docId, 'Tasks', { syncToken }))).toEqual([]);
    await (await client.rows.update(docId, 'Tasks', 'i-row1', { Title: 'changed' })).applied();
    await (await client.rows.delete(docId, 'Tasks', 'i-row0')).applied();
    expect((await all(client.rows.list(docId, 'Tasks', { syncToken }))).map(({ id }) => id)).toEqual(['i-row1']);
    await expect(all(client.rows.list(docId, 'Tasks', { syncToken: 'nonsense' }))).rejects.toMatchObject({ code: 'invalid_argument', status: 400 });
  });

  it('with half as many in a page when the service is too slow, without one missing or twice', async () => {
    const { client, service, docId, table } = openHarness({}, once);
    putRows(table, 300, (place) => ({ 'c-title': String(place) }));
    service.fail('listRows', timedOut);
    const iterator = client.rows.list(docId, 'Tasks', { limit: 200 }).byPage()[Symbol.asyncIterator]();
    const first: { value?: { items: readonly { index: number }[] } } = await iterator.next();
    expect(first.value?.items).toHaveLength(100);
    service.fail('listRows', timedOut);
    const indexes = first.value!.items.map(({ index }) => index);
    for (let page = await iterator.next(); !page.done; page = await iterator.next()) indexes.push(...page.value.items.map(({ index }) => index));
    expect(indexes).toEqual(Array.from({ length: 300 }, (_, place) => place));
  });

  it('and not at all when even small pages are too slow', async () => {
    const { client, service, docId, table } = openHarness({}, once);
    putRows(table, 30, (place) => ({ 'c-title': String(place) }));
    service.fail('listRows', timedOut, timedOut, timedOut, timedOut);
    await expect(all(client.rows.list(docId, 'Tasks', { limit: 20 }))).rejects.toMatchObject({ code: 'unavailable', status: 504 });
  });

  it('unless the table changed under a list that had to begin again', async () => {
    const { client, service, docId, table } = openHarness({}, once);
    putRows(table, 100, (place) => ({ 'c-title': String(place) }));
    const iterator = client.rows.list(docId, 'Tasks', { limit: 40 }).byPage()[Symbol.asyncIterator]();
    await iterator.next();
    table.rows.delete('i-row0');
    service.fail('listRows', timedOut);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'changed_during_read' });
  });

  it('ends with the error when the doc is deleted midway', async () => {
    const { client, docId, service, table } = openHarness();
    putRows(table, 60, (place) => ({ 'c-title': String(place) }));
    const seen: number[] = [];
    const listing = (async () => {
      for await (const { index } of client.rows.list(docId, 'Tasks')) {
        seen.push(index);
        service.docs.delete(docId);
      }
    })();
    await expect(listing).rejects.toMatchObject({ code: 'not_found', operation: 'listRows' });
    expect(seen).toHaveLength(25);
  });
});

describe('rows are written', () => {
  it('in requests of bounded count and size', async () => {
    const { client, docId, service } = openHarness();
    const big = 'x'.repeat(80_000);
    const written = await client.rows.insert(docId, 'Tasks', Array.from({ length: 60 }, () => ({ Title: big })));
    expect(written.batches.map(({ rowCount }) => rowCount)).toEqual([24, 24, 12]);
    expect((await client.rows.insert(docId, 'Tasks', Array.from({ length: 7 }, () => ({ Title: 'a' })), { rowsPerRequest: 3 })).batches.map(({ firstRow }) => firstRow)).toEqual([0, 3, 6]);
    expect(logOf(service).every((line) => line === 'upsertRows 202')).toBe(true);
  });

  it('never when a row is over 85 KB: it is named, and so is what was queued before', async () => {
    const { client, docId, table } = openHarness();
    const rows = [{ Title: 'a' }, { Title: 'b' }, { Title: 'c', Points: 'y'.repeat(90_000) }];
    const failing = client.rows.insert(docId, 'Tasks', rows, { rowsPerRequest: 1 });
    await expect(failing).rejects.toMatchObject({
      code: 'invalid_argument',
      resource: { type: 'row', name: 'row 2' },
      message: expect.stringMatching(/row 2 has 90001 bytes.*column "Points".*1 rows were queued before/) as string,
      details: { report: { queued: [{ firstRow: 0, rowCount: 1 }], failed: { firstRow: 1, rowCount: 2 }, unsentFrom: 3 } },
    });
    expect(table.rows.size).toBe(0);
    await expect(client.rows.update(docId, 'Tasks', 'i-1', { Title: '\n'.repeat(50_000) })).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('with a report of which rows were queued when a request in the middle fails', async () => {
    const { client, docId, service } = openHarness();
    const reply = () => Response.json({ statusCode: 400, statusMessage: 'Bad Request', message: 'Could not find column Tilte' }, { status: 400 });
    service.fail('upsertRows', () => Response.json({ requestId: 'mutate-x', addedRowIds: [] }, { status: 202 }), reply);
    const failing = client.rows.insert(docId, 'Tasks', Array.from({ length: 5 }, () => ({ Title: 'a' })), { rowsPerRequest: 2 });
    await expect(failing).rejects.toMatchObject({
      code: 'invalid_argument',
      status: 400,
      message: expect.stringMatching(/Could not find column Tilte \(rows 2 to 3; 2 rows were queued before, none after\)/) as string,
      details: { body: { statusCode: 400 }, report: { queued: [{ requestId: 'mutate-x', firstRow: 0, rowCount: 2 }], failed: { firstRow: 2, rowCount: 2 }, unsentFrom: 4 } },
    });
  });

  it('from a stream that is read no further than it is sent', async () => {
    const { client, docId } = openHarness();
    let made = 0;
    let sent = 0;
    async function* rows() {
      for (; made < 50; made++) yield { Title: String(made) };
    }
    const written = await client.rows.insert(docId, 'Tasks', rows(), { rowsPerRequest: 10 });
    for (const { rowCount } of written.batches) sent += rowCount;
    expect([made, sent, written.rowIds.length, written.rowCount]).toEqual([50, 50, 50, 50]);
  });

  it('with news of each request, so that it is known what was queued when the rows themselves end with an error', async () => {
    const { client, docId } = openHarness();
    async function* rows() {
      for (let place = 0; place < 5; place++) yield { Title: String(place) };
      throw new RangeError('The disk was unplugged');
    }
    const queued: number[] = [];
    const writing = client.rows.insert(docId, 'Tasks', rows(), { rowsPerRequest: 2, onQueued: ({ firstRow, rowCount }) => queued.push(firstRow + rowCount) });
    await expect(writing).rejects.toThrow(RangeError);
    expect(queued).toEqual([2, 4]);
  });

  it.each([0, -1, 1.5])('not %d at a time', async (rowsPerRequest) => {
    const { client, docId, service } = openHarness();
    await expect(client.rows.insert(docId, 'Tasks', [{ Title: 'a' }], { rowsPerRequest })).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(client.rows.deleteMany(docId, 'Tasks', ['i-1'], { rowsPerRequest })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(logOf(service)).toEqual([]);
  });

  it('once, when the answer to an idempotent insert is lost', async () => {
    const { service, clock, docId, table } = openHarness();
    const client = new CodaClient({ token: TOKEN, clock, transport: losingAnswers(serviceTransport(service), 2) });
    await expect(client.rows.insert(docId, 'Tasks', [{ Title: 'a' }])).rejects.toMatchObject({ code: 'unavailable', attempts: 1 });
    const written = await client.rows.insert(docId, 'Tasks', [{ Title: 'b' }], { idempotent: true });
    await written.applied();
    expect(logOf(service).filter((line) => line === 'upsertRows 202')).toHaveLength(3);
    expect([...table.rows.values()].filter(({ cells }) => cells['c-title'] === 'b').map(({ id }) => id)).toEqual(written.rowIds);
    expect(written.rowIds[0]).toMatch(/^i-[\w-]{10}$/);
  });

  it('in base tables only', async () => {
    const { client, docId, service, table } = openHarness();
    service.docs.get(docId)!.tables.set('table-view', { ...table, id: 'table-view', name: 'View', tableType: 'view' });
    await expect(client.rows.insert(docId, 'View', [{ Title: 'a' }])).rejects.toMatchObject({ code: 'invalid_argument', status: 400 });
  });

  it('or deleted, many at once, with a report when that fails', async () => {
    const { client, docId, service, table } = openHarness();
    putRows(table, 5, (place) => ({ 'c-title': String(place) }));
    const ids = [...table.rows.keys()];
    service.fail('deleteRows', () => Response.json({ rowIds: [], requestId: 'mutate-x' }, { status: 202 }), () => Response.json({ statusCode: 403, statusMessage: 'Forbidden', message: 'No' }, { status: 403 }));
    await expect(client.rows.deleteMany(docId, 'Tasks', ids, { rowsPerRequest: 2 })).rejects.toMatchObject({ code: 'permission_denied', details: { report: { unsentFrom: 4 } } });
    await (await client.rows.deleteMany(docId, 'Tasks', ids)).applied();
    expect(table.rows.size).toBe(0);
  });
});
