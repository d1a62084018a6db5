import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksumOf, type Checksums } from '../body/checksum.ts';
import { PreconditionFailedError } from '../errors/errors.ts';
import type { ByteRange, ObjectMetadata, StoredObject } from '../storage/models.ts';
import { DownloadedObject } from '../transfer/downloaded-object.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { contentTypeOf } from './content-types.ts';
import { downloadToFile, type OpenObject } from './download-to-file.ts';
import { openFile } from './file-source.ts';
import { uploadFromFile } from './upload-from-file.ts';

const where = { provider: 'memory', operation: 'downloadFile' };
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cmx-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The files this process has open, where the system tells. */
function openFiles(): string[] {
  const folderOfLinks = '/proc/self/fd';
  if (!existsSync(folderOfLinks)) return [];
  return readdirSync(folderOfLinks).map((name) => {
    try {
      return readlinkSync(join(folderOfLinks, name));
    } catch {
      return '';
    }
  });
}

const content = Buffer.from(Array.from({ length: 95 }, (_, index) => index));

/** A service with one object. */
function service(checksums?: Checksums, etag = 'v1') {
  const metadata: ObjectMetadata = { key: 'k', sizeInBytes: content.length, etag, lastModified: new Date(0), metadata: {}, checksums };
  const ranges: ByteRange[] = [];
  let atOnce = 0;
  const state = { ranges, mostAtOnce: 0, fail: undefined as ((range: ByteRange) => void) | undefined };
  const open: OpenObject = async ({ range, verifyChecksum }): Promise<StoredObject> => {
    if (!range || 'suffix' in range) return new DownloadedObject({ where, metadata, verifyChecksum, body: { chunks: (async function* () { for (let at = 0; at < content.length; at += 7) yield content.subarray(at, at + 7); })() } });
    ranges.push(range);
    state.mostAtOnce = Math.max(state.mostAtOnce, ++atOnce);
    await new Promise((resolve) => setTimeout(resolve, ranges.length % 2));
    atOnce--;
    state.fail?.(range);
    const end = range.end ?? content.length - 1;
    return new DownloadedObject({ where, metadata, range: { start: range.start, end, totalSizeInBytes: content.length }, body: content.subarray(range.start, end + 1) });
  };
  return { open, state };
}

/** Lets a download that is to be resumed stop once so many bytes are there. */
async function breakAt(sizeInBytes: number, path: string, open: OpenObject, state: ReturnType<typeof service>['state']): Promise<void> {
  state.fail = (range: ByteRange & { start?: number }) => {
    if (range.start === sizeInBytes) throw new Error('broken off');
  };
  await expect(downloadToFile(path, open, { where, partSizeInBytes: 10, concurrency: 1, resume: true })).rejects.toThrow('broken off');
  state.fail = undefined;
  state.ranges.length = 0;
}

describe('downloadToFile', () => {
  it('writes a small object from one answer', async () => {
    const { open, state } = service();
    const path = join(folder, 'a');
    const metadata = await downloadToFile(path, open, { where });
    expect(metadata.etag).toBe('v1');
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(state.ranges).toEqual([]);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('brings a large one in ranges, several at once, in order', async () => {
    const { open, state } = service({ crc32: await checksumOf('crc32', content) });
    const seen: number[] = [];
    const path = join(folder, 'a');
    await downloadToFile(path, open, { where, partSizeInBytes: 10, concurrency: 3, onProgress: ({ transferredInBytes }) => seen.push(transferredInBytes) });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(state.ranges).toHaveLength(9);
    expect(state.ranges[0]).toEqual({ start: 10, end: 19 });
    expect(state.mostAtOnce).toBe(3);
    expect(seen.at(-1)).toBe(95);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('leaves nothing when the bytes are wrong', async () => {
    const { open } = service({ crc32: 'AAAAAA==' });
    for (const partSizeInBytes of [10, 1000]) {
      await expect(downloadToFile(join(folder, 'a'), open, { where, partSizeInBytes })).rejects.toMatchObject({ code: 'checksum_mismatch' });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the older file when the object changes midway', async () => {
    const { open, state } = service();
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    state.fail = ({ start }: ByteRange & { start?: number }) => {
      if (start === 50) throw new PreconditionFailedError('412');
    };
    await expect(downloadToFile(path, open, { where, partSizeInBytes: 10 })).rejects.toMatchObject({ code: 'changed_during_read' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('rethrows the reason of an abort and leaves nothing', async () => {
    const { open, state } = service();
    const controller = new AbortController();
    const reason = new Error('enough');
    state.fail = () => controller.abort(reason);
    await expect(downloadToFile(join(folder, 'a'), open, { where, partSizeInBytes: 10, abortSignal: controller.signal })).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses before fetching: an existing file, a directory, a missing directory', async () => {
    const { open } = service();
    const never: OpenObject = () => Promise.reject(new Error('must not be asked'));
    writeFileSync(join(folder, 'a'), 'old');
    mkdirSync(join(folder, 'd'));
    await expect(downloadToFile(join(folder, 'a'), never, { where, overwrite: false })).rejects.toMatchObject({ code: 'already_exists', resource: { type: 'file', name: join(folder, 'a') } });
    await expect(downloadToFile(join(folder, 'd'), never, { where })).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(downloadToFile(join(folder, 'x', 'a'), never, { where })).rejects.toMatchObject({ code: 'not_found', provider: 'memory', operation: 'downloadFile' });
    await expect(downloadToFile('/dev/null', never, { where })).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(downloadToFile('', never, { where })).rejects.toMatchObject({ code: 'invalid_argument' });
    await downloadToFile(join(folder, 'b'), open, { where, overwrite: false });
    expect(statSync(join(folder, 'b')).size).toBe(95);
  });

  it('goes on where an earlier call stopped, and checks the whole', async () => {
    const { open, state } = service({ crc32: await checksumOf('crc32', content) });
    const path = join(folder, 'a');
    await breakAt(50, path, open, state);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.a\.[0-9a-f]+\.[0-9a-f]+\.resume$/)]);
    await downloadToFile(path, open, { where, partSizeInBytes: 10, concurrency: 1, resume: true });
    expect(state.ranges[0]).toEqual({ start: 50, end: 59 });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('gives a file its name that only lacked that, and begins anew when there is nothing to resume', async () => {
    const { open, state } = service();
    const path = join(folder, 'a');
    await breakAt(50, path, open, state);
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ''), content);
    await downloadToFile(path, open, { where, partSizeInBytes: 10, resume: true });
    expect(state.ranges).toEqual([]);
    await downloadToFile(join(folder, 'b'), open, { where, partSizeInBytes: 1000, resume: true });
    for (const name of ['a', 'b']) expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['a', 'b']);
  });

  it('throws away what was damaged, what is of another state, and what is too long', async () => {
    const path = join(folder, 'a');
    const { open, state } = service({ crc32: await checksumOf('crc32', content) });
    await breakAt(50, path, open, state);
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'x'.repeat(50));
    await expect(downloadToFile(path, open, { where, partSizeInBytes: 10, resume: true })).rejects.toMatchObject({ code: 'checksum_mismatch' });
    expect(readdirSync(folder)).toEqual([]);
    const old = service(undefined, 'v0');
    await breakAt(50, path, old.open, old.state);
    const [left] = readdirSync(folder);
    await breakAt(50, path, open, state);
    expect(readdirSync(folder)).toEqual([expect.not.stringContaining(left ?? '')]);
    writeFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'x'.repeat(96));
    await downloadToFile(path, open, { where, partSizeInBytes: 10, resume: true });
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('keeps nothing of an object that was replaced, and nothing that is empty', async () => {
    const { open, state } = service();
    state.fail = () => {
      throw new PreconditionFailedError('412');
    };
    await expect(downloadToFile(join(folder, 'a'), open, { where, partSizeInBytes: 10, resume: true })).rejects.toMatchObject({ code: 'changed_during_read' });
    const controller = new AbortController();
    const aborted: OpenObject = async (options) => {
      controller.abort(new Error('enough'));
      return open(options);
    };
    await expect(downloadToFile(join(folder, 'a'), aborted, { where, resume: true, abortSignal: controller.signal })).rejects.toThrow('enough');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('follows no link that somebody laid in place of what was kept', async () => {
    const { open, state } = service();
    const path = join(folder, 'a');
    await breakAt(50, path, open, state);
    const kept = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(join(folder, 'victim'), 'precious');
    for (const lay of [symlinkSync, linkSync]) {
      rmSync(kept);
      lay(join(folder, 'victim'), kept);
      await expect(downloadToFile(path, open, { where, partSizeInBytes: 10, resume: true })).rejects.toMatchObject({ code: expect.any(String) as string });
    }
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
    expect(existsSync(path)).toBe(false);
  });

  it('does not replace a file that appeared meanwhile', async () => {
    const path = join(folder, 'a');
    const writing = writeFileAtomically(path, false, where, async (file) => {
      writeFileSync(path, 'other');
      await file.write('mine');
    });
    await expect(writing).rejects.toMatchObject({ code: 'already_exists' });
    expect(readFileSync(path, 'utf8')).toBe('other');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('says that a disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    await expect(writeFileAtomically(join(folder, 'a'), true, where, () => Promise.reject(full))).rejects.toMatchObject({ code: 'quota_exceeded', vendorCode: 'ENOSPC', retryable: false });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('openFile', () => {
  it('reads a file into any buffers', async () => {
    writeFileSync(join(folder, 'a'), content);
    const source = await openFile(join(folder, 'a'), where);
    expect(source.sizeInBytes).toBe(95);
    const buffer = new Uint8Array(60);
    expect(await source.fill(buffer)).toBe(60);
    expect(await source.atEnd()).toBe(false);
    expect(await source.fill(buffer)).toBe(35);
    expect(Buffer.from(buffer.subarray(0, 35)).equals(content.subarray(60))).toBe(true);
    expect(await source.atEnd()).toBe(true);
    await source.close();
    await source.close();
  });

  it('tells what cannot be read', async () => {
    await expect(openFile(join(folder, 'none'), where)).rejects.toMatchObject({ code: 'not_found', resource: { type: 'file' }, operation: 'downloadFile' });
    await expect(openFile(folder, where)).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringContaining('a directory') as string });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(openFile(join(folder, 'pipe'), where)).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(openFile('a\0b', where)).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  // Permissions do not bind the superuser.
  it.skipIf(process.getuid?.() === 0)('tells what may not be read', async () => {
    writeFileSync(join(folder, 'secret'), 'x');
    chmodSync(join(folder, 'secret'), 0);
    await expect(openFile(join(folder, 'secret'), where)).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it.each([
    ['shorter', (path: string) => writeFileSync(path, 'x')],
    ['longer', (path: string) => writeFileSync(path, 'y', { flag: 'a' })],
  ])('notices a file that becomes %s', async (_, change) => {
    const path = join(folder, 'a');
    writeFileSync(path, content);
    const source = await openFile(path, where);
    await source.fill(new Uint8Array(10));
    change(path);
    await expect(source.fill(new Uint8Array(100))).rejects.toMatchObject({ code: 'conflict' });
    await source.close();
  });

  it('is closed by an upload, whatever becomes of it', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, content);
    const limits = { maxObjectBytes: 1e3, maxSinglePutBytes: 1e3, minPartBytes: 1, maxPartBytes: 1e3, maxParts: 10 };
    let stored: Uint8Array | undefined;
    const target = { limits, put: async (body: Uint8Array) => ({ etag: 'e', sizeInBytes: (stored = body.slice()).length }) };
    await uploadFromFile(path, target, { where });
    expect(content.equals(stored as Uint8Array)).toBe(true);
    await expect(uploadFromFile(path, target, { where, abortSignal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(openFiles()).not.toContain(path);
  });
});

describe('contentTypeOf', () => {
  it.each([['a/b.JPG', 'image/jpeg'], ['x.tar.gz', 'application/gzip'], ['noending', 'application/octet-stream'], ['.bashrc', 'application/octet-stream'], ['a.constructor', 'application/octet-stream'], ['a.html/b', 'application/octet-stream']])('%s is %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
