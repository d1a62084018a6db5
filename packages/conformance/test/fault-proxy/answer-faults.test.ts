import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import { eventually } from '../../src/suite/assertions.ts';
import { failure, send, startObjectServer, startServer } from './wire.ts';
import type { WireServer } from './wire.ts';

const BODY = Buffer.from('0123456789'.repeat(10));
const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

let server: WireServer;
let proxy: FaultProxy;

beforeEach(async () => {
  server = await startObjectServer(BODY);
  proxy = await startFaultProxy({ target: server.url, now: () => NOW });
});

afterEach(async () => {
  await proxy.close();
  await server[Symbol.asyncDispose]();
});

describe('status', () => {
  it.each([
    [503, 2, '2'],
    [429, { dateInMs: 90_000 }, 'Thu, 01 Jan 2026 12:01:30 GMT'],
    [503, '99999999999999999999', '99999999999999999999'],
    [503, 'soon', 'soon'],
    [500, undefined, undefined],
    [408, undefined, undefined],
  ] as const)('answers %i with Retry-After %j as %j', async (status, retryAfter, header) => {
    proxy.use({ fault: { kind: 'status', status, retryAfter, body: '<Error><Code>SlowDown</Code></Error>', headers: { 'x-amz-request-id': 'r1' } } });
    const answer = await send(proxy.url, { method: 'PUT', body: 'bytes' });
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(header);
    expect(answer.headers['x-amz-request-id']).toBe('r1');
    expect(answer.body.toString()).toContain('SlowDown');
    expect(server.received).toHaveLength(0);
  });

  it('leaves the connection usable', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    proxy.use({ fault: { kind: 'status', status: 503 }, times: 1 });
    expect((await send(proxy.url, { agent, method: 'PUT', body: 'x'.repeat(200_000) })).status).toBe(503);
    expect((await send(proxy.url, { agent })).status).toBe(200);
    expect(proxy.openConnections).toBe(1);
    agent.destroy();
  });
});

describe('success-with-error', () => {
  const body = '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>';

  it('answers 200 with an error inside, unseen by the target', async () => {
    proxy.use({ fault: { kind: 'success-with-error', body } });
    const answer = await send(proxy.url, { method: 'POST', body: '<CompleteMultipartUpload/>' });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/xml' } });
    expect(answer.body.toString()).toBe(body);
    expect(server.received).toHaveLength(0);
  });

  it('can let the target do the work first', async () => {
    proxy.use({ fault: { kind: 'success-with-error', body, forward: true } });
    const answer = await send(proxy.url, { method: 'POST', body: '<CompleteMultipartUpload/>' });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe(body);
    expect(server.received[0]?.body).toBe('<CompleteMultipartUpload/>');
  });
});

describe('redirect and html', () => {
  it('redirects', async () => {
    proxy.use({ fault: { kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' } });
    expect(await send(proxy.url)).toMatchObject({ status: 307, headers: { location: 'http://127.0.0.1:1/elsewhere' } });
  });

  it('answers with the page of a middlebox', async () => {
    proxy.use({ fault: { kind: 'html' }, times: 1 });
    proxy.use({ fault: { kind: 'html', status: 511 } });
    const answer = await send(proxy.url);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
    expect(answer.body.toString()).toContain('<html>');
    expect((await send(proxy.url)).status).toBe(511);
  });
});

describe('repeat-answer', () => {
  it('gives a page again, its token included', async () => {
    let page = 0;
    await using list = await startServer((_request, response) => void response.end(`{"page":${(page += 1)},"next":"token-${page}"}`));
    await using front = await startFaultProxy({ target: list.url, rules: [{ fault: { kind: 'repeat-answer' }, path: /token=/ }] });
    const ask = async (path: string) => (await send(front.url, { path })).body.toString();
    expect(await ask('/?list')).toBe('{"page":1,"next":"token-1"}');
    const second = await ask('/?list&token=token-1');
    expect(second).toBe('{"page":2,"next":"token-2"}');
    expect(await ask('/?list&token=token-2')).toBe(second);
    expect(list.received).toHaveLength(2);
  });
});

describe('connections', () => {
  it.each(['fin', 'rst'] as const)('resets by %s before an answer; the target sees nothing', async (by) => {
    proxy.use({ fault: { kind: 'reset', by } });
    expect((await failure(send(proxy.url, { method: 'PUT', body: 'bytes' }))).code).toBe('ECONNRESET');
    expect(server.received).toHaveLength(0);
    expect(proxy.requests[0]).toMatchObject({ fault: 'reset', outcome: 'cut' });
  });

  it.each(['fin', 'rst'] as const)('loses by %s the answer to a request that was done', async (by) => {
    proxy.use({ fault: { kind: 'lose-answer', by } });
    expect((await failure(send(proxy.url, { method: 'PUT', body: 'bytes' }))).code).toBe('ECONNRESET');
    expect(server.received[0]).toMatchObject({ line: 'PUT /object', body: 'bytes' });
  });

  it('refuses connections, and accepts them again on the same port', async () => {
    const { url } = proxy;
    await proxy.refuseConnections();
    expect((await failure(send(url))).code).toBe('ECONNREFUSED');
    await proxy.acceptConnections();
    expect(proxy.url).toBe(url);
    expect((await send(url)).status).toBe(200);
  });

  it('drops idle connections when it closes, once or twice', async () => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    await eventually(() => proxy.openConnections).toBe(1);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await proxy.close();
    await proxy.close();
    await closed;
    expect(proxy.openConnections).toBe(0);
  });

  it('stops the target too when the client leaves in mid-upload', async () => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.write('PUT /object HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nonly this');
    await eventually(() => proxy.requests).toHaveLength(1);
    socket.destroy();
    await eventually(() => proxy.requests[0]?.outcome).toBe('client-left');
    expect(server.received).toHaveLength(0);
  });
});
