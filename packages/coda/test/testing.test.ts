import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodaClient } from '../src/index.ts';
import { CodaService, startCodaService, type RunningCodaService, type StartCodaServiceOptions } from '../src/testing/index.ts';
import { all, logOf } from './harness.ts';
import { VirtualClock } from './virtual-clock.ts';

let running: RunningCodaService;
let client: CodaClient;
let docId: string;

beforeEach(async () => {
  const clock = new VirtualClock();
  running = await startCodaService({ clock });
  client = new CodaClient({ ...running.clientOptions, clock });
  docId = running.service.addDoc('Launch').id;
  running.service.addTable(docId, 'Tasks', [{ name: 'Title', type: 'text' }, { name: 'Points', type: 'number' }]);
});

afterEach(async () => {
  await client.close();
  await running.close();
});

describe('a service over HTTP', () => {
  it('does what a client wrote after a lag, and shows it', async () => {
    const written = await client.rows.upsert(docId, 'Tasks', [{ Title: 'Write', Points: 3 }], ['Title']);
    const [table] = running.service.docs.get(docId)!.tables.values();
    expect(table!.rows.size).toBe(0);
    await written.applied();
    expect([...table!.rows.values()].map(({ cells }) => Object.values(cells))).toEqual([['Write', 3]]);
    expect((await all(client.rows.list(docId, 'Tasks'))).map(({ name }) => name)).toEqual(['Write']);
    expect(running.service.problems).toEqual([]);
  });

  it('never does what was forgotten', async () => {
    const written = await client.rows.upsert(docId, 'Tasks', [{ Title: 'Write' }], ['Title']);
    running.service.forgetEdits();
    await expect(written.applied({ timeoutInMs: 60_000 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('refuses another token, and what the API does not have', async () => {
    const stranger = new CodaClient({ ...running.clientOptions, token: 'another' });
    await expect(stranger.account.whoami()).rejects.toMatchObject({ code: 'unauthenticated' });
    const headers = { authorization: `Bearer ${running.service.token}` };
    expect((await fetch(`${running.clientOptions.baseUrl}/nothing`, { headers })).status).toBe(404);
    expect((await fetch(`${running.clientOptions.baseUrl}/docs`, { method: 'POST', headers, body: '{"title"' })).status).toBe(400);
    expect((await fetch(`${running.clientOptions.baseUrl}/docs/${docId}/tables/Tasks/rows`, { method: 'POST', headers, body: '{}' })).status).toBe(400);
    expect((await fetch(`${running.clientOptions.baseUrl}/docs/%zz`, { headers })).status).toBe(404);
    expect(logOf(running.service)).toEqual(['whoami 401', 'unknown 404', 'createDoc 400', 'upsertRows 400', 'getDoc 404']);
  });

  it('enforces limits, other ones, or none', async () => {
    const read = { calls: 1, perMs: 60_000 };
    for (const [limits, statuses] of [
      [{ read }, [200, 429]],
      [false, [200, 200]],
    ] as const) {
      await using other = await startCodaService({ limits });
      const ask = async () => (await fetch(`${other.clientOptions.baseUrl}/whoami`, { headers: { authorization: `Bearer ${other.service.token}` } })).status;
      expect([await ask(), await ask()]).toEqual(statuses);
    }
  });

  it('meets the failures that were planned, and lets pass where there is none', async () => {
    running.service.fail('whoami', () => undefined, () => Response.json({ message: 'Later' }, { status: 503 }));
    await client.account.whoami();
    await client.account.whoami();
    expect(logOf(running.service)).toEqual(['whoami 200', 'whoami 503', 'whoami 200']);
    expect(() => running.service.fail('whoareyou')).toThrow('There is no operation "whoareyou"');
  });
});

it('knows its docs', () => {
  expect(() => new CodaService().addTable('none', 'Tasks', [])).toThrow('There is no doc "none"');
});

it.each<[string, StartCodaServiceOptions]>([
  ['an empty token', { token: '' }],
  ['a lag that is none', { applyInMs: Number.NaN }],
  ['time that runs backwards', { statusLagInMs: -1 }],
  ['a port that is none', { port: -1 }],
])('options are refused with %s', async (_, options) => {
  await expect(startCodaService(options)).rejects.toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
});

it('says what its handlers need where MSW is not installed', async () => {
  vi.doMock('msw', () => {
    throw new Error('Cannot find package');
  });
  await expect(new CodaService().handlers()).rejects.toMatchObject({ code: 'missing_dependency', message: expect.stringContaining('npm install msw') as string });
  vi.doUnmock('msw');
});
