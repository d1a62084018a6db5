import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudError, type StorageCapabilities, type StorageClient } from '@cmx/cloud-core';
import { MemoryStorageClient } from '@cmx/cloud-core/memory';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bucketOf, copyObjects, filesIn, type CopyObjectsOptions, type CopyProgress, type CopyResult, type TransferEnd } from '../src/index.ts';

let scratch: string;
let first: MemoryStorageClient;
let second: MemoryStorageClient;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cmx-transfer-'));
  first = new MemoryStorageClient();
  second = new MemoryStorageClient();
  for (const client of [first, second]) await client.createBucket('bucket');
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

async function put(client: StorageClient, contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, content] of Object.entries(contents)) await client.putObject('bucket', key, content);
}

async function write(contents: Readonly<Record<string, string>>, directory = 'source'): Promise<string> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(scratch, directory, name)), { recursive: true });
    await writeFile(join(scratch, directory, name), content);
  }
  return join(scratch, directory);
}

async function contentsOf(client: StorageClient, bucket = 'bucket'): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const entry of client.listObjects(bucket)) if (entry.type === 'object') found[entry.key] = await (await client.getObject(bucket, entry.key)).text();
  return found;
}

async function filesOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name.slice(directory.length + 1), await readFile(name, 'utf8')] as const)));
}

async function copyAll(source: TransferEnd, target: TransferEnd, options?: CopyObjectsOptions): Promise<CopyResult[]> {
  const results: CopyResult[] = [];
  for await (const result of copyObjects(source, target, options)) results.push(result);
  return results.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const from = (prefix = ''): TransferEnd => bucketOf(first, 'bucket', { prefix });
const to = (prefix = ''): TransferEnd => bucketOf(second, 'bucket', { prefix });

describe('a copy that is to be resumed', () => {
  /** The client with other capabilities. */
  const that = (client: StorageClient, capabilities: Partial<StorageCapabilities>): StorageClient => Object.assign(client, { capabilities: { ...client.capabilities, ...capabilities } });

  it('is refused before anything is asked, where it cannot be', async () => {
    const asked = [vi.spyOn(first, 'listObjects'), vi.spyOn(second, 'bucketExists')];
    const pairs: [TransferEnd, TransferEnd][] = [
      [from(), to()],
      [filesIn(scratch), to()],
      [from(), from('x/')],
      [bucketOf(that(new MemoryStorageClient(), { ranges: false }), 'bucket'), filesIn(join(scratch, 'target'))],
      [filesIn(join(scratch, 'a')), filesIn(join(scratch, 'b'))],
    ];
    for (const [source, target] of pairs) expect(() => copyObjects(source, target, { resume: true, dryRun: true, items: [] })).toThrow(expect.objectContaining({ code: 'unsupported', operation: 'copyObjects' }) as Error);
    for (const spy of asked) expect(spy).not.toHaveBeenCalled();
  });

  it('tells the clients', async () => {
    const put = vi.fn(async () => ({ etag: 'e', sizeInBytes: 1 }));
    const target = Object.assign(that(second, { resumableUploads: true }), { putObject: put });
    for (const key of ['a', 'large']) await first.putObject('bucket', key, key);
    const download = vi.spyOn(first, 'downloadFile');
    const ends: [TransferEnd, TransferEnd][] = [[filesIn(await write({ a: 'a' })), bucketOf(target, 'bucket')], [from(), bucketOf(target, 'bucket')]];
    for (const resume of [true, false]) {
      for (const [source, end] of ends) expect(await copyAll(source, end, { resume, filter: (key) => key === 'a' })).toMatchObject([{ outcome: 'copied' }]);
      await copyAll(from(), filesIn(join(scratch, 'target')), { resume, concurrency: 1, partSizeInBytes: 2 });
    }
    const told = (calls: unknown[][]) => calls.map((call) => (call[3] as { resume?: boolean }).resume);
    expect(told(put.mock.calls)).toEqual([true, true, undefined, undefined]);
    // Only what is larger than a part: here `large`, and not `a`.
    expect(told(download.mock.calls)).toEqual([undefined, true, undefined, undefined]);
  });
});

describe('between two buckets', () => {
  it('streams from one client to another, with headers, metadata and checksums', async () => {
    await first.putObject('bucket', 'a.html', '<p>', { contentType: 'text/html', cacheControl: 'no-store', metadata: { author: 'me' }, checksumAlgorithm: 'crc32' });
    expect(await copyAll(from(), to('x/'))).toEqual([
      { key: 'a.html', source: 'bucket/a.html', target: 'bucket/x/a.html', outcome: 'copied', sizeInBytes: 3, how: 'streamed', verified: 'checksum' },
    ]);
    const copy = await second.getObjectMetadata('bucket', 'x/a.html');
    expect(copy).toMatchObject({ contentType: 'text/html', cacheControl: 'no-store', metadata: { author: 'me' } });
    expect(copy.checksums?.crc32).toBe((await first.getObjectMetadata('bucket', 'a.html')).checksums?.crc32);
  });

  it('copies inside the service when both ends are one client, without reading the bytes', async () => {
    await put(first, { 'in/a': 'a', 'in/b': 'b' });
    await first.createBucket('other');
    const getObject = vi.spyOn(first, 'getObject');
    const results = await copyAll(from('in/'), bucketOf(first, 'other', { prefix: 'out/' }));
    expect(results.map(({ how, verified }) => [how, verified])).toEqual([['server-side', 'service'], ['server-side', 'service']]);
    expect(getObject).not.toHaveBeenCalled();
    expect(await contentsOf(first, 'other')).toEqual({ 'out/a': 'a', 'out/b': 'b' });
  });

  it('gives new headers without losing the old metadata', async () => {
    await first.putObject('bucket', 'a', 'a', { contentType: 'text/plain', metadata: { kept: 'yes' } });
    await first.createBucket('other');
    await copyAll(from(), bucketOf(first, 'other'), { headers: { contentType: 'text/html' } });
    expect(await first.getObjectMetadata('other', 'a')).toMatchObject({ contentType: 'text/html', metadata: { kept: 'yes' } });
  });

  it('streams large objects in parts within the memory it may have', async () => {
    const large = new Uint8Array(30_000_000).map((_, index) => index % 251);
    await first.putObject('bucket', 'large', large);
    const [result] = await copyAll(from(), to(), { partSizeInBytes: 5 * 1024 * 1024, memoryInBytes: 11 * 1024 * 1024 });
    expect(result).toMatchObject({ outcome: 'copied', sizeInBytes: large.length, verified: 'checksum' });
    expect(Buffer.compare(await (await second.getObject('bucket', 'large')).bytes(), large)).toBe(0);
  });

  it('lets one object fail and copies the others', async () => {
    await put(first, { a: 'a', b: 'b', c: 'c' });
    const broken = new CloudError('unavailable', 'The service is away');
    vi.spyOn(second, 'putObject').mockImplementation(async (bucket, key, body, options) => {
      if (key === 'b') throw broken;
      return MemoryStorageClient.prototype.putObject.call(second, bucket, key, body, options);
    });
    const run = copyObjects(from(), to());
    const { failures, copied, failed } = await run.finish();
    expect({ copied, failed }).toEqual({ copied: 2, failed: 1 });
    expect(failures[0]).toMatchObject({ key: 'b', outcome: 'failed', error: { code: 'unavailable' } });
    expect(run.totals).toMatchObject({ copied: 2, failed: 1, sizeInBytes: 2 });
  });

  it('stops at the first failure when it is to fail fast', async () => {
    await put(first, Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${String(index).padStart(3, '0')}`, 'x'])));
    vi.spyOn(second, 'putObject').mockRejectedValue(new CloudError('unavailable', 'away'));
    const results: CopyResult[] = [];
    const run = copyObjects(from(), to(), { failFast: true, concurrency: 2 });
    await expect((async () => {
      for await (const result of run) results.push(result);
    })()).rejects.toSatisfy((error) => CloudError.is(error, 'unavailable'));
    expect(results).toHaveLength(1);
  });

  it('finds a copy that came out shorter', async () => {
    await put(first, { a: 'abc' });
    vi.spyOn(second, 'putObject').mockResolvedValue({ etag: 'x', sizeInBytes: 2 });
    expect((await copyAll(from(), to()))[0]?.error).toMatchObject({ code: 'checksum_mismatch', resource: { name: 'bucket/a' } });
  });

  it('names what the target cannot keep', async () => {
    await first.putObject('bucket', 'a', 'a', { contentEncoding: 'gzip', metadata: { lost: 'yes' } });
    Object.defineProperty(second, 'capabilities', { value: { ...second.capabilities, metadata: false, contentHeaders: false } });
    expect((await copyAll(from(), to()))[0]).toMatchObject({ outcome: 'copied', notCarried: ['contentEncoding', 'metadata'] });
  });
});

describe('from a directory', () => {
  it('stores every file, with types by their endings', async () => {
    const source = await write({ 'a.html': 'a', 'sub/deep/b': 'bb', empty: '' });
    const results = await copyAll(filesIn(source), to('x/'));
    expect(results.map(({ outcome, verified }) => [outcome, verified])).toEqual(Array(3).fill(['copied', 'checksum']));
    expect(await contentsOf(second)).toEqual({ 'x/a.html': 'a', 'x/empty': '', 'x/sub/deep/b': 'bb' });
    expect((await second.getObjectMetadata('bucket', 'x/a.html')).contentType).toMatch(/^text\/html/);
  });

  it('reads large files in chunks', async () => {
    const content = 'x'.repeat(3_000_000);
    await copyAll(filesIn(await write({ large: content })), to(), { partSizeInBytes: 1024 * 1024 });
    expect((await contentsOf(second))['large']).toBe(content);
  });

  it('leaves out symbolic links', async () => {
    const source = await write({ a: 'a' });
    await symlink('/etc/hosts', join(source, 'link'));
    expect(await copyAll(filesIn(source), to())).toMatchObject([{ outcome: 'copied' }, { key: 'link', outcome: 'skipped', reason: 'symbolic link' }]);
  });

  it('stores nothing of a file that changes while it is copied', async () => {
    const source = await write({ a: 'x'.repeat(3_000_000), b: 'b' });
    vi.spyOn(second, 'putObject').mockImplementation(async (bucket, key, body, options) => {
      if (key === 'a') await utimes(join(source, 'a'), 1, 1);
      return MemoryStorageClient.prototype.putObject.call(second, bucket, key, body, options);
    });
    const [changed, other] = await copyAll(filesIn(source), to(), { partSizeInBytes: 1024 * 1024 });
    expect(changed?.error).toMatchObject({ code: 'changed_during_read', resource: { type: 'file' } });
    expect(other?.outcome).toBe('copied');
    expect(await contentsOf(second)).toEqual({ b: 'b' });
  });

  it('reports a file that is gone when its turn comes', async () => {
    const source = await write({ a: 'a', b: 'b' });
    const items = [{ key: 'a', sizeInBytes: 1 }, { key: 'gone', sizeInBytes: 1 }];
    const results = await copyAll(filesIn(source), to(), { items });
    expect(results[1]?.error).toMatchObject({ code: 'changed_during_read' });
    expect(await contentsOf(second)).toEqual({ a: 'a' });
  });

  it('fails as a whole when there is no such directory, or no such bucket', async () => {
    await expect(copyAll(filesIn(join(scratch, 'nope')), to())).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
    const missing = copyAll(filesIn(await write({ a: 'a' })), bucketOf(second, 'nope'));
    await expect(missing).rejects.toSatisfy((error) => CloudError.is(error, 'bucket_not_found'));
  });
});

describe('into a directory', () => {
  it('writes every object, and folder markers as folders', async () => {
    await put(first, { a: 'a', 'sub/b': 'b', 'folder/': '' });
    const target = join(scratch, 'target');
    const results = await copyAll(from(), filesIn(target));
    expect(results.every(({ outcome }) => outcome === 'copied')).toBe(true);
    expect(await filesOf(target)).toEqual({ a: 'a', 'sub/b': 'b' });
    expect(await readdir(target)).toContain('folder');
  });

  it('refuses keys that are no paths below it, one by one, also when only planning', async () => {
    await put(first, { ok: 'ok', '../evil': 'x', '/etc/evil': 'x', 'a/../../evil': 'x', 'C:/evil': 'x', 'back\\slash': 'x', 'dir/CON': 'x', 'folder/': 'has content' });
    const target = join(scratch, 'target');
    for (const dryRun of [true, false]) {
      const results = await copyAll(from(), filesIn(target), { dryRun });
      const refused = results.filter(({ outcome }) => outcome === 'failed');
      expect(refused.every(({ error }) => error?.code === 'invalid_argument')).toBe(true);
      expect(refused).toHaveLength(dryRun ? 6 : 7);
    }
    expect(await filesOf(scratch)).toEqual({ 'target/ok': 'ok' });
    await copyAll(from(), filesIn(target, { nativeNames: true }));
    expect(await filesOf(target)).toEqual({ ok: 'ok', 'dir/CON': 'x' });
  });

  it('leaves no temporary file when a download fails', async () => {
    await put(first, { a: 'a' });
    vi.spyOn(first, 'getObject').mockRejectedValue(new CloudError('unavailable', 'away'));
    const target = join(scratch, 'target');
    const [result] = await copyAll(from(), filesIn(target));
    expect(result?.outcome).toBe('failed');
    expect(await filesOf(target)).toEqual({});
  });

  it('copies from another directory', async () => {
    const source = await write({ a: 'a', 'sub/b': 'b' });
    const target = join(scratch, 'target');
    expect(await copyAll(filesIn(source), filesIn(target))).toMatchObject([{ outcome: 'copied' }, { outcome: 'copied' }]);
    expect(await filesOf(target)).toEqual({ a: 'a', 'sub/b': 'b' });
    expect(await copyAll(filesIn(source), filesIn(target), { ifExists: 'fail' })).toMatchObject([{ error: { code: 'already_exists' } }, { error: { code: 'already_exists' } }]);
    expect(Object.keys(await filesOf(target))).toEqual(['a', 'sub/b']);
  });
});

describe('options', () => {
  it('skips or refuses what is there', async () => {
    await put(first, { a: 'new', b: 'b' });
    await put(second, { a: 'old' });
    expect(await copyAll(from(), to(), { ifExists: 'skip' })).toMatchObject([{ outcome: 'skipped', reason: 'exists' }, { outcome: 'copied' }]);
    expect(await copyAll(from(), to(), { ifExists: 'fail' })).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }]);
    expect(await copyAll(from(), to(), { ifExists: 'fail', dryRun: true })).toMatchObject([{ error: { code: 'already_exists' } }, { error: { code: 'already_exists' } }]);
    expect(await contentsOf(second)).toEqual({ a: 'old', b: 'b' });
  });

  it('keeps its word where the target cannot create conditionally', async () => {
    await put(first, { a: 'new' });
    await put(second, { a: 'old' });
    Object.defineProperty(second, 'capabilities', { value: { ...second.capabilities, createOnlyPut: false } });
    expect(await copyAll(from(), to(), { ifExists: 'fail' })).toMatchObject([{ error: { code: 'already_exists' } }]);
    expect(await contentsOf(second)).toEqual({ a: 'old' });
  });

  it('copies only what the filter takes, under new names', async () => {
    await put(first, { 'a.txt': 'a', 'b.log': 'b' });
    await copyAll(from(), to(), { filter: (key) => key.endsWith('.txt'), rename: (key) => `renamed-${key}` });
    expect(await contentsOf(second)).toEqual({ 'renamed-a.txt': 'a' });
  });

  it('plans without writing', async () => {
    await put(first, { a: 'a' });
    expect(await copyAll(from(), to(), { dryRun: true })).toMatchObject([{ outcome: 'planned', sizeInBytes: 1 }]);
    expect(await contentsOf(second)).toEqual({});
  });

  it('moves: deletes the source after the copy is verified', async () => {
    await put(first, { a: 'a' });
    expect(await copyAll(from(), to(), { deleteSource: true })).toMatchObject([{ outcome: 'copied' }]);
    expect([await contentsOf(first), await contentsOf(second)]).toEqual([{}, { a: 'a' }]);
    const source = await write({ f: 'f' });
    await copyAll(filesIn(source), to(), { deleteSource: true });
    expect(await readdir(source)).toEqual([]);
  });

  it('keeps a source that changed, or whose copy is not what it should be', async () => {
    await put(first, { a: 'a', b: 'b' });
    vi.spyOn(second, 'putObject').mockImplementation(async (bucket, key, body, options) => {
      const result = await MemoryStorageClient.prototype.putObject.call(second, bucket, key, body, options);
      if (key === 'a') await first.putObject('bucket', 'a', 'changed meanwhile');
      if (key === 'b') await second.deleteObject('bucket', 'b');
      return result;
    });
    const results = await copyAll(from(), to(), { deleteSource: true });
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    expect(await contentsOf(first)).toEqual({ a: 'changed meanwhile', b: 'b' });
  });

  it('tells of progress, the last time when all is done', async () => {
    await put(first, { a: 'aaa', b: 'bb' });
    const seen: CopyProgress[] = [];
    await copyAll(from(), to(), { onProgress: (progress) => seen.push(progress), progressIntervalInMs: 0 });
    expect(seen.at(-1)).toMatchObject({ objectsDone: 2, objectsFound: 2, bytesDone: 5, bytesFound: 5, listed: true, objectsFailed: 0 });
    expect(seen.every(({ bytesDone }, index) => index === 0 || bytesDone >= (seen[index - 1]?.bytesDone ?? 0))).toBe(true);
  });

  it('refuses to copy into the source, and what it does not know', async () => {
    const isRefused = (error: unknown): boolean => CloudError.is(error, 'invalid_argument');
    expect(() => copyObjects(from('a/'), bucketOf(first, 'bucket', { prefix: 'a/b/' }))).toThrow(expect.toSatisfy(isRefused));
    expect(() => copyObjects(filesIn('x'), filesIn('x/y'))).toThrow(expect.toSatisfy(isRefused));
    expect(() => copyObjects(from(), to(), { concurency: 1 } as CopyObjectsOptions)).toThrow(/concurency/);
    expect(() => copyObjects(from(), to(), { concurrency: 0 })).toThrow(expect.toSatisfy(isRefused));
    expect(() => copyObjects(from(), to(), { ifExists: 'maybe' as 'skip' })).toThrow(expect.toSatisfy(isRefused));
    expect(() => bucketOf(first, '')).toThrow(expect.toSatisfy(isRefused));
    expect(() => filesIn('a\0b')).toThrow(expect.toSatisfy(isRefused));
    expect(() => copyObjects(filesIn('x'), filesIn('xy'))).not.toThrow();
  });
});

describe('stopping', () => {
  it('throws the reason of an abort, and starts nothing more', async () => {
    await put(first, Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${String(index)}`, 'x'])));
    const controller = new AbortController();
    const reason = new Error('enough');
    const putObject = vi.spyOn(second, 'putObject');
    const copying = (async () => {
      for await (const _ of copyObjects(from(), to(), { abortSignal: controller.signal, concurrency: 2 })) controller.abort(reason);
    })();
    await expect(copying).rejects.toBe(reason);
    const calls = putObject.mock.calls.length;
    expect(calls).toBeLessThan(500);
    await new Promise(setImmediate);
    expect(putObject.mock.calls.length).toBe(calls);
  });

  it('does nothing when aborted before it begins', async () => {
    await put(first, { a: 'a' });
    const reason = new Error('enough');
    await expect(copyAll(from(), to(), { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await contentsOf(second)).toEqual({});
  });

  it('stops when the loop is left', async () => {
    await put(first, Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${String(index)}`, 'x'])));
    for await (const _ of copyObjects(from(), to(), { concurrency: 2 })) break;
    const copied = Object.keys(await contentsOf(second)).length;
    await new Promise(setImmediate);
    expect(Object.keys(await contentsOf(second))).toHaveLength(copied);
    expect(copied).toBeLessThan(2000);
  });
});
