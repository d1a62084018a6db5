import { UnavailableError } from '@cmx/cloud-core';
import { startFaultProxy, type Fault, type FaultProxy } from '@cmx/conformance';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchTransport, HttpClient, nodeHttpTransport, socketTransport, undiciTransport, type HttpClientOptions, type HttpRequest, type HttpResponse } from '../src/index.ts';
import { FakeClock } from './scripted-transport.ts';
import { pattern, startServer, testService, type TestServer } from './servers.ts';
import { failure } from './wait.ts';

const GET: HttpRequest = { operation: 'getThing', method: 'GET', path: '/bytes/500', collect: true };
const POST: HttpRequest = { operation: 'makeThing', method: 'POST', path: '/echo', body: pattern(100), collect: true };

describe.each([
  ['undici', undiciTransport],
  ['node:http', nodeHttpTransport],
  ['socket', socketTransport],
  ['fetch', fetchTransport],
])('a client on %s, behind the fault proxy', (_, make) => {
  let server: TestServer;
  let proxy: FaultProxy;
  let http: HttpClient;
  let clock: FakeClock;

  beforeAll(async () => {
    server = await startServer(testService);
    proxy = await startFaultProxy({ target: server.origin, now: () => clock.now() });
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });
  beforeEach(() => {
    proxy.clear();
    clock = new FakeClock(Date.now());
    open();
  });
  afterEach(() => http.close());

  function open(more: Partial<HttpClientOptions> = {}): void {
    http = new HttpClient({ provider: 'acme', baseUrl: proxy.url, transport: make(), clock, random: () => 0.5, ...more });
  }
  const attempts = (): number => proxy.requests.length;

  it.each<[string, Fault]>([
    ['a reset before the answer', { kind: 'reset', by: 'rst' }],
    ['a close before the answer', { kind: 'reset', by: 'fin' }],
    ['an answer that is lost', { kind: 'lose-answer', by: 'rst' }],
    ['a body cut short', { kind: 'truncate', afterBytes: 100, by: 'fin' }],
    ['a chunked body cut short', { kind: 'truncate', afterBytes: 100, by: 'rst', framing: 'chunked' }],
    ['a 500', { kind: 'status', status: 500 }],
    ['a 503', { kind: 'status', status: 503, body: 'busy' }],
    ['a 408', { kind: 'status', status: 408 }],
  ])('repeats a GET after %s, and no POST', async (_name, fault) => {
    proxy.use({ fault, times: 2 });
    expect((await (await http.request(GET)).body.bytes()).byteLength).toBe(500);
    expect([attempts(), clock.sleeps]).toEqual([3, [50, 100]]);
    proxy.clear();
    proxy.use({ fault });
    expect(await failure(http.request(POST))).toMatchObject({ code: 'unavailable', attempts: 1 });
    expect(attempts()).toBe(1);
  });

  it.each([
    [7, 7000],
    ['7', 7000],
    [{ dateInMs: 8000 }, 8000],
    [{ dateInMs: -5000 }, 0],
    ['yesterday', 50],
  ])('waits after a 429 with Retry-After %j', async (retryAfter, expected) => {
    proxy.use({ fault: { kind: 'status', status: 429, retryAfter }, times: 1 });
    await http.request(POST);
    // A date has whole seconds.
    expect(Math.abs((clock.sleeps[0] ?? 0) - expected)).toBeLessThanOrEqual(1000);
  });

  it('gives up when asked to wait absurdly long', async () => {
    proxy.use({ fault: { kind: 'status', status: 503, retryAfter: 86_400 } });
    expect(await failure(http.request(GET))).toMatchObject({ code: 'unavailable', attempts: 1, retryAfterInMs: 86_400_000 });
    expect(clock.sleeps).toEqual([]);
  });

  it('repeats even a POST when the service could not be reached, and reaches it', async () => {
    await proxy.refuseConnections();
    const back = vi.spyOn(clock, 'sleep').mockImplementationOnce(() => proxy.acceptConnections());
    expect((await http.request(POST)).status).toBe(200);
    expect([back.mock.calls.length, attempts()]).toEqual([1, 1]);
  });

  it('repeats a success that turns out to be an error', async () => {
    proxy.use({ fault: { kind: 'success-with-error', body: '<Error/>' }, times: 1 });
    const verify = async ({ body }: HttpResponse): Promise<void> => {
      if ((await body.bytes()).byteLength !== 500) throw new UnavailableError('An error inside');
    };
    expect((await http.request({ ...GET, verify })).status).toBe(200);
    expect(attempts()).toBe(2);
  });

  it('follows no redirect', async () => {
    proxy.use({ fault: { kind: 'redirect', location: `${server.origin}/stolen?sig=secret` } });
    const error = await failure(http.request(GET));
    expect(error).toMatchObject({ code: 'unknown', status: 307 });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(attempts()).toBe(1);
  });

  it('does not take the page of a proxy for JSON', async () => {
    proxy.use({ fault: { kind: 'html' } });
    expect(await failure(http.requestJson(GET))).toMatchObject({ code: 'unknown', phase: 'response', operation: 'getThing' });
  });

  it('renews credentials that expire midway once, for 20 calls at once, and loses none', async () => {
    let token = 1;
    const renew = vi.fn(async () => {
      await Promise.resolve();
      token += 1;
      return true;
    });
    await http.close();
    open({ auth: { authorize: ({ headers }) => void (headers['authorization'] = `Bearer ${String(token)}`), renew } });
    proxy.use({ fault: { kind: 'expire-credentials', afterRequests: 5, refusal: { status: 401 } } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => http.requestJson<{ sizeInBytes: number }>(POST)));
    expect(answers.map(({ sizeInBytes }) => sizeInBytes)).toEqual(Array(20).fill(100));
    expect(renew).toHaveBeenCalledTimes(1);
  });
});
