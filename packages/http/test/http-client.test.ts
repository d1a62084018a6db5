import type { CloudError} from '@cmx/cloud-core';
import { errorFromCode, UnavailableError } from '@cmx/cloud-core';
import { describe, expect, it, vi } from 'vitest';
import { HttpClient, nodeHttpTransport, undiciTransport, type HttpClientOptions, type HttpRequest } from '../src/index.ts';
import { FakeClock, ScriptedTransport, sentHeader } from './scripted-transport.ts';
import { pattern, startServer, testService } from './servers.ts';
import { failure, until } from './wait.ts';

const GET: HttpRequest = { operation: 'getThing', method: 'GET', path: '/thing', collect: true };
const POST: HttpRequest = { operation: 'makeThing', method: 'POST', path: '/thing', collect: true };

function client(transport: ScriptedTransport, more: Partial<HttpClientOptions> = {}): { client: HttpClient; clock: FakeClock } {
  const clock = new FakeClock();
  return { clock, client: new HttpClient({ provider: 'aws', service: 's3', baseUrl: 'https://api.example.com/v1/', transport, clock, random: () => 0.5, ...more }) };
}

describe('a request', () => {
  it('goes below the base URL, with the client headers and its own', async () => {
    const transport = new ScriptedTransport(() => ({}));
    await client(transport, { headers: { 'x-a': 'client', 'x-b': 'client' } }).client.request({ ...GET, headers: { 'x-b': 'call' } });
    const [sent] = transport.requests;
    expect(sent).toMatchObject({ method: 'GET', origin: 'https://api.example.com', path: '/v1/thing', headers: ['x-a', 'client', 'x-b', 'call'] });
    expect(sent?.timeouts).toEqual({ connectInMs: 10_000, firstByteInMs: 60_000, idleInMs: 30_000 });
  });

  it('to another origin has its path alone', async () => {
    const transport = new ScriptedTransport(() => ({}));
    await client(transport).client.request({ ...GET, origin: 'https://bucket.example.com' });
    expect(transport.requests[0]).toMatchObject({ origin: 'https://bucket.example.com', path: '/thing' });
  });

  it.each([
    ['a path without a slash', { ...GET, path: 'thing' }],
    ['a check of a body that is not collected', { ...GET, collect: false, verify: () => undefined }],
  ])('is refused with %s', async (_, request) => {
    const transport = new ScriptedTransport(() => ({}));
    expect(await failure(client(transport).client.request(request))).toMatchObject({ code: 'invalid_argument', phase: 'arguments', operation: 'getThing' });
    expect(transport.requests).toEqual([]);
  });

  it.each([{ connectInMs: 0 }, { firstByteInMs: -1 }, { idleInMs: Number.NaN }])('has timers above 0, not %j', (timeouts) => {
    expect(() => new HttpClient({ provider: 'aws', baseUrl: 'https://example.com', timeouts })).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it.each(['', 'example.com', 'ftp://example.com', '/v1', 'https://user:pass@example.com', 'https://example.com/?a=1', 'https://example.com/#a'])('refuses the base URL %j', (baseUrl) => {
    expect(() => new HttpClient({ provider: 'aws', baseUrl })).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it('tells the request id of the answer', async () => {
    const answer = await client(new ScriptedTransport(() => ({ headers: { 'x-request-id': 'r-1' } }))).client.request(GET);
    expect(answer.requestId).toBe('r-1');
    const own = client(new ScriptedTransport(() => ({ headers: { 'x-request-id': 'r-1', 'x-mine': 'm-1' } })), { requestIdHeaders: ['x-mine'] });
    expect((await own.client.request(GET)).requestId).toBe('m-1');
  });

  it('takes the statuses it accepts for answers', async () => {
    const { client: http } = client(new ScriptedTransport(() => ({ status: 404, body: 'none' })));
    const answer = await http.request({ ...GET, accept: [404] });
    expect([answer.status, new TextDecoder().decode(await answer.body.bytes())]).toEqual([404, 'none']);
    expect(new TextDecoder().decode(await answer.body.bytes())).toBe('none');
  });

  it('waits for its limiter before each attempt', async () => {
    const acquire = vi.fn(() => 0);
    const transport = new ScriptedTransport((_, count) => ({ status: count === 0 ? 503 : 200 }));
    await client(transport).client.request({ ...GET, limiter: { acquire, penalize: vi.fn() } as never });
    expect(acquire).toHaveBeenCalledTimes(2);
  });
});

describe('attempts', () => {
  it('are made anew after a 503, and sign and open the body anew', async () => {
    const opened = vi.fn(async function* () {
      yield pattern(3);
    });
    const authorize = vi.fn();
    const transport = new ScriptedTransport((_, count) => ({ status: count < 2 ? 503 : 200 }));
    const { client: http, clock } = client(transport, { auth: { authorize } });
    await http.request({ ...GET, method: 'PUT', body: { sizeInBytes: 3, open: opened } });
    expect([transport.requests.length, authorize.mock.calls.length]).toEqual([3, 3]);
    expect(clock.sleeps).toEqual([50, 100]);
  });

  it.each([
    ['a 503 of a POST, which may have been done', POST, { status: 503 }, 1],
    ['a 429 of a POST, which was not', POST, { status: 429 }, 4],
    ['a 500 of a GET', GET, { status: 500 }, 4],
    ['a 404', GET, { status: 404 }, 1],
    ['a 501', GET, { status: 501 }, 1],
    ['a connection of a POST that never stood', POST, new UnavailableError('no', { phase: 'connect', applied: false }), 4],
    ['a connection of a POST that broke', POST, new UnavailableError('no', { phase: 'first_byte' }), 1],
    ['a connection of a GET that broke', GET, new UnavailableError('no', { phase: 'first_byte' }), 4],
    ['a certificate that does not hold', GET, new UnavailableError('no', { phase: 'connect', retryable: false }), 1],
  ] as const)('after %s number as they should', async (_, request, outcome, attempts) => {
    const transport = new ScriptedTransport(() => outcome);
    const error = await failure(client(transport).client.request(request));
    expect(transport.requests).toHaveLength(attempts);
    expect(error).toMatchObject({ attempts, provider: 'aws', service: 's3', operation: request.operation });
  });

  it('wait as the service asks', async () => {
    const transport = new ScriptedTransport((_, count) => (count === 0 ? { status: 429, headers: { 'retry-after': '7' } } : {}));
    const { client: http, clock } = client(transport);
    await http.request(POST);
    expect(clock.sleeps).toEqual([7000]);
  });

  it('are made anew when a success turns out to be a failure', async () => {
    const transport = new ScriptedTransport((_, count) => ({ body: count === 0 ? '<Error>' : 'fine' }));
    const verify = async (response: { body: { bytes(): Promise<Uint8Array> } }): Promise<void> => {
      if (new TextDecoder().decode(await response.body.bytes()) === '<Error>') throw new UnavailableError('an error inside');
    };
    const answer = await client(transport).client.request({ ...GET, verify });
    expect(new TextDecoder().decode(await answer.body.bytes())).toBe('fine');
  });
});

describe('credentials', () => {
  it('are renewed once for all calls that find them expired', async () => {
    let token = 'old';
    const renew = vi.fn(async () => {
      await Promise.resolve();
      token = 'new';
      return true;
    });
    const transport = new ScriptedTransport((request) => ({ status: sentHeader(request, 'authorization') === 'new' ? 200 : 401 }));
    const { client: http } = client(transport, { auth: { authorize: (request) => void (request.headers['authorization'] = token), renew } });
    await Promise.all(Array.from({ length: 20 }, () => http.request(POST)));
    expect([renew.mock.calls.length, transport.requests.length]).toEqual([1, 40]);
  });

  it('are not renewed for a late refusal of the old ones', async () => {
    let token = 'old';
    const renew = vi.fn(async () => {
      token = 'new';
      return true;
    });
    let refuseLate: (() => void) | undefined;
    const transport = new ScriptedTransport(async (request, count) => {
      if (count === 0) await new Promise<void>((resolve) => (refuseLate = resolve));
      return { status: sentHeader(request, 'authorization') === 'new' ? 200 : 401 };
    });
    const { client: http } = client(transport, { auth: { authorize: (request) => void (request.headers['authorization'] = token), renew } });
    const late = http.request(GET);
    await http.request(GET);
    refuseLate?.();
    await late;
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it.each([true, false])('that are refused again are an error (renewed: %s)', async (renewed) => {
    const transport = new ScriptedTransport(() => ({ status: 401 }));
    const renew = vi.fn(async () => renewed);
    const error = await failure(client(transport, { auth: { authorize: () => undefined, renew } }).client.request(GET));
    expect(error).toMatchObject({ code: 'unauthenticated', status: 401 });
    expect([renew.mock.calls.length, transport.requests.length]).toEqual([1, renewed ? 2 : 1]);
  });

  it('that cannot be renewed fail with what went wrong', async () => {
    const broken = errorFromCode('permission_denied', 'The identity service refused', { phase: 'credentials' });
    const auth = { authorize: () => undefined, renew: () => Promise.reject(broken) };
    expect(await failure(client(new ScriptedTransport(() => ({ status: 401 })), { auth }).client.request(GET))).toMatchObject({ code: 'permission_denied', phase: 'credentials' });
  });

  it('may be fetched before each attempt, and replace the path', async () => {
    const transport = new ScriptedTransport(() => ({}));
    const authorize = async (request: { path: string }): Promise<void> => {
      await Promise.resolve();
      request.path += '?signature=1';
    };
    await client(transport, { auth: { authorize } }).client.request(GET);
    expect(transport.requests[0]?.path).toBe('/v1/thing?signature=1');
  });

  it('being renewed do not hold a caller that has had enough', async () => {
    const reason = new Error('Enough');
    const controller = new AbortController();
    let finish: ((renewed: boolean) => void) | undefined;
    const renew = (): Promise<boolean> => new Promise((resolve) => (finish = resolve));
    const { client: http } = client(new ScriptedTransport((_, count) => ({ status: count < 2 ? 401 : 200 })), { auth: { authorize: () => undefined, renew } });
    const impatient = failure(http.request(GET, { abortSignal: controller.signal }));
    const patient = http.request(GET);
    await until(() => finish !== undefined);
    controller.abort(reason);
    expect(await impatient).toBe(reason);
    finish?.(true);
    expect((await patient).status).toBe(200);
  });
});

describe('an answer in JSON', () => {
  it('is parsed', async () => {
    expect(await client(new ScriptedTransport(() => ({ body: '{"a":1}' }))).client.requestJson(GET)).toEqual({ a: 1 });
  });

  it('is nothing for a 204', async () => {
    expect(await client(new ScriptedTransport(() => ({ status: 204 }))).client.requestJson(GET)).toBeUndefined();
  });

  it('that is the page of a proxy is an error', async () => {
    const transport = new ScriptedTransport(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in: password=hunter2</html>' }));
    const error = await failure(client(transport).client.requestJson(GET));
    expect(error).toMatchObject({ code: 'unknown', phase: 'response', retryable: false, operation: 'getThing' });
    expect((error as CloudError).message).toContain('text/html');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe('a streamed answer', () => {
  it('fails with an error that names the call', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('only this');
      setTimeout(() => response.destroy(), 20);
    });
    const http = new HttpClient({ provider: 'aws', service: 's3', baseUrl: server.origin, transport: undiciTransport() });
    const { body } = await http.request({ ...GET, collect: false, resource: { type: 'object', name: 'a.jpg' } });
    expect(await failure(body.bytes())).toMatchObject({ code: 'unavailable', phase: 'body', operation: 'getThing', resource: { name: 'a.jpg' } });
    await http.close();
  });

  it('falls under the timeout of the call', async () => {
    await using server = await startServer((_, response) => void response.writeHead(200).write('never ends'));
    const http = new HttpClient({ provider: 'aws', baseUrl: server.origin, transport: undiciTransport() });
    const { body } = await http.request({ ...GET, collect: false }, { timeoutInMs: 500 });
    expect(await failure(body.bytes())).toMatchObject({ code: 'timeout', phase: 'total', operation: 'getThing' });
    await until(() => server.openConnections === 0);
    await http.close();
  });

  it('ends when its caller aborts, timeout or not', async () => {
    await using server = await startServer((_, response) => void response.writeHead(200).write('never ends'));
    const http = new HttpClient({ provider: 'aws', baseUrl: server.origin, transport: nodeHttpTransport() });
    for (const timeoutInMs of [undefined, 60_000]) {
      const controller = new AbortController();
      const { body } = await http.request({ ...GET, collect: false }, { abortSignal: controller.signal, timeoutInMs });
      const reason = new Error('Enough');
      const reading = failure(body.bytes());
      controller.abort(reason);
      expect(await reading).toBe(reason);
    }
    await until(() => server.openConnections === 0);
    await http.close();
  });
});

describe('closing', () => {
  it('ends calls that wait, read or sleep, and refuses later ones', async () => {
    await using server = await startServer(testService);
    const http = new HttpClient({ provider: 'aws', baseUrl: server.origin, retry: { initialDelayInMs: 1e6, maxDelayInMs: 1e6, maxTotalTimeInMs: 1e9 }, random: () => 1 });
    const waiting = failure(http.request({ ...GET, path: '/silence' }));
    const sleeping = failure(http.request({ ...GET, path: '/status/503' }));
    const { body } = await http.request({ ...GET, path: '/bytes/90000000', collect: false });
    await (await http.request({ ...GET, path: '/bytes/5' })).body.bytes();
    await http.close();
    const expected = { code: 'unavailable', retryable: false };
    expect(await waiting).toMatchObject(expected);
    expect(await sleeping).toMatchObject(expected);
    expect(await failure(body.bytes())).toMatchObject(expected);
    expect(await failure(http.request(GET))).toMatchObject(expected);
    await until(() => server.openConnections === 0);
  });

  it('leaves a shared transport and its other users alone', async () => {
    await using server = await startServer(testService);
    const transport = undiciTransport();
    const [mine, yours] = [0, 1].map(() => new HttpClient({ provider: 'aws', baseUrl: server.origin, transport })) as [HttpClient, HttpClient];
    const waiting = failure(mine.request({ ...GET, path: '/silence' }));
    await mine.close();
    expect(await waiting).toMatchObject({ code: 'unavailable', retryable: false });
    expect((await yours.request({ ...GET, path: '/bytes/5' })).status).toBe(200);
    await transport.close();
  });
});
