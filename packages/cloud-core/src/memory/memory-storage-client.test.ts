import { getEventListeners } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { checksumOf } from '../body/checksum.ts';
import type { Paged } from '../paging.ts';
import { MemoryStorageClient } from './memory-storage-client.ts';

let client: MemoryStorageClient;
beforeEach(async () => {
  client = new MemoryStorageClient();
  await client.createBucket('photos');
});

async function all<T>(list: Paged<T>, maxPageSize?: number): Promise<T[]> {
  const items: T[] = [];
  for await (const page of list.byPage({ maxPageSize })) {
    if (maxPageSize !== undefined) expect(page.items.length).toBeLessThanOrEqual(maxPageSize);
    items.push(...page.items);
  }
  return items;
}

const names = async (options: object, maxPageSize?: number) => (await all(client.listObjects('photos', options), maxPageSize)).map((entry) => (entry.type === 'object' ? entry.key : entry.prefix));
const text = async (key: string, options: object = {}) => (await client.getObject('photos', key, options)).text();

describe('MemoryStorageClient', () => {
  it('keeps what it was given, apart from the caller’s own memory', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    await client.putObject('photos', 'a', bytes);
    bytes[0] = 9;
    const read = await (await client.getObject('photos', 'a')).bytes();
    read[1] = 9;
    expect([...(await (await client.getObject('photos', 'a')).bytes())]).toEqual([1, 2, 3]);
  });

  it('hands out large objects in pieces', async () => {
    await client.putObject('photos', 'a', new Uint8Array(200_000).fill(1));
    let pieces = 0;
    for await (const piece of await client.getObject('photos', 'a')) {
      pieces += 1;
      expect(piece.length).toBeLessThanOrEqual(65_536);
    }
    expect(pieces).toBe(4);
    const { metadata, range } = await client.getObject('photos', 'a', { range: { suffix: 100_000 } });
    expect([metadata.sizeInBytes, range]).toEqual([200_000, { start: 100_000, end: 199_999, totalSizeInBytes: 200_000 }]);
  });

  it('slices as an array would', async () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => index);
    await client.putObject('photos', 'a', bytes);
    const range = fc.oneof(
      fc.record({ suffix: fc.integer({ min: 1, max: 30 }) }),
      fc.tuple(fc.nat(30), fc.option(fc.nat(30), { nil: undefined })).map(([start, length]) => ({ start, end: length === undefined ? undefined : start + length })),
    );
    await fc.assert(
      fc.asyncProperty(range, async (asked) => {
        const expected = 'suffix' in asked ? bytes.slice(-asked.suffix) : bytes.slice(asked.start, asked.end === undefined ? undefined : asked.end + 1);
        const outcome = await client.getObject('photos', 'a', { range: asked }).then((object) => object.bytes(), (error: unknown) => error);
        if (expected.length > 0) expect(outcome).toEqual(expected);
        else expect(outcome).toMatchObject({ code: 'range_not_satisfiable' });
      }),
    );
  });

  it('lists by bytes in UTF-8, not by UTF-16', async () => {
    const keys = ['\u{1f600}', '\uffee', 'é', 'z', 'Z', '\ue000'];
    for (const key of keys) await client.putObject('photos', key, '');
    expect(await names({})).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  it('folds prefixes once, whatever the page size', async () => {
    for (const key of ['a/1', 'a/2', 'a/b/3', 'a!', 'a0', 'b', 'c/', 'c/x']) await client.putObject('photos', key, '');
    for (const size of [1, 2, 3, undefined]) {
      expect(await names({ delimiter: '/' }, size)).toEqual(['a!', 'a/', 'a0', 'b', 'c/']);
      expect(await names({ prefix: 'a/', delimiter: '/' }, size)).toEqual(['a/1', 'a/2', 'a/b/']);
      expect(await names({ prefix: 'c/', delimiter: '/' }, size)).toEqual(['c/', 'c/x']);
      expect(await names({ startAfter: 'a/2' }, size)).toEqual(['a/b/3', 'a0', 'b', 'c/', 'c/x']);
    }
  });

  it('goes on with a list while keys come and go', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await client.putObject('photos', key, '');
    const seen: string[] = [];
    for await (const { items } of client.listObjects('photos').byPage({ maxPageSize: 2 })) {
      seen.push(...items.map((entry) => (entry.type === 'object' ? entry.key : '')));
      await client.deleteObjects('photos', ['b', 'c']);
      await client.putObject('photos', 'bb', '');
    }
    expect(seen).toEqual(['a', 'b', 'bb', 'd']);
  });

  it('refuses a page token of another list', async () => {
    await expect(all({ byPage: () => client.listObjects('photos').byPage({ pageToken: '!' }) } as Paged<unknown>)).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('deletes version by version while it lists them', async () => {
    await client.setBucketVersioning('photos', 'enabled');
    for (let version = 0; version < 5; version++) await client.putObject('photos', 'a', String(version));
    await client.deleteObject('photos', 'a');
    await client.putObject('photos', 'b', '');
    for await (const { items } of client.listObjectVersions('photos').byPage({ maxPageSize: 2 })) {
      await client.deleteObjects('photos', items.map(({ key, versionId }) => ({ key, versionId })));
    }
    expect(await all(client.listObjectVersions('photos'))).toEqual([]);
    await client.deleteBucket('photos');
  });

  it('keeps one state without an id while versioning is off or suspended', async () => {
    await client.putObject('photos', 'a', 'first');
    await client.setBucketVersioning('photos', 'enabled');
    const { versionId } = await client.putObject('photos', 'a', 'second');
    await client.setBucketVersioning('photos', 'suspended');
    expect((await client.putObject('photos', 'a', 'third')).versionId).toBeUndefined();
    const versions = await all(client.listObjectVersions('photos'));
    expect(versions.map((version) => [version.versionId, version.isLatest])).toEqual([['null', true], [versionId, false]]);
    expect(await text('a', { versionId })).toBe('second');
    expect(await client.deleteObject('photos', 'a')).toMatchObject({ isDeleteMarker: true });
    await expect(text('a')).rejects.toMatchObject({ code: 'not_found' });
    await client.copyObject({ bucket: 'photos', key: 'a', versionId }, { bucket: 'photos', key: 'a' });
    expect(await text('a')).toBe('second');
  });

  it('is full when it is full, and has room again after deletions', async () => {
    client = new MemoryStorageClient({ maxTotalBytes: 10_000 });
    await client.createBucket('photos');
    await client.putObject('photos', 'a', new Uint8Array(6000));
    await expect(client.putObject('photos', 'b', new Uint8Array(4001))).rejects.toMatchObject({ code: 'quota_exceeded', operation: 'putObject', retryable: false });
    await client.putObject('photos', 'a', new Uint8Array(10_000));
    await client.deleteObject('photos', 'a');
    const { uploadId } = await client.createMultipartUpload('photos', 'p');
    const parts = [await client.uploadPart('photos', 'p', uploadId, 1, new Uint8Array(6000))];
    await expect(client.uploadPart('photos', 'p', uploadId, 2, new Uint8Array(6000))).rejects.toMatchObject({ code: 'quota_exceeded' });
    await client.completeMultipartUpload('photos', 'p', uploadId, parts);
    await client.putObject('photos', 'c', new Uint8Array(4000));
    await client.deleteBucket('photos', { force: true });
    await client.createBucket('photos');
    await client.putObject('photos', 'd', new Uint8Array(10_000));
  });

  it('leaves no part behind when a stream does not fit', async () => {
    client = new MemoryStorageClient({ maxTotalBytes: 10_000 });
    await client.createBucket('photos');
    async function* stream() {
      for (let chunk = 0; chunk < 20; chunk++) yield new Uint8Array(1000);
    }
    await expect(client.putObject('photos', 'a', stream(), { partSizeInBytes: 2000 })).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect(await all(client.listMultipartUploads('photos'))).toEqual([]);
    await client.putObject('photos', 'b', new Uint8Array(10_000));
  });

  it('takes its time from the clock it was given', async () => {
    const clock = new FakeClock();
    client = new MemoryStorageClient({ clock, latencyInMs: (operation) => (operation === 'putObject' ? 500 : 0) });
    await client.createBucket('photos');
    const putting = client.putObject('photos', 'a', 'x');
    await clock.advance(499);
    expect(await client.objectExists('photos', 'a')).toBe(false);
    await clock.advance(1);
    await putting;
    expect((await client.getObjectMetadata('photos', 'a')).lastModified.getTime()).toBe(clock.now());
  });

  it('aborts a slow call at once', async () => {
    client = new MemoryStorageClient({ latencyInMs: 60_000 });
    const controller = new AbortController();
    const listing = all(client.listObjects('photos', { abortSignal: controller.signal }));
    controller.abort(new Error('enough'));
    await expect(listing).rejects.toThrow('enough');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('keeps an upload whose completion was refused', async () => {
    const { uploadId } = await client.createMultipartUpload('photos', 'a', { contentType: 'text/x', metadata: { Who: 'me' } });
    const part = await client.uploadPart('photos', 'a', uploadId, 1, Buffer.from('hello'));
    await client.putObject('photos', 'a', 'other');
    await expect(client.completeMultipartUpload('photos', 'a', uploadId, [part], { ifNoneMatch: '*' })).rejects.toMatchObject({ code: 'precondition_failed' });
    await expect(client.completeMultipartUpload('photos', 'a', uploadId, [{ ...part, etag: 'wrong' }])).rejects.toMatchObject({ code: 'invalid_argument', phase: 'response' });
    await expect(client.completeMultipartUpload('photos', 'b', uploadId, [part])).rejects.toMatchObject({ code: 'not_found', resource: { type: 'upload' } });
    await client.completeMultipartUpload('photos', 'a', uploadId, [part]);
    expect(await client.getObjectMetadata('photos', 'a')).toMatchObject({ contentType: 'text/x', metadata: { who: 'me' }, sizeInBytes: 5 });
    await client.abortMultipartUpload('photos', 'a', uploadId);
  });

  it('tells whole digests from those of parts', async () => {
    const body = new Uint8Array(3000).fill(5);
    await client.putObject('photos', 'a', body, { checksumAlgorithm: 'crc32', partSizeInBytes: 1024 });
    expect(await client.getObjectMetadata('photos', 'a')).toMatchObject({ checksums: { crc32: await checksumOf('crc32', body) }, checksumType: 'full_object' });
    await client.putObject('photos', 'b', body, { checksumAlgorithm: 'sha256', partSizeInBytes: 1024 });
    expect(await client.getObjectMetadata('photos', 'b')).toMatchObject({ checksums: { sha256: expect.stringMatching(/-3$/) as string }, checksumType: 'composite' });
    expect((await (await client.getObject('photos', 'b', { verifyChecksum: true })).bytes()).length).toBe(3000);
  });

  it('moves files in and out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cmx-memory-'));
    try {
      writeFileSync(join(folder, 'in'), 'hello');
      await client.uploadFile('photos', 'greeting.html', join(folder, 'in'));
      const metadata = await client.downloadFile('photos', 'greeting.html', join(folder, 'out'));
      expect([readFileSync(join(folder, 'out'), 'utf8'), metadata.contentType]).toEqual(['hello', 'text/html; charset=utf-8']);
      await expect(client.uploadFile('missing-bucket', 'k', join(folder, 'in'))).rejects.toMatchObject({ code: 'bucket_not_found', operation: 'uploadFile' });
      await expect(client.uploadFile('photos', 'k', join(folder, 'none'))).rejects.toMatchObject({ code: 'not_found', provider: 'memory' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('closes a source it could not store', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    await expect(client.putObject('missing-bucket', 'k', stream)).rejects.toMatchObject({ code: 'bucket_not_found', resource: { type: 'bucket', name: 'missing-bucket' } });
    expect(cancelled).toBe(true);
  });

  it('ends a stalled upload at its deadline, and when it is closed', async () => {
    const silent = () => new ReadableStream<Uint8Array>();
    await expect(client.putObject('photos', 'k', silent(), { timeoutInMs: 5 })).rejects.toMatchObject({ code: 'timeout', phase: 'total', operation: 'putObject' });
    const stalled = client.putObject('photos', 'k', silent());
    const settled = expect(stalled).rejects.toMatchObject({ code: 'unavailable', retryable: false });
    await client.close();
    await settled;
    await expect(client.objectExists('photos', 'k')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('has no presigned URLs', async () => {
    await expect(client.generatePresignedUrl('photos', 'k')).rejects.toMatchObject({ code: 'unsupported', operation: 'generatePresignedUrl' });
  });
});
