import type { Clock } from '@cmx/cloud-core';
import { fetchTransport, nodeHttpTransport, socketTransport, type Transport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it } from 'vitest';
import { CodaClient, codaConnection, column } from '../src/index.ts';
import { all, problemsOf, seed } from './harness.ts';
import { CodaService, startCodaService } from '../src/testing/index.ts';
import { VirtualClock } from './virtual-clock.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Rows there and back; and a page, unless the transport cannot hand on what is compressed (`fetch`). */
async function roundTrip(service: CodaService, options: { baseUrl?: string; transport: Transport; clock: Clock }): Promise<void> {
  const { docId } = seed(service);
  const client = new CodaClient({ token: service.token, ...options });
  cleanups.push(() => client.close(), () => options.transport.close());
  const tasks = client.table(docId, 'Tasks', { title: column.text('Title'), points: column.number('Points') });
  await (await tasks.sync([{ title: 'Grüße', points: 1 }], { keyColumns: ['title'] })).applied();
  expect((await all(tasks.list())).map(({ values }) => values)).toEqual([{ title: 'Grüße', points: 1 }]);
  await (await client.pages.writeContent(docId, 'First', 'markdown', '# Größe')).applied();
  const reading = client.pages.readContent(docId, 'First');
  if (options.transport.name === 'fetch') await expect(reading).rejects.toMatchObject({ code: 'unsupported' });
  else expect(await reading).toBe('# Größe');
  expect(problemsOf(service)).toEqual([]);
}

describe('over loopback HTTP', () => {
  it.each([
    ['sockets', socketTransport],
    ['node:http', nodeHttpTransport],
    ['fetch', fetchTransport],
  ])('everything goes the same way through %s', async (_name, transport) => {
    const clock = new VirtualClock();
    const running = await startCodaService({ clock });
    cleanups.push(() => running.close());
    await roundTrip(running.service, { ...running.clientOptions, clock, transport: transport() });
  });

  it('the connection tells whose token it is', async () => {
    const running = await startCodaService();
    cleanups.push(() => running.close());
    expect(await codaConnection.check?.(running.clientOptions, {})).toBe('Olive Owner (owner@example.com), token "Test token"');
  });
});

describe('intercepted', () => {
  it.each([
    ['node:http', nodeHttpTransport],
    ['fetch', fetchTransport],
  ])('on the real host through %s', async (_name, transport) => {
    const clock = new VirtualClock();
    const service = new CodaService({ clock });
    const server = setupServer(...(await service.handlers()));
    server.listen({ onUnhandledFrame: 'error' });
    cleanups.push(() => server.close());
    await roundTrip(service, { clock, transport: transport() });
  });
});
