import type { CodaServiceTable } from '@cmx/coda/testing';
import { CloudError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationResult, StandardStreams } from '../src/index.ts';
import { openServices, operation, type Services } from './services.ts';

let services: Services;
let table: CodaServiceTable;
beforeEach(async () => {
  services = await openServices();
  const doc = services.coda.addDoc('Launch', { id: 'AbCDeFGH' });
  table = services.coda.addTable(doc.id, 'Tasks', [
    { id: 'c-title', name: 'Title', type: 'text' },
    { id: 'c-team', name: 'Team', type: 'text' },
    { id: 'c-points', name: 'Points', type: 'number' },
  ]);
});
afterEach(() => services[Symbol.asyncDispose]());

const place = { doc: 'AbCDeFGH', table: 'Tasks' };
const titles = () => [...table.rows.values()].map(({ cells }) => cells['c-title']).sort();

/** Standard input of these rows, as JSON. */
function rows(...values: readonly object[]): StandardStreams {
  async function* input() {
    for (const row of values) yield new TextEncoder().encode(`${JSON.stringify(row)}\n`);
  }
  return { input: input(), write: async () => undefined };
}

async function itemsOf(result: OperationResult): Promise<unknown[]> {
  if (result.kind !== 'items') throw new Error(`It gives ${result.kind}`);
  const items: unknown[] = [];
  for await (const item of result.items) items.push(item);
  return items;
}

async function sync(input: object, ...values: readonly object[]): Promise<unknown[]> {
  await using context = services.context({ streams: rows(...values) });
  return await itemsOf(await operation('docs_sync_rows').run({ ...place, keys: ['Title'], ...input }, context));
}

describe('docs_sync_rows', () => {
  it('says what it did, row by row, as plain data', async () => {
    expect(await sync({ wait: true }, { Title: 'one', Points: 1 }, { Title: 'two' })).toEqual([
      { change: 'insert', key: 'one', outcome: 'inserted' },
      { change: 'insert', key: 'two', outcome: 'inserted' },
    ]);
    const changes = await sync({ wait: true }, { Title: 'one', Points: 5 });
    expect(JSON.parse(JSON.stringify(changes))).toEqual([
      { change: 'update', key: 'one', outcome: 'updated', columns: ['Points'], rowId: expect.any(String) as unknown },
      { change: 'delete', key: 'two', outcome: 'deleted', reason: 'missing', rowId: expect.any(String) as unknown },
    ]);
    expect(titles()).toEqual(['one']);
  });

  it('tells rows apart by several columns, named by id or name', async () => {
    const plan = await sync({ keys: ['c-title', 'Team'], dryRun: true }, { Title: 'one', Team: 'A, B' }, { Title: 'one', 'c-team': 'C' });
    expect(plan).toMatchObject([{ key: 'one, A, B', outcome: 'planned' }, { key: 'one, C' }]);
  });

  it('changes nothing when it would delete more than it may', async () => {
    await sync({ wait: true }, { Title: 'one' }, { Title: 'two' });
    services.coda.exchanges.length = 0;
    await expect(sync({ maxDeletes: 0 }, { Title: 'one' })).rejects.toSatisfy((error) => CloudError.is(error, 'precondition_failed') && error.applied === false);
    await expect(sync({})).rejects.toSatisfy((error) => CloudError.is(error, 'precondition_failed') && /no rows, so all 2 rows/.test(error.message));
    expect(services.coda.exchanges.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await sync({ maxDeletes: 2 })).toMatchObject([{ outcome: 'queued', change: 'delete' }, { outcome: 'queued' }]);
  });

  it('asks only where something is deleted', async () => {
    await using context = services.context();
    const questions = (input: object) => operation('docs_sync_rows').confirm({ ...place, keys: ['Title'], ...input }, context);
    expect(await questions({})).toEqual(['Delete the rows of "Tasks" that standard input does not have, and write the others?']);
    expect([await questions({ keep: true }), await questions({ dryRun: true })]).toEqual([[], []]);
  });

  it('stops when it is aborted, with the reason it was given', async () => {
    const reason = new Error('enough');
    await using context = services.context({ streams: rows({ Title: 'one' }), abortSignal: AbortSignal.abort(reason) });
    const run = async () => itemsOf(await operation('docs_sync_rows').run({ ...place, keys: ['Title'] }, context));
    await expect(run()).rejects.toBe(reason);
  });
});

describe('docs_upsert_rows', () => {
  const upsert = async (input: object, ...values: readonly object[]) => {
    await using context = services.context({ streams: rows(...values) });
    return await operation('docs_upsert_rows').run({ ...place, keys: ['Title'], ...input }, context);
  };

  it('reports what was queued, and what was applied', async () => {
    expect(await upsert({}, { Title: 'one' })).toEqual({ kind: 'value', value: { outcome: 'queued', rows: 1, requestIds: [expect.any(String)], warnings: undefined } });
    expect(await upsert({ wait: true }, { Title: 'one' })).toMatchObject({ value: { outcome: 'applied', warnings: [] } });
  });

  it('says which row was wrong, and what was sent before it', async () => {
    await expect(upsert({}, { Title: 'one' }, { Title: 'two', Points: 'many' })).rejects.toSatisfy(
      (error) => CloudError.is(error, 'invalid_argument') && /Line 2: column "Points": .*0 rows were queued before/.test(error.message),
    );
    await expect(upsert({ keys: ['Nope'] }, { Title: 'one' })).rejects.toThrow('The table has no column "Nope"; it has Title, Team, Points');
    await expect(upsert({ keys: [] }, { Title: 'one' })).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument'));
  });
});

describe('a doc that is deleted midway', () => {
  it('is not found', async () => {
    services.coda.docs.clear();
    await expect(sync({}, { Title: 'one' })).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
  });
});
