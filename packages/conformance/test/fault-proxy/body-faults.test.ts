import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../src/suite/assertions.ts';
import { createPrng } from '../../src/prng.ts';
import { startFaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import { failure, send, startObjectServer, startServer } from './wire.ts';
import type { WireServer } from './wire.ts';

const BODY = Buffer.from(createPrng(11).bytes(100_000));

let server: WireServer;
let proxy: FaultProxy;

beforeEach(async () => {
  server = await startObjectServer(BODY, { 'x-amz-checksum-sha256': createHash('sha256').update(BODY).digest('base64') });
  proxy = await startFaultProxy({ target: server.url });
});

afterEach(async () => {
  await proxy.close();
  await server[Symbol.asyncDispose]();
});

describe('truncate', () => {
  it('ends the body by FIN after N bytes of the promised length', async () => {
    proxy.use({ fault: { kind: 'truncate', afterBytes: 40_001, by: 'fin' } });
    const answer = await send(proxy.url);
    expect(answer.headers['content-length']).toBe('100000');
    expect(answer.body).toEqual(BODY.subarray(0, 40_001));
    expect(answer.error?.code).toBe('ECONNRESET');
    expect(answer.error?.message).toBe('aborted');
    expect(proxy.requests[0]).toMatchObject({ fault: 'truncate', outcome: 'cut' });
  });

  it('ends the body by RST after N bytes', async () => {
    proxy.use({ fault: { kind: 'truncate', afterBytes: 500, by: 'rst' } });
    const answer = await send(proxy.url);
    expect(answer.body).toEqual(BODY.subarray(0, 500));
    expect(answer.error?.syscall ?? answer.error?.message).toMatch(/read|aborted/);
  });

  it('sends the headers before it cuts at byte 0', async () => {
    proxy.use({ fault: { kind: 'truncate', afterBytes: 0, by: 'fin' } });
    const answer = await send(proxy.url);
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(0);
    expect(answer.error).toBeDefined();
  });

  it('cuts a chunked body before its last chunk', async () => {
    proxy.use({ fault: { kind: 'truncate', afterBytes: 1000, by: 'fin', framing: 'chunked' } });
    const answer = await send(proxy.url);
    expect(answer.headers['content-length']).toBeUndefined();
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    expect(answer.body).toEqual(BODY.subarray(0, 1000));
    expect(answer.error).toBeDefined();
  });

  it('lets a shorter body pass whole', async () => {
    proxy.use({ fault: { kind: 'truncate', afterBytes: 200_000, by: 'fin' } });
    const answer = await send(proxy.url);
    expect(answer.body).toEqual(BODY);
    expect(answer.error).toBeUndefined();
  });
});

describe('shorten and empty-body', () => {
  it('shortens the body with a length that agrees', async () => {
    proxy.use({ fault: { kind: 'shorten', toBytes: 70_000 } });
    const answer = await send(proxy.url);
    expect(answer).toMatchObject({ status: 200, error: undefined });
    expect(answer.headers['content-length']).toBe('70000');
    expect(answer.body).toEqual(BODY.subarray(0, 70_000));
  });

  it('keeps the head but leaves out the body', async () => {
    proxy.use({ fault: { kind: 'empty-body' } });
    const answer = await send(proxy.url);
    expect(answer).toMatchObject({ status: 200, error: undefined });
    expect(answer.headers).toMatchObject({ 'content-length': '0', etag: '"one"' });
    expect(answer.body).toHaveLength(0);
  });
});

describe('flip-byte', () => {
  it('changes one byte and keeps length and checksum header', async () => {
    proxy.use({ fault: { kind: 'flip-byte', atByte: 65_600 } });
    const { body, headers } = await send(proxy.url);
    expect(headers['content-length']).toBe('100000');
    const different = [...body.keys()].filter((index) => body[index] !== BODY[index]);
    expect(different).toEqual([65_600]);
    expect(createHash('sha256').update(body).digest('base64')).not.toBe(headers['x-amz-checksum-sha256']);
  });
});

describe('stalls', () => {
  it('keeps the client waiting for headers until it leaves, and never asks the target', async () => {
    proxy.use({ fault: { kind: 'stall-headers' } });
    const client = new AbortController();
    const waiting = failure(send(proxy.url, { signal: client.signal }));
    await eventually(() => proxy.requests).toHaveLength(1);
    client.abort();
    expect((await waiting).name).toBe('AbortError');
    await eventually(() => proxy.requests[0]?.outcome).toBe('client-left');
    expect(server.received).toHaveLength(0);
  });

  it('goes on after the silence when it has an end', async () => {
    proxy.use({ fault: { kind: 'stall-headers', durationInMs: 20 } });
    expect((await send(proxy.url)).body).toEqual(BODY);
  });

  it('stops between chunks, socket open, until the client leaves', async () => {
    proxy.use({ fault: { kind: 'stall-body', afterBytes: 10 } });
    const client = new AbortController();
    const answer = await send(proxy.url, { signal: client.signal, onPiece: () => setTimeout(() => client.abort(), 20) });
    expect(answer.body).toEqual(BODY.subarray(0, 10));
    expect(answer.error?.name).toBe('AbortError');
    await eventually(() => proxy.openConnections).toBe(0);
    expect(proxy.requests[0]?.outcome).toBe('client-left');
  });

  it('goes on after a pause in the body', async () => {
    proxy.use({ fault: { kind: 'stall-body', afterBytes: 70_000, durationInMs: 20 } });
    expect((await send(proxy.url)).body).toEqual(BODY);
  });

  it('can stall before the first byte and after the last', async () => {
    proxy.use({ fault: { kind: 'stall-body', afterBytes: 0, durationInMs: 5 }, times: 1 });
    proxy.use({ fault: { kind: 'stall-body', afterBytes: BODY.length, durationInMs: 5 } });
    expect((await send(proxy.url)).body).toEqual(BODY);
    expect((await send(proxy.url)).body).toEqual(BODY);
  });
});

describe('trickle', () => {
  it('sends the body in small pieces', async () => {
    await using short = await startObjectServer(BODY.subarray(0, 10));
    await using slow = await startFaultProxy({ target: short.url, rules: [{ fault: { kind: 'trickle', bytesPerInterval: 3, intervalInMs: 10 } }] });
    const answer = await send(slow.url);
    expect(answer.body).toEqual(BODY.subarray(0, 10));
    expect(answer.pieces).toEqual([3, 3, 3, 1]);
  });
});

describe('without a rule', () => {
  it('passes bodies, statuses and headers unchanged both ways', async () => {
    const range = await send(proxy.url, { headers: { Range: 'bytes=10-19', Host: 'bucket.example' } });
    expect(range.status).toBe(206);
    expect(range.body).toEqual(BODY.subarray(10, 20));
    expect(range.headers['content-range']).toBe('bytes 10-19/100000');
    await send(proxy.url, { method: 'PUT', body: 'hello', path: '/a%2Fb?x=%20y' });
    expect(server.received.map(({ line }) => line)).toEqual(['GET /object', 'PUT /a%2Fb?x=%20y']);
    expect(server.received[0]?.headers.host).toBe('bucket.example');
    expect(server.received[1]?.body).toBe('hello');
    expect(proxy.requests.map(({ outcome }) => outcome)).toEqual(['answered', 'answered']);
  });

  it('passes a failure of the target on as a broken connection', async () => {
    await using broken = await startServer((request) => void request.socket.destroy());
    await using front = await startFaultProxy({ target: broken.url });
    expect((await failure(send(front.url))).code).toBe('ECONNRESET');
    expect(front.requests[0]?.outcome).toBe('target-failed');
  });

  it('passes repeated headers one by one', async () => {
    await using cookies = await startServer((_request, response) => void response.setHeader('Set-Cookie', ['a=1', 'b=2']).end('ok'));
    await using front = await startFaultProxy({ target: cookies.url });
    expect((await send(front.url)).headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });
});
