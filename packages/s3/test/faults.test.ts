import { request } from 'node:http';
import { Readable } from 'node:stream';
import { silentLogger, type MultipartUpload } from '@cmx/cloud-core';
import { createSkippingClock, startFaultProxy, type FaultProxy } from '@cmx/conformance';
import { socketTransport } from '@cmx/http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3CompatibleClient } from '../src/index.ts';
import { clientOf, createService, serveService, TEST_DIALECT, TEST_PART_BYTES } from './support.ts';

const BUCKET = 'photos';
const SIZE = 300_000;
const bytes = new Uint8Array(SIZE).map((_, index) => index * 31);
const retry = { maxAttempts: 4, initialDelayInMs: 1, maxDelayInMs: 5 };
const xmlError = (status: number, code: string, more = '') => ({ kind: 'status', status, headers: { 'Content-Type': 'application/xml' }, body: `<Error><Code>${code}</Code><Message>Made up</Message>${more}</Error>` }) as const;

let served: Awaited<ReturnType<typeof serveService>>;
let proxy: FaultProxy;
let client: S3CompatibleClient;
let clock: ReturnType<typeof createSkippingClock>;
let serviceOffsetInMs = 0;

beforeEach(async () => {
  served = await serveService({ now: () => Date.now() + serviceOffsetInMs });
  const direct = served.client();
  await direct.createBucket(BUCKET);
  await direct.putObject(BUCKET, 'large', bytes);
  await direct.close();
  proxy = await startFaultProxy({ target: served.url });
  clock = createSkippingClock();
  client = clientOf(served.service, proxy.url, { retry, clock, transport: socketTransport(), timeouts: { idleInMs: 200, firstByteInMs: 5000 } });
});

afterEach(async () => {
  expect(served.service.openUploads, 'unfinished uploads on the server').toBe(0);
  await client.close();
  await proxy.close();
  await served.close();
});

async function read(key: string): Promise<Uint8Array> {
  return (await client.getObject(BUCKET, key)).bytes();
}

describe('faults that other clients get wrong', () => {
  it.each(['fin', 'rst'] as const)('a body cut short by %s goes on where it broke', async (by) => {
    proxy.use({ method: 'GET', fault: { kind: 'truncate', afterBytes: 100_000, by }, times: 1 });
    expect(Buffer.compare(await read('large'), bytes)).toBe(0);
    expect(proxy.requests[1]?.headers).toMatchObject({ range: expect.stringMatching(/^bytes=[1-9]\d*-299999$/) as string, 'if-match': expect.any(String) as string });
  });

  it('a body that stalls fails by the idle timer, and with a timeout by that', async () => {
    const impatient = clientOf(served.service, proxy.url, { retry: { maxAttempts: 1 }, timeouts: { idleInMs: 100 } });
    proxy.use({ method: 'GET', fault: { kind: 'stall-body', afterBytes: 1000 } });
    await expect((await impatient.getObject(BUCKET, 'large')).bytes()).rejects.toMatchObject({ code: 'timeout', phase: 'idle' });
    const patient = clientOf(served.service, proxy.url, { retry: { maxAttempts: 1 } });
    await expect(patient.getObject(BUCKET, 'large', { timeoutInMs: 100 }).then((object) => object.bytes())).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
    await Promise.all([impatient.close(), patient.close()]);
  });

  it('Retry-After of a 503 is waited for', async () => {
    proxy.use({ method: 'PUT', fault: { ...xmlError(503, 'SlowDown'), retryAfter: 2 }, times: 1 });
    await client.putObject(BUCKET, 'small', 'content');
    expect(clock.sleeps).toEqual([2000]);
  });

  it('a Node stream is sent again after a 503', async () => {
    proxy.use({ method: 'PUT', fault: xmlError(503, 'ServiceUnavailable'), times: 1 });
    await client.putObject(BUCKET, 'stream', Readable.from([Buffer.from('con'), Buffer.from('tent')]));
    await expect(read('stream').then((body) => Buffer.from(body).toString())).resolves.toBe('content');
  });

  it('a completed upload whose 200 holds an error is not reported as done', async () => {
    proxy.use({ method: 'POST', path: /uploadId=/, fault: { kind: 'success-with-error', body: '<Error><Code>InternalError</Code><Message>Try again</Message></Error>' } });
    await expect(client.putObject(BUCKET, 'parts', bytes, { partSizeInBytes: 8 * TEST_PART_BYTES })).rejects.toMatchObject({ code: 'unavailable', vendorCode: 'InternalError', attempts: 4 });
    expect(await client.objectExists(BUCKET, 'parts')).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['half a document', '<?xml version="1.0"?>\n<CompleteMultipartUploadResult><ETag>&quot;a'],
  ])('a completed upload whose answer is %s is looked for', async (_, body) => {
    proxy.use({ method: 'POST', path: /uploadId=/, fault: { kind: 'success-with-error', body, forward: true } });
    await expect(client.putObject(BUCKET, 'parts', bytes, { partSizeInBytes: 8 * TEST_PART_BYTES })).resolves.toMatchObject({ sizeInBytes: SIZE });
    expect(Buffer.compare(await read('parts'), bytes)).toBe(0);
  });

  it('objectExists tells a missing bucket from a missing key', async () => {
    await expect(client.objectExists(BUCKET, 'missing')).resolves.toBe(false);
    await expect(client.objectExists('missing-bucket', 'missing')).rejects.toMatchObject({ code: 'bucket_not_found' });
  });

  it('an abort in the body rejects with its reason and closes the socket', async () => {
    proxy.use({ method: 'GET', fault: { kind: 'stall-body', afterBytes: 1000 } });
    const controller = new AbortController();
    const object = await client.getObject(BUCKET, 'large', { abortSignal: controller.signal });
    const reading = object.bytes();
    const reason = new Error('changed my mind');
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect.poll(() => proxy.requests[0]?.outcome).toBe('client-left');
  });

  it.each([1, 2] as const)('keys with blanks and control characters are listed as they are (version %i)', async (listVersion) => {
    const lister = clientOf(served.service, proxy.url, { dialect: { ...TEST_DIALECT, listVersion } });
    const keys = [' sp ', 'a&#x1b;b', 'plus+', 'x\u001by', 'z%2F'];
    for (const key of keys) await lister.putObject(BUCKET, `odd/${key}`, '');
    const listed: string[] = [];
    for await (const { items } of lister.listObjects(BUCKET, { prefix: 'odd/' }).byPage({ maxPageSize: 2 })) for (const entry of items) if (entry.type === 'object') listed.push(entry.key.slice(4));
    expect(listed).toEqual(keys);
    const results = await lister.deleteObjects(BUCKET, keys.map((key) => `odd/${key}`));
    expect(results.map(({ deleted }) => deleted)).toEqual(keys.map(() => true));
    await lister.close();
  });

  it('a key with dot segments stays itself on the wire and cannot be presigned', async () => {
    await client.putObject(BUCKET, 'a/../b', 'dots');
    expect([...(served.service.buckets.get(BUCKET)?.objects.keys() ?? [])]).toContain('a/../b');
    await expect(client.generatePresignedUrl(BUCKET, 'a/../b')).rejects.toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
  });
});

describe('an upload begun without an answer', () => {
  const BEGINNING = { method: 'POST', path: /[?&]uploads\b/ };
  const warnings: [fields: object, message: string][] = [];
  const logger = { ...silentLogger, warn: (fields: object, message: string) => void warnings.push([fields, message]) };
  let direct: S3CompatibleClient;
  let patient: S3CompatibleClient;

  beforeEach(() => {
    warnings.length = 0;
    direct = served.client();
    patient = clientOf(served.service, proxy.url, { retry, logger });
  });
  afterEach(async () => Promise.all([direct.close(), patient.close()]));

  async function uploadIds(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { uploadId } of direct.listMultipartUploads(BUCKET)) ids.push(uploadId);
    return ids;
  }

  /** Somebody else's upload of the same key, at another time of the service. */
  async function beginAt(offsetInMs: number): Promise<MultipartUpload> {
    serviceOffsetInMs = offsetInMs;
    const upload = await direct.createMultipartUpload(BUCKET, 'parts');
    serviceOffsetInMs = 0;
    return upload;
  }

  async function abortAll(): Promise<void> {
    for await (const { key, uploadId } of direct.listMultipartUploads(BUCKET)) await direct.abortMultipartUpload(BUCKET, key, uploadId);
  }

  it.each(['rst', 'fin'] as const)('is aborted when another attempt begins one (%s)', async (by) => {
    proxy.use({ ...BEGINNING, fault: { kind: 'lose-answer', by }, times: 2 });
    const { uploadId } = await patient.createMultipartUpload(BUCKET, 'parts');
    expect(await uploadIds()).toEqual([uploadId]);
    await direct.abortMultipartUpload(BUCKET, 'parts', uploadId);
  });

  it('does not disturb the upload of an object', async () => {
    proxy.use({ ...BEGINNING, fault: { kind: 'success-with-error', body: '<Error><Code>InternalError</Code></Error>', forward: true }, times: 1 });
    await patient.putObject(BUCKET, 'parts', bytes, { partSizeInBytes: 8 * TEST_PART_BYTES });
    expect(Buffer.compare(await read('parts'), bytes)).toBe(0);
    expect(served.service.openUploads).toBe(0);
  });

  it('is aborted when no attempt is answered', async () => {
    proxy.use({ ...BEGINNING, fault: { kind: 'lose-answer', by: 'rst' } });
    await expect(patient.putObject(BUCKET, 'parts', bytes, { partSizeInBytes: 8 * TEST_PART_BYTES })).rejects.toMatchObject({ code: 'unavailable', attempts: 4 });
    expect(served.service.openUploads).toBe(0);
  });

  it('is aborted when the caller does not wait for the answer', async () => {
    proxy.use({ ...BEGINNING, fault: { kind: 'stall-body', afterBytes: 0 }, times: 1 });
    const controller = new AbortController();
    const beginning = patient.createMultipartUpload(BUCKET, 'parts', { abortSignal: controller.signal });
    await expect.poll(() => served.service.openUploads).toBe(1);
    controller.abort('enough');
    await expect(beginning).rejects.toBe('enough');
    expect(served.service.openUploads).toBe(0);
  });

  it('is told from uploads of other keys, with parts, or begun before', async () => {
    const other = await direct.createMultipartUpload(BUCKET, 'parts-of-another');
    const busy = await direct.createMultipartUpload(BUCKET, 'parts');
    await direct.uploadPart(BUCKET, 'parts', busy.uploadId, 1, bytes);
    const old = await beginAt(-5000);
    proxy.use({ ...BEGINNING, fault: { kind: 'lose-answer', by: 'rst' }, times: 1 });
    const { uploadId } = await patient.createMultipartUpload(BUCKET, 'parts');
    expect((await uploadIds()).sort()).toEqual([other, busy, old, { uploadId }].map((upload) => upload.uploadId).sort());
    expect(warnings.map(([, message]) => message)).toEqual(['Trying again']);
    await abortAll();
  });

  it('stays, and is named in the log, when somebody else begins one at the same moment', async () => {
    const theirs = await beginAt(1000);
    proxy.use({ ...BEGINNING, fault: { kind: 'lose-answer', by: 'rst' }, times: 1 });
    const { uploadId } = await patient.createMultipartUpload(BUCKET, 'parts');
    const left = await uploadIds();
    expect(left).toHaveLength(3);
    expect(left).toContain(theirs.uploadId);
    expect(warnings.at(-1)).toEqual([expect.objectContaining({ operation: 'createMultipartUpload', uploadIds: left.filter((id) => id !== uploadId) }), expect.stringMatching(/cannot be told from those of others/)]);
    await abortAll();
  });

  it('is spoken of in the log when it cannot be looked for', async () => {
    proxy.use({ ...BEGINNING, fault: { kind: 'lose-answer', by: 'rst' }, times: 1 });
    proxy.use({ method: 'GET', path: /[?&]uploads\b/, fault: xmlError(403, 'AccessDenied') });
    await patient.createMultipartUpload(BUCKET, 'parts');
    expect(warnings.at(-1)?.[1]).toMatch(/may stay on the server/);
    await abortAll();
  });
});

describe('presigned uploads', () => {
  async function send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => request(url, { method: 'PUT', headers }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject).end(body));
  }

  it('carry no checksum, and take any bytes', async () => {
    const { url, headers } = await client.generatePresignedUrl(BUCKET, 'up', { method: 'PUT' });
    expect(headers).toEqual({});
    expect(url).not.toMatch(/checksum|content-type/i);
    await expect(send(url, headers, 'real bytes')).resolves.toBe(200);
  });

  it('bind every header they return', async () => {
    const { url, headers } = await client.generatePresignedUrl(BUCKET, 'up', { method: 'PUT', contentType: 'text/csv', headers: { 'x-amz-meta-by': 'test' } });
    expect(headers).toEqual({ 'content-type': 'text/csv', 'x-amz-meta-by': 'test' });
    await expect(send(url, headers, 'a,b')).resolves.toBe(200);
    for (const name of Object.keys(headers)) await expect(send(url, { ...headers, [name]: 'other' }, 'a,b')).resolves.toBe(403);
  });
});

describe('refusals', () => {
  it.each([
    ['an unknown key', { accessKeyId: 'NOBODY' }, 'InvalidAccessKeyId'],
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
  ])('%s is unauthenticated, for HEAD too, and the secret stays out of the error', async (_, change, vendorCode) => {
    const wrong = clientOf(served.service, served.url, { credentials: { kind: 'access_key', ...served.service.identity, ...change } });
    for (const call of [() => wrong.getObject(BUCKET, 'large'), () => wrong.getObjectMetadata(BUCKET, 'large'), () => wrong.bucketExists(BUCKET), () => wrong.putObject(BUCKET, 'new', 'x')]) {
      const error: unknown = await call().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'unauthenticated', vendorCode, retryable: false });
      expect(JSON.stringify(error)).not.toMatch(/wrong|cmx-test-secret|Signature=/);
    }
    await wrong.close();
  });

  it("another account's bucket is refused, not missing", async () => {
    proxy.use({ fault: xmlError(403, 'AccessDenied') });
    await expect(client.bucketExists(BUCKET)).rejects.toMatchObject({ code: 'permission_denied' });
    await expect(client.objectExists(BUCKET, 'large')).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('expired credentials are fetched once more, in the middle of a list', async () => {
    const service = createService();
    let asked = 0;
    const renewing = clientOf(service, proxy.url, {
      retry,
      async credentials() {
        asked += 1;
        return { kind: 'access_key', ...served.service.identity };
      },
    });
    proxy.use({ method: 'GET', fault: xmlError(400, 'ExpiredToken'), times: 1 });
    const keys: string[] = [];
    for await (const entry of renewing.listObjects(BUCKET)) if (entry.type === 'object') keys.push(entry.key);
    expect(keys).toEqual(['large']);
    expect(asked).toBe(2);
    await renewing.close();
  });

  it.each([
    ['a page of HTML', { kind: 'html' } as const],
    ['XML that is none', { kind: 'success-with-error', body: '<ListBucketResult><Contents></ListBucketResult>' } as const],
    ['a document type', { kind: 'success-with-error', body: '<!DOCTYPE x [<!ENTITY e "e">]><ListBucketResult>&e;</ListBucketResult>' } as const],
    ['another document', { kind: 'success-with-error', body: '<Other/>' } as const],
  ])('%s is no list', async (_, fault) => {
    proxy.use({ method: 'GET', fault });
    await expect(client.listObjects(BUCKET)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'unknown', phase: 'response' });
  });

  it('a list that repeats its token ends with an error', async () => {
    const body = '<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount><NextContinuationToken>same</NextContinuationToken></ListBucketResult>';
    proxy.use({ method: 'GET', fault: { kind: 'success-with-error', body } });
    const drain = async (): Promise<void> => {
      for await (const _ of client.listObjects(BUCKET).byPage()) continue;
    };
    await expect(drain()).rejects.toMatchObject({ code: 'unknown', phase: 'response' });
    expect(proxy.requests).toHaveLength(2);
  });

  it('a multipart upload whose parts fail is aborted', async () => {
    proxy.use({ method: 'PUT', path: /partNumber=2/, fault: xmlError(403, 'AccessDenied') });
    await expect(client.putObject(BUCKET, 'parts', bytes, { partSizeInBytes: 2 * TEST_PART_BYTES })).rejects.toMatchObject({ code: 'permission_denied', operation: 'putObject' });
  });
});
