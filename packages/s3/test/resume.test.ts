import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError, type MultipartUpload, type PutObjectOptions } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { S3_DIALECTS, S3CompatibleClient } from '../src/index.ts';
import { startS3Service, type RunningS3Service } from '../src/testing/index.ts';

const PART = 1024;
/** Five parts and a bit. */
const BODY = Uint8Array.from({ length: 5 * PART + 100 }, (_, index) => (index * 7 + (index >> 8)) % 256);
const IN_PARTS = { partSizeInBytes: PART, concurrency: 1 };
/** Small parts, for small tests; everything else is AWS. */
const dialect = { ...S3_DIALECTS.aws, capabilities: { ...S3_DIALECTS.aws.capabilities, limits: { ...S3_DIALECTS.aws.capabilities.limits, minPartBytes: 1 } } };

let now = Date.now();
let running: RunningS3Service;
let client: S3CompatibleClient;

beforeEach(async () => {
  now = Date.now();
  running = await startS3Service({ buckets: ['photos'], minPartBytes: 1, now: () => now });
  client = new S3CompatibleClient({ ...running.clientOptions, dialect });
});
afterEach(async () => {
  await client.close();
  await running.close();
});

const partsSent = (): number => running.service.exchanges.filter(({ method, path }) => method === 'PUT' && path.includes('partNumber=')).length;

/** Stops an upload once so many bytes are there. */
async function breakAfter(sizeInBytes: number, options: PutObjectOptions, body = BODY): Promise<void> {
  const controller = new AbortController();
  const upload = client.putObject('photos', 'key', body, {
    ...IN_PARTS,
    ...options,
    abortSignal: controller.signal,
    onProgress: ({ transferredInBytes }) => transferredInBytes >= sizeInBytes && controller.abort(new Error('Enough')),
  });
  await expect(upload).rejects.toThrow('Enough');
  running.service.exchanges.length = 0;
}

async function unfinished(): Promise<MultipartUpload[]> {
  const uploads: MultipartUpload[] = [];
  for await (const upload of client.listMultipartUploads('photos')) uploads.push(upload);
  return uploads;
}

async function storedHash(): Promise<string> {
  return hash(await (await client.getObject('photos', 'key')).bytes());
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe.each<[string, PutObjectOptions]>([
  ['a checksum', { checksumAlgorithm: 'crc32' }],
  ['MD5 ETags alone', {}],
])('an upload by %s that was broken off', (_, options) => {
  it('leaves nothing, unless it is to be resumed', async () => {
    await breakAfter(3 * PART, options);
    expect(running.service.openUploads).toBe(0);
    await breakAfter(3 * PART, { ...options, resume: true });
    expect(running.service.openUploads).toBe(1);
  });

  it('goes on where it stopped', async () => {
    await breakAfter(3 * PART, { ...options, resume: true });
    const progress: number[] = [];
    await client.putObject('photos', 'key', BODY, { ...IN_PARTS, ...options, resume: true, onProgress: ({ transferredInBytes }) => progress.push(transferredInBytes) });
    expect(partsSent()).toBe(3);
    expect(progress.at(-1)).toBe(BODY.length);
    expect(await storedHash()).toBe(hash(BODY));
    expect(running.service.openUploads).toBe(0);
  });

  it('sends again what has changed since', async () => {
    await breakAfter(3 * PART, { ...options, resume: true });
    const changed = BODY.slice();
    changed[PART + 5] = (changed[PART + 5] ?? 0) ^ 1;
    await client.putObject('photos', 'key', changed, { ...IN_PARTS, ...options, resume: true });
    expect(partsSent()).toBe(4);
    expect(await storedHash()).toBe(hash(changed));
  });

  it('sends everything again in parts of another size', async () => {
    await breakAfter(3 * PART, { ...options, resume: true });
    await client.putObject('photos', 'key', BODY, { ...options, partSizeInBytes: 2 * PART, resume: true });
    expect(partsSent()).toBe(3);
    expect(await storedHash()).toBe(hash(BODY));
  });

  it('can be named', async () => {
    await breakAfter(3 * PART, { ...options, resume: true });
    const [upload] = await unfinished();
    now += 60_000;
    await breakAfter(PART, { ...options, resume: false }, BODY);
    await client.putObject('photos', 'key', BODY, { ...IN_PARTS, ...options, resume: upload?.uploadId ?? '' });
    expect(partsSent()).toBe(3);
    expect(await storedHash()).toBe(hash(BODY));
  });
});

it('begins anew when there is nothing to resume', async () => {
  await client.createMultipartUpload('photos', 'key-of-somebody-else');
  await client.putObject('photos', 'key', BODY, { ...IN_PARTS, resume: true });
  expect(await storedHash()).toBe(hash(BODY));
  expect(running.service.openUploads).toBe(1);
});

it('goes on with the newest that was begun for the same checksum', async () => {
  await breakAfter(3 * PART, { resume: true, checksumAlgorithm: 'crc32' });
  now += 60_000;
  await client.createMultipartUpload('photos', 'key', { checksumAlgorithm: 'sha256' });
  await client.putObject('photos', 'key', BODY, { ...IN_PARTS, checksumAlgorithm: 'crc32', resume: true });
  expect(partsSent()).toBe(3);
  expect(running.service.openUploads).toBe(1);
});

it('resumes files', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'cmx-resume-'));
  const path = join(directory, 'body.bin');
  await writeFile(path, BODY);
  await breakAfter(3 * PART, { resume: true });
  await client.uploadFile('photos', 'key', path, { ...IN_PARTS, resume: true });
  expect(partsSent()).toBe(3);
  expect(await storedHash()).toBe(hash(BODY));
  await rm(directory, { recursive: true });
});

it('refuses what is no upload before and what is none any more', async () => {
  await expect(client.putObject('photos', 'key', BODY, { resume: 5 as unknown as string })).rejects.toMatchObject({ code: 'invalid_argument' });
  await expect(client.putObject('photos', 'key', BODY, { resume: '' })).rejects.toMatchObject({ code: 'invalid_argument' });
  expect(running.service.exchanges).toEqual([]);
  await expect(client.putObject('photos', 'key', BODY, { ...IN_PARTS, resume: 'gone' })).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
  const without: S3CompatibleClient = new S3CompatibleClient({ ...running.clientOptions, dialect: { ...dialect, capabilities: { ...dialect.capabilities, resumableUploads: false } } });
  await expect(without.putObject('photos', 'key', BODY, { resume: true })).rejects.toMatchObject({ code: 'unsupported' });
});

/** From here on, documents with that root element have another one. */
function renameRoot(root: string, other: string): void {
  const { service } = running;
  const handle = service.handle.bind(service);
  vi.spyOn(service, 'handle').mockImplementation(async (request, path) => {
    const answer = await handle(request, path);
    if (answer.headers.get('content-type') !== 'application/xml') return answer;
    return new Response((await answer.text()).replaceAll(root, other), { status: answer.status, headers: { 'content-type': 'application/xml' } });
  });
}

describe('documents with another root', () => {
  it('are read under the names that moto gives them', async () => {
    await breakAfter(3 * PART, { resume: true });
    renameRoot('ListPartsResult', 'ListPartsResponse');
    await client.putObject('photos', 'key', BODY, { ...IN_PARTS, resume: true });
    expect(partsSent()).toBe(3);
    expect(await storedHash()).toBe(hash(BODY));
    vi.restoreAllMocks();
    renameRoot('VersioningConfiguration', 'GetBucketVersioningResponse');
    await client.setBucketVersioning('photos', 'enabled');
    expect(await client.getBucketVersioning('photos')).toBe('enabled');
  });

  it.each(['ListPartsOutput', 'ListBucketResult', 'GetBucketVersioningResponse'])('are nothing that was asked for: %s', async (other) => {
    await breakAfter(3 * PART, { resume: true });
    renameRoot('ListPartsResult', other);
    await expect(client.putObject('photos', 'key', BODY, { ...IN_PARTS, resume: true })).rejects.toMatchObject({ code: 'unknown', message: expect.stringContaining(`<${other}>`) as unknown });
  });
});

describe('abortUnfinishedUploads', () => {
  it('aborts what is old, below a prefix, and says what', async () => {
    const old = await client.createMultipartUpload('photos', 'a/old');
    const other = await client.createMultipartUpload('photos', 'b/old');
    now += 25 * 60 * 60 * 1000;
    const recent = await client.createMultipartUpload('photos', 'a/recent');
    const left = async (): Promise<string[]> => (await unfinished()).map(({ uploadId }) => uploadId);
    const aborted = await client.abortUnfinishedUploads('photos', { prefix: 'a/', startedBefore: new Date(now - 1000) });
    expect(aborted.map(({ uploadId }) => uploadId)).toEqual([old.uploadId]);
    expect(await left()).toEqual([recent.uploadId, other.uploadId]);
    await client.abortUnfinishedUploads('photos', { startedBefore: new Date(now + 1000) });
    expect(await left()).toEqual([]);
  });

  it('leaves what is younger than a day unless told otherwise', async () => {
    await client.createMultipartUpload('photos', 'recent');
    expect(await client.abortUnfinishedUploads('photos')).toEqual([]);
    await expect(client.abortUnfinishedUploads('photos', { startedBefore: new Date(Number.NaN) })).rejects.toMatchObject({ code: 'invalid_argument' });
  });
});
