import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { CloudError } from '@cmx/cloud-core';
import { startFaultProxy, type Fault, type FaultProxy } from '@cmx/conformance';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestBody, Timeouts, Transport, TransportRequest, TransportResponse } from '../src/index.ts';
import { drained, pattern, startRawServer, startServer, testService, GZIPPED, type Echo, type TestServer } from './servers.ts';
import { failure, pause, until } from './wait.ts';

/** A transport to test, and the few things in which it may differ: each is documented on it. */
export interface TransportUnderTest {
  readonly name: string;
  make(): Transport;
  /** fetch decodes, normalises and adds headers, whatever one does. */
  readonly isFetch: boolean;
  /** Connections that requests made one after the other may open: undici opens a second one when asked again in the same turn. */
  readonly mostConnectionsInTurn: number;
  /** Whether a HEAD leaves the connection open. Node's fetch closes it. */
  readonly keepsConnectionAfterHead: boolean;
}

const PATIENT: Timeouts = { connectInMs: 5000, firstByteInMs: 5000, idleInMs: 5000 };
const SHORT_IN_MS = 60;
/** Short, but not for a machine that is busy. */
const MODERATE_IN_MS = 400;

/** Everything the HTTP client relies on, faults included. */
export function describeTransport(subject: TransportUnderTest): void {
  describe(`transport ${subject.name}`, () => {
    let server: TestServer;
    let proxy: FaultProxy;
    let transport: Transport;

    beforeAll(async () => {
      server = await startServer(testService);
      proxy = await startFaultProxy({ target: server.origin });
    });
    afterAll(async () => {
      await proxy.close();
      await server.close();
    });
    beforeEach(() => {
      proxy.clear();
      transport = subject.make();
    });
    afterEach(() => transport.close());

    const request = (path: string, more: Partial<TransportRequest> = {}): Promise<TransportResponse> =>
      transport.request({ method: 'GET', origin: server.origin, path, headers: [], timeouts: PATIENT, ...more });
    const throughFault = (path: string, fault: Fault, more: Partial<TransportRequest> = {}): Promise<TransportResponse> => {
      proxy.use({ fault });
      return request(path, { origin: proxy.url, ...more });
    };
    const echo = async (more: Partial<TransportRequest>, path = '/echo'): Promise<Echo> => {
      const { body } = await request(path, { collect: true, ...more });
      return JSON.parse(new TextDecoder().decode(await body.bytes())) as Echo;
    };

    /** Node's fetch may open a connection more than it uses, and keeps it for as long as the server allows. */
    const lastConnectionClosed = (own: TestServer): Promise<void> =>
      until(() => own.openConnections === 0 || (subject.isFetch && own.openConnections < own.acceptedConnections));

    describe('a request', () => {
      it.each(['/echo/a%2Fb%20c?x=%41&y=&z', '/echo//double/', "/echo/(1)!'*~", '/echo/%E2%82%AC?list-type=2&prefix=a%2B'])('sends the path %s to the letter', async (path) => {
        expect((await echo({}, path)).path).toBe(path);
      });

      it('sends dot segments to the letter, or refuses to', async () => {
        const path = '/echo/a/../b';
        if (subject.isFetch) expect(await failure(request(path))).toMatchObject({ code: 'unsupported', phase: 'arguments' });
        else expect((await echo({}, path)).path).toBe(path);
      });

      it('sends the headers it is given and adds only what frames the message', async () => {
        const { headers } = await echo({ method: 'POST', headers: ['x-one', '1', 'authorization', 'Bearer t'], body: new Uint8Array(3) });
        const names = headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
        expect(headers).toEqual(expect.arrayContaining(['x-one', '1', 'authorization', 'Bearer t']));
        if (!subject.isFetch) expect(names.sort()).toEqual(['authorization', 'connection', 'content-length', 'host', 'x-one']);
        expect(names).not.toContain('transfer-encoding');
        expect(names).not.toContain('cache-control');
      });

      it('sends accept-encoding as it is given, and never asks for compression by itself', async () => {
        const asked = (await echo({})).headers.join().toLowerCase();
        expect(asked).not.toMatch(/gzip|br/);
        expect((await echo({ headers: ['accept-encoding', 'gzip'] })).headers.map((text) => text.toLowerCase())).toEqual(expect.arrayContaining(['accept-encoding', 'gzip']));
      });

      it.each(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'])('sends %s without a body', async (method) => {
        expect(await echo({ method })).toMatchObject({ method, sizeInBytes: 0 });
      });

      it.each<[string, () => RequestBody]>([
        ['an empty array', () => new Uint8Array(0)],
        ['a small array', () => pattern(10)],
        ['an array that is a window on a larger one', () => pattern(100).subarray(10, 60)],
        ['a large array', () => pattern(3_000_000)],
        ['small pieces', () => [pattern(3), new Uint8Array(0), pattern(5)]],
        ['large pieces', () => [pattern(700_000), pattern(400_000)]],
        ['a source', () => sourceOf(pattern(200_000), pattern(100_001))],
        ['an empty source', () => sourceOf()],
      ])('sends %s whole and with its length', async (_, body) => {
        const sent = body();
        const bytes = await allBytes(sent);
        const seen = await echo({ method: 'PUT', body: sent });
        expect(seen).toMatchObject({ sizeInBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
        expect(headerOf(seen, 'content-length')).toBe(String(bytes.byteLength));
      });

      it('sends a body in shared memory, if it says that it can', async () => {
        expect(transport.takesSharedMemory ?? false).toBe(transport.name === 'socket');
        if (!transport.takesSharedMemory) return;
        const shared = new Uint8Array(new SharedArrayBuffer(1_000_000)).subarray(10);
        shared.set(pattern(shared.length));
        for (const body of [shared, shared.subarray(0, 1000), [shared.subarray(0, 500), shared.subarray(500)]]) {
          const bytes = await allBytes(body);
          expect(await echo({ method: 'PUT', body })).toMatchObject({ sizeInBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
        }
      });

      it('sends a body with DELETE and goes on using the connection', async () => {
        expect(await echo({ method: 'DELETE', body: pattern(20) })).toMatchObject({ sizeInBytes: 20 });
        expect(await echo({ method: 'DELETE', body: pattern(21) })).toMatchObject({ sizeInBytes: 21 });
      });

      it.each([
        ['shorter', -1],
        ['longer', 1],
      ])('refuses a source that is %s than it says', async (_, difference) => {
        const body = { ...sourceOf(pattern(1000)), sizeInBytes: 1000 - difference };
        expect(await failure(request('/echo', { method: 'PUT', body }))).toMatchObject({ code: 'invalid_argument' });
      });

      it('fails with the very error of its source', async () => {
        const error = new Error('The disk is gone');
        const body: RequestBody = {
          sizeInBytes: 2_000_000,
          async *open() {
            yield pattern(300_000);
            throw error;
          },
        };
        expect(await failure(request('/echo', { method: 'PUT', body }))).toBe(error);
      });

      it.each([
        ['a line break in a header', { headers: ['x-one', 'a\r\nx-two: b'] }],
        ['a header name that is none', { headers: ['x one', 'a'] }],
        ['an origin that is none', { origin: 'nowhere' }],
        ['a path without a slash', { path: 'echo' }],
      ])('refuses %s', async (_, more) => {
        expect(await failure(request('/echo', more))).toMatchObject({ code: 'invalid_argument' });
      });

      it.each(['/a b', '/caf\u00e9\u20ac'])('refuses the path %s, which is not encoded', async (path) => {
        expect(await failure(request(path))).toMatchObject({ code: subject.isFetch ? 'unsupported' : 'invalid_argument' });
      });
    });

    describe('an answer', () => {
      it('has headers whatever their case, the repeated ones joined', async () => {
        const { headers, body } = await request('/headers');
        await body.bytes();
        expect(headers.get('X-TWICE')).toBe('one, two');
        expect(headers.get('x-latin')).toBe('caf\u00e9');
        expect(headers.get('constructor')).toBeUndefined();
        expect(new Map(headers).get('x-twice')).toBe('one, two');
      });

      it.each([200, 201, 204, 301, 302, 304, 307, 400, 404, 412, 416, 429, 500, 503])('with status %i comes through, and no redirect is followed', async (status) => {
        const { status: seen, headers, body } = await request(`/status/${String(status)}`, { collect: true });
        const text = new TextDecoder().decode(await body.bytes());
        expect([seen, headers.get('x-status'), text]).toEqual([status, String(status), status === 204 || status === 304 ? '' : `status ${String(status)}`]);
      });

      it('comes after interim answers', async () => {
        const { status, body } = await request('/early', { collect: true });
        expect([status, new TextDecoder().decode(await body.bytes())]).toEqual([200, 'after the hints']);
      });

      it('to HEAD has headers and no body', async () => {
        const { headers, body } = await request('/bytes/5000', { method: 'HEAD' });
        expect([headers.get('content-length'), (await body.bytes()).byteLength]).toEqual(['5000', 0]);
      });

      it.each(['/bytes/0', '/bytes/1', '/bytes/5000', '/bytes/2000000', '/chunked/0', '/chunked/5000', '/chunked/2000000'])('%s is read whole, streamed or collected', async (path) => {
        const expected = pattern(Number(path.split('/')[2]));
        const streamed = await (await request(path)).body.bytes();
        const { body } = await request(path, { collect: true });
        expect(equal(streamed, expected)).toBe(true);
        expect(equal(await body.bytes(), expected)).toBe(true);
        expect(equal(await body.bytes(), expected)).toBe(true);
        expect(equal(await collect(body), expected)).toBe(true);
      });

      it('that ends with its connection, without a length, is read whole', async () => {
        await using own = await startRawServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')));
        for (const collect of [true, false]) expect(new TextDecoder().decode(await (await request('/', { origin: own.origin, collect })).body.bytes())).toBe('until the end');
      });

      it('that comes before the request was sent is an answer', async () => {
        await using own = await startServer((_, response) => void response.writeHead(403).end('No'));
        const { status, body } = await request('/', { origin: own.origin, method: 'PUT', body: new Uint8Array(8 * 1024 * 1024) });
        expect([status, new TextDecoder().decode(await body.bytes())]).toEqual([403, 'No']);
      });

      it('is its own copy each time it is read from what was collected', async () => {
        const { body } = await request('/bytes/5000', { collect: true });
        (await body.bytes()).fill(0);
        (await body.bytes()).fill(0);
        const third = await body.bytes();
        expect(third.constructor).toBe(Uint8Array);
      });

      it('is not decoded behind our back', async () => {
        const read = async (): Promise<Uint8Array> => (await request('/gzip', { collect: true })).body.bytes();
        if (subject.isFetch) expect(await failure(read())).toMatchObject({ code: 'unsupported' });
        else expect(equal(await read(), GZIPPED)).toBe(true);
      });

      it('is not collected when it is an error, however long', async () => {
        proxy.use({ fault: { kind: 'status', status: 500, body: 'x'.repeat(300_000) } });
        const { body } = await request('/', { origin: proxy.url, collect: true });
        const iterator = body[Symbol.asyncIterator]();
        expect((await iterator.next()).done).toBe(false);
        await iterator.return?.();
      });

      it('can be streamed only once', async () => {
        const { body } = await request('/bytes/5000');
        await body.bytes();
        expect(await failure(body.bytes())).toMatchObject({ code: 'invalid_argument' });
      });

      it('that is discarded while somebody reads it does not seem to end', async () => {
        const { body } = await throughFault('/bytes/5000', { kind: 'stall-body', afterBytes: 500 });
        const reading = failure(body.bytes());
        await pause(50);
        await body.discard();
        expect(await reading).toMatchObject({ code: 'invalid_argument' });
      });

      it('waits for its reader instead of filling the memory', async () => {
        let sent = 0;
        const block = Buffer.alloc(256 * 1024);
        const flow = async (response: ServerResponse): Promise<void> => {
          response.writeHead(200);
          while (!response.destroyed && sent < 200 * 1024 * 1024) {
            sent += block.length;
            if (!response.write(block)) await drained(response);
          }
          response.end();
        };
        await using fountain = await startServer((_, response) => void flow(response));
        const { body } = await request('/', { origin: fountain.origin });
        const iterator = body[Symbol.asyncIterator]();
        await iterator.next();
        let before = -1;
        while (before !== sent) {
          before = sent;
          await pause(100);
        }
        expect(sent).toBeLessThan(50 * 1024 * 1024);
        for (let blocks = 0; blocks < 100; blocks++) await iterator.next();
        await until(() => sent > before);
        await iterator.return?.();
        await lastConnectionClosed(fountain);
      });
    });

    describe('its connection', () => {
      it('is used again once an answer was read', async () => {
        await using own = await startServer(testService);
        for (let count = 0; count < 4; count++) await (await request('/bytes/100000', { origin: own.origin })).body.bytes();
        expect(own.acceptedConnections).toBeLessThanOrEqual(subject.mostConnectionsInTurn);
      });

      // Node's fetch closes the connection, and there is no telling it not to.
      it.runIf(subject.keepsConnectionAfterHead)('is used again after HEAD', async () => {
        await using own = await startServer(testService);
        for (let count = 0; count < 6; count++) await request('/bytes/5', { origin: own.origin, method: 'HEAD', collect: true });
        expect(own.acceptedConnections).toBeLessThanOrEqual(subject.mostConnectionsInTurn);
      });

      it('is closed when the rest is not wanted', async () => {
        await using own = await startServer(testService);
        const { body } = await request('/bytes/90000000', { origin: own.origin });
        for await (const _ of body) break;
        await lastConnectionClosed(own);
        await body.discard();
      });

      it('is given back when nobody reads', async () => {
        await using own = await startServer(testService);
        const { body } = await request('/bytes/90000000', { origin: own.origin, timeouts: { ...PATIENT, idleInMs: SHORT_IN_MS } });
        await lastConnectionClosed(own);
        expect(await failure(body.bytes())).toMatchObject({ code: 'unavailable', phase: 'body', retryable: true });
      });

      it('is replaced when the server closed it while it was not used', async () => {
        const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
        await using own = await startRawServer((socket) => socket.on('data', () => socket.end(answer)));
        for (let count = 0; count < 3; count++) {
          const { body } = await request('/', { origin: own.origin, collect: true });
          expect((await body.bytes()).byteLength).toBe(2);
          await lastConnectionClosed(own);
        }
      });
    });

    describe('a timer', () => {
      it('fires when no connection comes to stand', async () => {
        await using mute = await startRawServer((socket) => socket.resume());
        const error = await failure(request('/', { origin: mute.origin.replace('http:', 'https:'), timeouts: subject.isFetch ? { connectInMs: SHORT_IN_MS, firstByteInMs: SHORT_IN_MS, idleInMs: 5000 } : { ...PATIENT, connectInMs: SHORT_IN_MS } }));
        expect(error).toMatchObject({ code: 'timeout', phase: subject.isFetch ? 'first_byte' : 'connect', retryable: true });
        if (!subject.isFetch) await until(() => mute.openConnections === 0);
      });

      it('fires when no answer comes', async () => {
        const timeouts = subject.isFetch ? { connectInMs: MODERATE_IN_MS, firstByteInMs: SHORT_IN_MS, idleInMs: 5000 } : { ...PATIENT, firstByteInMs: SHORT_IN_MS };
        const error = await failure(throughFault('/echo', { kind: 'stall-headers' }, { timeouts }));
        expect(error).toMatchObject({ code: 'timeout', phase: 'first_byte', retryable: true });
        await until(() => proxy.requests.at(-1)?.outcome === 'client-left');
      });

      it.each([true, false])('fires when a body stops coming (collect: %s)', async (collect) => {
        const timeouts = { ...PATIENT, idleInMs: MODERATE_IN_MS };
        const read = async (): Promise<unknown> => (await throughFault('/bytes/5000', { kind: 'stall-body', afterBytes: 500 }, { collect, timeouts })).body.bytes();
        expect(await failure(read())).toMatchObject({ code: 'timeout', phase: 'idle' });
        await until(() => proxy.requests.at(-1)?.outcome === 'client-left');
      });

      it.each([0, 5000])('fires when a body stops after byte %i, and what came before is delivered', async (afterBytes) => {
        const timeouts = { ...PATIENT, idleInMs: MODERATE_IN_MS };
        const { body } = await throughFault('/bytes/10000', { kind: 'stall-body', afterBytes }, { timeouts });
        let received = 0;
        const read = async (): Promise<void> => {
          for await (const chunk of body) received += chunk.byteLength;
        };
        expect(await failure(read())).toMatchObject({ code: 'timeout', phase: 'idle' });
        expect(received).toBe(afterBytes);
      });

      it('leaves a body alone that comes slowly, but comes', async () => {
        const timeouts = { ...PATIENT, idleInMs: MODERATE_IN_MS };
        const { body } = await throughFault('/bytes/60', { kind: 'trickle', bytesPerInterval: 5, intervalInMs: 50 }, { timeouts });
        expect((await body.bytes()).byteLength).toBe(60);
      });

      it('leaves a reader alone that takes its time', async () => {
        const { body } = await request('/bytes/4000000', { timeouts: { ...PATIENT, idleInMs: MODERATE_IN_MS } });
        let received = 0;
        for await (const chunk of body) {
          if (received === 0) await pause(2 * MODERATE_IN_MS);
          received += chunk.byteLength;
        }
        expect(received).toBe(4_000_000);
      });

      it('fires when the server stops taking what we send', async () => {
        const timeouts = { ...PATIENT, ...(subject.isFetch ? { connectInMs: SHORT_IN_MS, firstByteInMs: SHORT_IN_MS } : { idleInMs: SHORT_IN_MS }) };
        const size = subject.isFetch ? 16 * 1024 : 64 * 1024 * 1024;
        await using deaf = await startRawServer((socket) => socket.pause());
        const error = await failure(request('/', { origin: deaf.origin, method: 'PUT', body: new Uint8Array(size), timeouts }));
        expect(error).toMatchObject({ code: 'timeout', phase: subject.isFetch ? 'first_byte' : 'idle' });
      });
    });

    describe('an abort', () => {
      const reason = new Error('Enough');

      it('before the start sends nothing', async () => {
        await using own = await startServer(testService);
        expect(await failure(request('/echo', { origin: own.origin, abortSignal: AbortSignal.abort(reason) }))).toBe(reason);
        expect(own.acceptedConnections).toBe(0);
      });

      it('while connecting closes the socket', async () => {
        await using mute = await startRawServer((socket) => socket.resume());
        const controller = new AbortController();
        const pending = failure(request('/', { origin: mute.origin.replace('http:', 'https:'), abortSignal: controller.signal }));
        await until(() => mute.openConnections === 1);
        controller.abort(reason);
        expect(await pending).toBe(reason);
        if (!subject.isFetch) await until(() => mute.openConnections === 0);
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      });

      it('while waiting for the answer closes the socket', async () => {
        await using own = await startServer(testService);
        const controller = new AbortController();
        const pending = failure(request('/silence', { origin: own.origin, abortSignal: controller.signal }));
        await until(() => own.openConnections === 1);
        controller.abort(reason);
        expect(await pending).toBe(reason);
        await lastConnectionClosed(own);
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      });

      it('in the middle of an upload closes the socket', async () => {
        const controller = new AbortController();
        await using own = await startRawServer((socket) => {
          socket.pause();
          controller.signal.addEventListener('abort', () => socket.resume());
        });
        const pending = failure(request('/', { origin: own.origin, method: 'PUT', body: new Uint8Array(64 * 1024 * 1024), abortSignal: controller.signal }));
        await until(() => own.openConnections === 1);
        controller.abort(reason);
        expect(await pending).toBe(reason);
        await lastConnectionClosed(own);
      });

      it('in the middle of a download closes the socket', async () => {
        await using own = await startServer(testService);
        const controller = new AbortController();
        const { body } = await request('/bytes/90000000', { origin: own.origin, abortSignal: controller.signal });
        const iterator = body[Symbol.asyncIterator]();
        await iterator.next();
        controller.abort(reason);
        const drain = async (): Promise<void> => {
          while (!(await iterator.next()).done);
        };
        expect(await failure(drain())).toBe(reason);
        await lastConnectionClosed(own);
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      });

      it('after the end does nothing, and no listener is left', async () => {
        const controller = new AbortController();
        const { body } = await request('/bytes/100', { abortSignal: controller.signal });
        await body.bytes();
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
        controller.abort(reason);
        expect((await echo({ method: 'PUT', body: pattern(5) })).sizeInBytes).toBe(5);
      });

      it('of one request in a full pool leaves the others alone', async () => {
        const controller = new AbortController();
        const many = Array.from({ length: 150 }, (_, index) => request(`/bytes/${String(index)}`, { collect: true, abortSignal: index % 3 === 0 ? controller.signal : undefined }));
        controller.abort(reason);
        const outcomes = await Promise.allSettled(many);
        outcomes.forEach((outcome, index) => expect(outcome.status, String(index)).toBe(index % 3 === 0 ? 'rejected' : 'fulfilled'));
      });

      it('by its owner ends the requests of that owner only', async () => {
        const [mine, yours] = [{}, {}];
        const aborted = failure(request('/silence', { owner: mine }));
        const kept = request('/bytes/5', { owner: yours, collect: true });
        await (await request('/bytes/5', { collect: true })).body.bytes();
        transport.abort?.(mine, reason);
        expect(await aborted).toBe(reason);
        expect((await (await kept).body.bytes()).byteLength).toBe(5);
      });

      it('by closing the transport ends everything, and later requests fail', async () => {
        const pending = failure(request('/silence'));
        const { body } = await request('/bytes/90000000');
        await transport.close();
        const expected = { code: 'unavailable', retryable: false };
        expect(await pending).toMatchObject(expected);
        expect(await failure(body.bytes())).toMatchObject(expected);
        expect(await failure(request('/echo'))).toMatchObject(expected);
      });
    });

    describe('a fault', () => {
      it('of connecting is retryable, and nothing was sent', async () => {
        const gone = await startRawServer(() => undefined);
        await gone.close();
        expect(await failure(request('/', { origin: gone.origin }))).toMatchObject({ code: 'unavailable', phase: 'connect', applied: false, retryable: true });
      });

      it('of TLS is not retryable when the peer speaks something else', async () => {
        const error = await failure(request('/', { origin: server.origin.replace('http:', 'https:') }));
        expect(error).toMatchObject({ code: 'unavailable', phase: 'connect', retryable: false });
      });

      it.each(['fin', 'rst'] as const)('of a connection that ends by %s before the answer leaves unknown what was done', async (by) => {
        const error = await failure(throughFault('/echo', { kind: 'reset', by }, { method: 'PUT', body: pattern(100) }));
        expect(error).toMatchObject({ code: 'unavailable', phase: 'first_byte', retryable: true });
        expect((error as CloudError).applied).toBeUndefined();
      });

      it.each([
        ['fin', 'length', true],
        ['fin', 'length', false],
        ['rst', 'length', true],
        ['rst', 'length', false],
        ['fin', 'chunked', true],
        ['fin', 'chunked', false],
        ['rst', 'chunked', true],
        ['rst', 'chunked', false],
      ] as const)('of a body cut short by %s (%s, collect: %s) is an error', async (by, framing, collect) => {
        for (const afterBytes of [0, 500]) {
          const read = async (): Promise<unknown> => (await throughFault('/bytes/5000', { kind: 'truncate', afterBytes, by, framing }, { collect })).body.bytes();
          expect(await failure(read())).toMatchObject({ code: 'unavailable', phase: 'body', retryable: true });
          proxy.clear();
        }
      });

      it('of an answer that is not HTTP is an error', async () => {
        await using own = await startRawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
        expect(await failure(request('/', { origin: own.origin }))).toMatchObject({ code: 'unavailable' });
      });

      it('never breaks the requests that follow', async () => {
        for (const by of ['fin', 'rst'] as const) {
          proxy.use({ fault: { kind: 'truncate', afterBytes: 10, by }, times: 5 });
          await Promise.allSettled(Array.from({ length: 10 }, () => request('/bytes/5000', { origin: proxy.url, collect: true })));
          proxy.clear();
          const { body } = await request('/bytes/5000', { origin: proxy.url, collect: true });
          expect((await body.bytes()).byteLength).toBe(5000);
        }
      });

      it('names the origin and no more', async () => {
        const error = await failure(throughFault('/echo?X-Amz-Signature=secret', { kind: 'reset', by: 'rst' }, { headers: ['authorization', 'Bearer secret'] }));
        expect(JSON.stringify(error)).not.toContain('secret');
        expect((error as CloudError).message).toContain(proxy.url);
      });
    });
  });
}

function sourceOf(...chunks: readonly Uint8Array[]): { sizeInBytes: number; open(): AsyncIterable<Uint8Array> } {
  return {
    sizeInBytes: chunks.reduce((total, chunk) => total + chunk.byteLength, 0),
    async *open() {
      yield* chunks;
    },
  };
}

async function allBytes(body: RequestBody): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  return collect('open' in body ? body.open() : body);
}

async function collect(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function headerOf({ headers }: Echo, name: string): string | undefined {
  const index = headers.findIndex((text, position) => position % 2 === 0 && text.toLowerCase() === name);
  return index < 0 ? undefined : headers[index + 1];
}
