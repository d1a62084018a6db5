import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeHttpTransport, socketTransport, undiciTransport, type TransportRequest } from '../src/index.ts';
import { startServer, testService, type TestServer } from './servers.ts';
import { until } from './wait.ts';

const COUNT = 1000;
// A thousand of everything takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe.each([
  ['undici', undiciTransport],
  ['node:http', nodeHttpTransport],
  ['socket', socketTransport],
])('%s leaves nothing behind', (_, make) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(testService);
  });
  afterAll(() => server.close());

  const request = (path: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
    method: 'GET',
    origin: server.origin,
    path,
    headers: [],
    timeouts: { connectInMs: 10_000, firstByteInMs: 10_000, idleInMs: 10_000 },
    ...more,
  });
  /** Sockets this process holds: both ends of every connection. */
  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

  it(`of ${String(COUNT)} large downloads that nobody reads`, async () => {
    const before = sockets();
    const transport = make();
    const timeouts = { connectInMs: 10_000, firstByteInMs: 10_000, idleInMs: 50 };
    const answers = await Promise.all(Array.from({ length: COUNT }, () => transport.request(request('/bytes/2000000', { timeouts }))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await until(() => server.openConnections === 0);
    await transport.close();
    await until(() => sockets() <= before);
  });

  it(`of ${String(COUNT)} small downloads that nobody reads`, async () => {
    const transport = make();
    await Promise.all(Array.from({ length: COUNT }, () => transport.request(request('/bytes/1000'))));
    expect(server.openConnections).toBeLessThanOrEqual(2 * 64);
    await transport.close();
    await until(() => server.openConnections === 0);
  });

  it.each(['/silence', '/bytes/2000000'])(`of ${String(COUNT)} requests of %s that were aborted`, async (path) => {
    const before = sockets();
    const transport = make();
    const controllers = Array.from({ length: COUNT }, () => new AbortController());
    const outcomes = controllers.map((controller) => transport.request(request(path, { abortSignal: controller.signal })).then(({ body }) => body.bytes(), (error: unknown) => error));
    await until(() => server.openConnections > 0);
    const reason = new Error('Enough');
    for (const controller of controllers) controller.abort(reason);
    await Promise.allSettled(outcomes);
    expect(controllers.flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([]);
    await transport.close();
    await until(() => server.openConnections === 0 && sockets() <= before);
  });

  it(`of ${String(COUNT)} uploads under one signal that was aborted`, async () => {
    const transport = make();
    const controller = new AbortController();
    const body = new Uint8Array(1024 * 1024);
    const uploads = Array.from({ length: COUNT }, () => transport.request(request('/silence', { method: 'PUT', body, abortSignal: controller.signal })));
    await until(() => server.openConnections > 0);
    controller.abort(new Error('Enough'));
    const outcomes = await Promise.allSettled(uploads);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await until(() => server.openConnections === 0);
    await transport.close();
  });
});
