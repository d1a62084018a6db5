import { serveHandlers } from '@cmx/conformance/msw';
import { fetchTransport, nodeHttpTransport, undiciTransport, type Transport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it } from 'vitest';
import { CodaClient, codaConnection, column } from '../src/index.ts';
import { all, seed } from './harness.ts';
import { CodaService, TOKEN } from './service/coda-service.ts';
import { VirtualClock } from './service/virtual-clock.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Rows there and back; and a page, unless the transport cannot hand on what is compressed (`fetch`). */
async function roundTrip(service: CodaService, options: { baseUrl?: string; transport: Transport }): Promise<void> {
  const { docId } = seed(service);
  const client = new CodaClient({ token: TOKEN, clock: service.clock, ...options });
  cleanups.push(() => client.close(), () => options.transport.close());
  const tasks = client.table(docId, 'Tasks', { title: column.text('Title'), points: column.number('Points') });
  await (await tasks.sync([{ title: 'Grüße', points: 1 }], { keyColumns: ['title'] })).applied();
  expect((await all(tasks.list())).map(({ values }) => values)).toEqual([{ title: 'Grüße', points: 1 }]);
  await (await client.pages.writeContent(docId, 'First', 'markdown', '# Größe')).applied();
  const reading = client.pages.readContent(docId, 'First');
  if (options.transport.name === 'fetch') await expect(reading).rejects.toMatchObject({ code: 'unsupported' });
  else expect(await reading).toBe('# Größe');
  expect(service.problems).toEqual([]);
}

describe('over loopback HTTP', () => {
  it.each([
    ['undici', undiciTransport],
    ['node:http', nodeHttpTransport],
    ['fetch', fetchTransport],
  ])('everything goes the same way through %s', async (_name, transport) => {
    const clock = new VirtualClock();
    const server = await serveHandlers([]);
    const service = new CodaService({ clock, downloadOrigin: server.url });
    server.use(...service.handlers());
    cleanups.push(() => server.close());
    await roundTrip(service, { baseUrl: `${server.url}/apis/v1`, transport: transport() });
    expect(server.unhandled).toEqual([]);
  });

  it('the connection tells whose token it is', async () => {
    const service = new CodaService();
    const server = await serveHandlers(service.handlers());
    cleanups.push(() => server.close());
    expect(await codaConnection.check?.({ token: TOKEN, baseUrl: `${server.url}/apis/v1` }, {})).toBe('Olive Owner (owner@example.com), token "Test token"');
  });
});

describe('intercepted', () => {
  it.each([
    ['node:http', nodeHttpTransport],
    ['fetch', fetchTransport],
  ])('on the real host through %s', async (_name, transport) => {
    const service = new CodaService();
    const server = setupServer(...service.handlers());
    server.listen({ onUnhandledFrame: 'error' });
    cleanups.push(() => server.close());
    await roundTrip(service, { transport: transport() });
  });
});
