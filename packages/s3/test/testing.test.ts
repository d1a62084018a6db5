import { nodeHttpTransport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { S3CompatibleClient } from '../src/index.ts';
import { S3Service, startS3Service, type RunningS3Service, type S3ServiceFault, type StartS3ServiceOptions } from '../src/testing/index.ts';

const BUCKET = 'photos';

let running: RunningS3Service;
let client: S3CompatibleClient;

beforeEach(async () => {
  running = await startS3Service({ buckets: [BUCKET] });
  client = new S3CompatibleClient({ ...running.clientOptions, retry: { maxAttempts: 3, initialDelayInMs: 1 } });
});

afterEach(async () => {
  await client.close();
  await running.close();
});

describe('a service over HTTP', () => {
  it('keeps what a client writes, and shows it', async () => {
    await client.putObject(BUCKET, 'beach.jpg', 'content', { contentType: 'image/jpeg', metadata: { place: 'Zürich' } });
    await expect((await client.getObject(BUCKET, 'beach.jpg')).text()).resolves.toBe('content');
    expect([...running.service.buckets.keys()]).toEqual([BUCKET]);
    expect(running.service.buckets.get(BUCKET)?.objects.get('beach.jpg')).toMatchObject([{ versionId: 'null', isDeleteMarker: false, headers: { 'content-type': 'image/jpeg' } }]);
    expect(running.service.exchanges.map(({ method, path, status }) => `${method} ${path} ${String(status)}`)).toEqual(['PUT /photos/beach.jpg 200', 'GET /photos/beach.jpg 200']);
  });

  it('takes the port, the region and the keys it is given', async () => {
    const identities = [{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }];
    await using other = await startS3Service({ region: 'eu-central-2', identities });
    expect(other.clientOptions).toEqual({ endpoint: other.url, region: 'eu-central-2', addressing: 'path', dialect: 'aws', credentials: { kind: 'access_key', ...identities[0] } });
    const european = new S3CompatibleClient(other.clientOptions);
    await expect(european.createBucket('bilder')).resolves.toMatchObject({ region: 'eu-central-2' });
    await european.close();
    const port = Number(new URL(other.url).port);
    await expect(startS3Service({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await other.close();
    await using again = await startS3Service({ port });
    expect(again.url).toBe(other.url);
  });

  it('closes twice, and drops who is connected', async () => {
    await client.bucketExists(BUCKET);
    await running.close();
    await running.close();
    await expect(client.bucketExists(BUCKET)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a service behind MSW', () => {
  it('answers where it seems to be', async () => {
    const service = new S3Service({ buckets: [BUCKET] });
    const server = setupServer(...(await service.handlers('https://s3.test')));
    server.listen({ onUnhandledFrame: 'error' });
    const intercepted = new S3CompatibleClient({ endpoint: 'https://s3.test', addressing: 'path', transport: nodeHttpTransport(), credentials: { kind: 'access_key', ...service.identity } });
    await intercepted.putObject(BUCKET, 'a', 'content');
    await expect((await intercepted.getObject(BUCKET, 'a')).text()).resolves.toBe('content');
    await intercepted.close();
    server.close();
  });
});

describe('planned failures', () => {
  it('are met by as many requests as they say, which the client repeats', async () => {
    running.service.fail({ status: 503, code: 'SlowDown', times: 2, headers: { 'retry-after': '0' } });
    await client.putObject(BUCKET, 'a', 'content');
    expect(running.service.exchanges.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it('are met only by the requests they fit', async () => {
    running.service.fail({ method: 'PUT', bucket: BUCKET, key: 'b', status: 403, code: 'AccessDenied', message: 'Not you' });
    await client.putObject(BUCKET, 'a', 'content');
    await expect(client.putObject(BUCKET, 'b', 'content')).rejects.toMatchObject({ code: 'permission_denied', vendorCode: 'AccessDenied' });
    await client.putObject(BUCKET, 'b', 'content');
  });

  it('cut a body, which the client goes on reading', async () => {
    const bytes = new Uint8Array(100_000).map((_, index) => index);
    await client.putObject(BUCKET, 'a', bytes);
    running.service.fail({ method: 'GET', key: 'a', breakAfterBytes: 40_000 });
    expect(Buffer.compare(await (await client.getObject(BUCKET, 'a')).bytes(), bytes)).toBe(0);
    expect(running.service.exchanges.map(({ status, headers }) => [status, headers.get('range')])).toEqual([
      [200, null],
      [200, null],
      [206, expect.stringMatching(/^bytes=[1-9]\d*-99999$/)],
    ]);
  });

  it.each([
    ['no code', { status: 503 }],
    ['a status that is none', { status: 200, code: 'OK' }],
    ['half a byte', { breakAfterBytes: 0.5 }],
    ['never', { status: 503, code: 'SlowDown', times: 0 }],
  ])('are refused with %s', (_, fault) => {
    expect(() => running.service.fail(fault as S3ServiceFault)).toThrow(expect.objectContaining({ code: 'invalid_argument' }) as Error);
  });
});

describe('options', () => {
  it.each<[string, StartS3ServiceOptions]>([
    ['nobody who may sign', { identities: [] }],
    ['a key without its secret', { identities: [{ accessKeyId: 'A', secretAccessKey: '' }] }],
    ['parts of no size', { minPartBytes: 0 }],
    ['a region without a name', { region: '' }],
    ['a port that is none', { port: 70_000 }],
  ])('are refused with %s', async (_, options) => {
    await expect(startS3Service(options)).rejects.toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
  });
});

describe('what the service insists on', () => {
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${running.url}${path}`, init);
    return { status: response.status, code: /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] };
  };

  it('is a signature', async () => {
    await expect(send('/photos/a')).resolves.toEqual({ status: 403, code: 'AccessDenied' });
    const { url } = await client.generatePresignedUrl(BUCKET, 'a');
    await expect(send(url.slice(running.url.length))).resolves.toEqual({ status: 404, code: 'NoSuchKey' });
    await expect(send(`${url.slice(running.url.length)}0`)).resolves.toEqual({ status: 403, code: 'SignatureDoesNotMatch' });
  });

  it('is a path that can be decoded', async () => {
    await expect(send('/photos/%zz')).resolves.toEqual({ status: 400, code: 'InvalidURI' });
  });

  it('is a form where a form is due', async () => {
    await expect(send('/photos', { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=b' } })).resolves.toEqual({ status: 400, code: 'MalformedPOSTRequest' });
  });

  it('is a part of S3 that it knows', async () => {
    const { url } = await client.generatePresignedUrl(BUCKET, 'a');
    const signed = new Headers({ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' });
    const answer = await running.service.handle(new Request(`${running.url}/photos/a`, { method: 'PUT', headers: signed }));
    expect(answer.status).toBe(501);
    await expect(send(`${url.slice(running.url.length)}&restore`, { method: 'POST' })).resolves.toEqual({ status: 501, code: 'NotImplemented' });
    await expect(send(url.slice(running.url.length), { method: 'PATCH' })).resolves.toEqual({ status: 405, code: 'MethodNotAllowed' });
  });
});

it('says what its handlers need where MSW is not installed', async () => {
  vi.doMock('msw', () => {
    throw new Error('Cannot find package');
  });
  await expect(new S3Service().handlers()).rejects.toMatchObject({ code: 'missing_dependency', message: expect.stringContaining('npm install msw') as string });
  vi.doUnmock('msw');
});
