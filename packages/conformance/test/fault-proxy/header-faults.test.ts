import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import { send, startObjectServer } from './wire.ts';
import type { WireServer } from './wire.ts';

const BODY = Buffer.from('0123456789'.repeat(10));
const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const HOUR = 3_600_000;

let server: WireServer;
let proxy: FaultProxy;

beforeEach(async () => {
  server = await startObjectServer(BODY, { 'x-amz-checksum-crc32': 'right==' });
  proxy = await startFaultProxy({ target: server.url, now: () => NOW });
});

afterEach(async () => {
  await proxy.close();
  await server[Symbol.asyncDispose]();
});

describe('rewrite-headers', () => {
  it('sets and removes headers of the answer', async () => {
    proxy.use({ fault: { kind: 'rewrite-headers', headers: { 'X-Amz-Checksum-Crc32': 'wrong==', etag: null } } });
    const { headers, body } = await send(proxy.url);
    expect(headers['x-amz-checksum-crc32']).toBe('wrong==');
    expect(headers).not.toHaveProperty('etag');
    expect(body).toEqual(BODY);
  });
});

describe('ranges', () => {
  it('gives the whole object with 200 when the range is ignored', async () => {
    proxy.use({ fault: { kind: 'ignore-range' } });
    const answer = await send(proxy.url, { headers: { range: 'bytes=10-19' } });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('content-range');
    expect(answer.body).toEqual(BODY);
  });

  it('widens the slice when the range is signed and cannot be taken away', async () => {
    proxy.use({ fault: { kind: 'ignore-range' } });
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu/s3/aws4_request, SignedHeaders=host;range;x-amz-date, Signature=1';
    const answer = await send(proxy.url, { headers: { range: 'bytes=10-19', authorization } });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '100' } });
    expect(answer.headers).not.toHaveProperty('content-range');
    expect(answer.body).toEqual(Buffer.concat([Buffer.alloc(10), BODY.subarray(10, 20), Buffer.alloc(80)]));
  });

  it('claims another slice than it sends', async () => {
    proxy.use({ fault: { kind: 'wrong-content-range', shiftByBytes: 5 } });
    const answer = await send(proxy.url, { headers: { range: 'bytes=10-19' } });
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe('bytes 15-24/100');
    expect(answer.body).toEqual(BODY.subarray(10, 20));
  });
});

describe('changed-object', () => {
  it('answers with another ETag, however the request insists on the old one', async () => {
    proxy.use({ fault: { kind: 'changed-object', etag: '"two"' } });
    const answer = await send(proxy.url, { headers: { range: 'bytes=10-19', 'if-match': '"gone"' } });
    expect(answer).toMatchObject({ status: 206, headers: { etag: '"two"' } });
  });

  it('leaves a condition that is signed', async () => {
    proxy.use({ fault: { kind: 'changed-object', etag: '"two"' } });
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu/s3/aws4_request, SignedHeaders=host;if-match, Signature=1';
    await send(proxy.url, { headers: { 'if-match': '"one"', authorization } });
    expect(server.received[0]?.headers['if-match']).toBe('"one"');
  });

  it('answers with another body', async () => {
    proxy.use({ fault: { kind: 'changed-object', etag: '"two"', body: 'new' }, nth: 2 });
    expect((await send(proxy.url)).headers.etag).toBe('"one"');
    const answer = await send(proxy.url);
    expect(answer.headers).toMatchObject({ etag: '"two"', 'content-length': '3' });
    expect(answer.body.toString()).toBe('new');
  });
});

describe('clock-skew', () => {
  it('rewrites the date of every answer', async () => {
    proxy.use({ fault: { kind: 'clock-skew', offsetInMs: HOUR } });
    expect((await send(proxy.url)).headers.date).toBe('Thu, 01 Jan 2026 13:00:00 GMT');
  });

  it.each([
    ['x-amz-date', '20260101T120000Z', '20260101T130000Z'],
    ['x-ms-date', 'Thu, 01 Jan 2026 12:00:00 GMT', 'Thu, 01 Jan 2026 13:00:00 GMT'],
  ])('refuses a request signed by our clock in %s and takes one signed by its own', async (name, ours, theirs) => {
    proxy.use({ fault: { kind: 'clock-skew', offsetInMs: HOUR, toleranceInMs: 900_000 } });
    const refused = await send(proxy.url, { headers: { [name]: ours } });
    expect(refused).toMatchObject({ status: 403, headers: { date: 'Thu, 01 Jan 2026 13:00:00 GMT' } });
    expect(refused.body.toString()).toContain('RequestTimeTooSkewed');
    expect((await send(proxy.url, { headers: { [name]: theirs } })).status).toBe(200);
    expect((await send(proxy.url)).status).toBe(200);
  });
});

describe('expire-credentials', () => {
  const refusal = { status: 401, body: 'expired' };

  it('refuses after N requests, until other credentials come', async () => {
    proxy.use({ fault: { kind: 'expire-credentials', afterRequests: 2, refusal } });
    const ask = async (authorization: string) => (await send(proxy.url, { headers: { authorization } })).status;
    expect([await ask('Bearer a'), await ask('Bearer a'), await ask('Bearer a'), await ask('Bearer a')]).toEqual([200, 200, 401, 401]);
    expect([await ask('Bearer b'), await ask('Bearer b'), await ask('Bearer a')]).toEqual([200, 200, 401]);
  });

  it('knows SigV4 credentials by access key and session token, not by signature', async () => {
    proxy.use({ fault: { kind: 'expire-credentials', afterRequests: 0, refusal: { status: 400, body: 'ExpiredToken' } } });
    const ask = async (token: string, signature: string) => {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKID/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=${signature}`;
      return (await send(proxy.url, { headers: { authorization, 'x-amz-security-token': token } })).status;
    };
    expect([await ask('old', '1'), await ask('old', '2'), await ask('new', '3')]).toEqual([400, 400, 200]);
  });
});
