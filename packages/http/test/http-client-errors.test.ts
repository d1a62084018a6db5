import { errorFromCode, type CloudErrorCode } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { HttpClient, undiciTransport, type HttpClientOptions, type HttpRequest } from '../src/index.ts';
import { FakeClock, ScriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { drained, startServer } from './servers.ts';
import { failure, until } from './wait.ts';

const GET: HttpRequest = { operation: 'getThing', resource: { type: 'thing', name: 'a' }, method: 'GET', path: '/thing', collect: true };

async function errorOf(answer: ScriptedAnswer, more: Partial<HttpClientOptions> = {}): Promise<unknown> {
  const transport = new ScriptedTransport(() => answer);
  const http = new HttpClient({ provider: 'coda', baseUrl: 'https://api.example.com', transport, clock: new FakeClock(), retry: { maxAttempts: 1 }, ...more });
  return failure(http.request(GET));
}

describe('an answer that is an error', () => {
  it.each<[number, CloudErrorCode, boolean]>([
    [304, 'not_modified', false],
    [400, 'invalid_argument', false],
    [401, 'unauthenticated', false],
    [403, 'permission_denied', false],
    [404, 'not_found', false],
    [408, 'unavailable', true],
    [409, 'conflict', false],
    [410, 'not_found', false],
    [412, 'precondition_failed', false],
    [416, 'range_not_satisfiable', false],
    [418, 'invalid_argument', false],
    [422, 'invalid_argument', false],
    [429, 'rate_limited', true],
    [500, 'unavailable', true],
    [501, 'unsupported', false],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [507, 'quota_exceeded', false],
    [599, 'unavailable', true],
  ])('with status %i is %s (retryable: %s)', async (status, code, retryable) => {
    expect(await errorOf({ status })).toMatchObject({ code, status, retryable, phase: 'response', operation: 'getThing', resource: { name: 'a' }, provider: 'coda' });
  });

  it.each([
    ['{"statusCode":404,"message":"No such doc"}', 'No such doc', undefined],
    ['{"error":{"code":"Gone","message":"It left"}}', 'It left', 'Gone'],
    ['{"error":"invalid_grant","error_description":"The token is old"}', 'The token is old', 'invalid_grant'],
    ['[1]', 'The service answered with status 404', undefined],
    ['<html>', 'The service answered with status 404', undefined],
  ])('says what its body says: %s', async (body, reason, vendorCode) => {
    expect(await errorOf({ status: 404, body })).toMatchObject({ reason, vendorCode });
  });

  it('has its request id and the wait it asks for', async () => {
    const headers = { 'x-amz-request-id': 'r-1', 'retry-after': '12' };
    expect(await errorOf({ status: 503, headers })).toMatchObject({ requestId: 'r-1', retryAfterInMs: 12_000 });
  });

  it('keeps secrets to itself', async () => {
    const body = JSON.stringify({ message: 'Denied for Bearer abc.def at https://u:p@host/x?X-Amz-Signature=0123&sig=456 with password=hunter2' });
    const text = JSON.stringify(await errorOf({ status: 403, body }));
    expect(text).not.toMatch(/abc\.def|u:p@|0123|456|hunter2/);
  });

  it('that redirects names where to, without the query', async () => {
    const error = await errorOf({ status: 307, headers: { location: 'https://user:pass@other.example.com/path?X-Amz-Signature=secret#frag' } });
    expect(error).toMatchObject({ code: 'unknown', status: 307, phase: 'response', retryable: false });
    expect((error as Error).message).toContain('https://other.example.com/path');
    expect(JSON.stringify(error)).not.toMatch(/secret|pass|frag/);
  });

  it('is made by the decoder of the service, which sees the request', async () => {
    const error = await errorOf(
      { status: 400, headers: { 'x-request-id': 'r-2' }, body: 'Odd' },
      { decodeError: ({ status, body, request, headers }) => errorFromCode('quota_exceeded', `${new TextDecoder().decode(body)} ${request.operation} ${request.method} ${request.path} ${String(headers.get('x-request-id'))}`, { status, vendorCode: 'Odd' }) },
    );
    expect(error).toMatchObject({ code: 'quota_exceeded', reason: 'Odd getThing GET /thing r-2', vendorCode: 'Odd', requestId: 'r-2', attempts: 1 });
  });

  it('is read for 1 MiB and no further', async () => {
    let seen = 0;
    const flood = async (response: Parameters<Parameters<typeof startServer>[0]>[1]): Promise<void> => {
      response.writeHead(500);
      while (!response.destroyed) if (!response.write(Buffer.alloc(64 * 1024))) await drained(response);
    };
    await using server = await startServer((_, response) => void flood(response));
    const http = new HttpClient({
      provider: 'coda',
      baseUrl: server.origin,
      transport: undiciTransport(),
      retry: { maxAttempts: 1 },
      decodeError: ({ body }) => errorFromCode('unavailable', `${String((seen = body.byteLength))} bytes`),
    });
    await failure(http.request(GET));
    expect(seen).toBe(1024 * 1024);
    await until(() => server.openConnections === 0);
    await http.close();
  });

  it('is still known by its status when its body breaks off', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(404, { 'content-length': 100 });
      response.write('{"mess');
      setTimeout(() => response.destroy(), 20);
    });
    const http = new HttpClient({ provider: 'coda', baseUrl: server.origin, transport: undiciTransport() });
    expect(await failure(http.request(GET))).toMatchObject({ code: 'not_found', status: 404 });
    await http.close();
  });
});
