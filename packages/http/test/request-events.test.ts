import { UnavailableError, type RequestEvent } from '@cmx/cloud-core';
import { expect, it } from 'vitest';
import { withoutSecrets } from '../src/client/request-event.ts';
import { HttpClient, type HttpRequest } from '../src/index.ts';
import { FakeClock, ScriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { failure } from './wait.ts';

const PUT: HttpRequest = { operation: 'putObject', method: 'PUT', path: '/a.jpg?partNumber=1', body: new Uint8Array(10), collect: true };

function client(script: ConstructorParameters<typeof ScriptedTransport>[0], events: RequestEvent[], auth?: (request: { path: string; headers: Record<string, string> }) => void): HttpClient {
  return new HttpClient({
    provider: 'aws',
    baseUrl: 'https://s3.example.com:8443/base',
    transport: new ScriptedTransport(script),
    clock: new FakeClock(),
    auth: auth && { authorize: auth },
    telemetry: { onRequest: (event) => void events.push(event) },
  });
}

it('tells of each attempt: what was asked, what came of it', async () => {
  const events: RequestEvent[] = [];
  const answers: readonly ScriptedAnswer[] = [{ status: 503, headers: { 'x-amz-request-id': 'r-1' } }, { headers: { 'x-amz-request-id': 'r-2', 'content-length': '7' } }];
  await client((_, count) => answers[count] ?? {}, events).request(PUT);
  const asked = { operation: 'putObject', method: 'PUT', origin: 'https://s3.example.com:8443', path: '/base/a.jpg?partNumber=1', requestSizeInBytes: 10, durationInMs: expect.any(Number) as number };
  expect(events).toEqual([
    { ...asked, attempt: 1, status: 503, requestId: 'r-1', error: 'unavailable' },
    { ...asked, attempt: 2, status: 200, requestId: 'r-2', responseSizeInBytes: 7 },
  ]);
});

it('tells of requests without an answer, and of those that were aborted', async () => {
  const events: RequestEvent[] = [];
  await failure(client(() => new UnavailableError('reset', { retryable: false }), events).request(PUT));
  const controller = new AbortController();
  const aborting = client(() => {
    controller.abort(new Error('enough'));
    return new Error('enough');
  }, events);
  await failure(aborting.request(PUT, { abortSignal: controller.signal }));
  expect(events.map(({ status, error }) => ({ status, error }))).toEqual([{ error: 'unavailable' }, { error: 'aborted' }]);
});

it('tells nothing of how a request was authorized, in headers or in the query', async () => {
  const events: RequestEvent[] = [];
  const sign = (request: { path: string; headers: Record<string, string> }): void => {
    request.headers['authorization'] = 'AWS4-HMAC-SHA256 Credential=sentinel';
    request.path += '&X-Amz-Signature=sentinel&se=1';
  };
  await client(() => ({ headers: { 'set-cookie': 'sentinel' } }), events, sign).request({ ...PUT, headers: { 'x-amz-security-token': 'sentinel' } });
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('sentinel');
});

it.each([
  '/a?X-Amz-Algorithm=AWS4&X-Amz-Credential=SECRET&X-Amz-Security-Token=SECRET&X-Amz-Signature=SECRET',
  '/a?X%2DAmz%2DSignature=SECRET',
  '/a?Expires=1&Signature=SECRET&Key-Pair-Id=SECRET&Policy=SECRET',
  '/a?GoogleAccessId=x&X-Goog-Signature=SECRET&X-Goog-Credential=SECRET',
  '/a?sv=2024&sig=SECRET',
  '/a?temp_url_sig=SECRET&temp_url_expires=1',
  '/a?access_token=SECRET&code=SECRET&api_key=SECRET&client_secret=SECRET&password=SECRET&%ZZ=1',
  '/a?AWSAccessKeyId=SECRET',
  '/a?x=1?token=SECRET&sig=SECRET',
])('masks what is secret in %s', (path) => {
  expect(withoutSecrets(path)).not.toContain('SECRET');
});

it.each(['/a/b', '/a?list-type=2&prefix=x%2Fy&max-keys=10&uploadId=abc&partNumber=3', '/a?policy', '/a?versionId=v1&delimiter=%2F'])('leaves %s as it is', (path) => {
  expect(withoutSecrets(path)).toBe(path);
});
