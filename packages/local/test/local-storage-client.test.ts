import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudError, InvalidArgumentError, NotFoundError, PermissionDeniedError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalStorageClient } from '../src/index.ts';

let base: string;
let root: string;
let client: LocalStorageClient;

beforeEach(async () => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'cmx-test-')));
  root = path.join(base, 'root');
  client = new LocalStorageClient({ root });
  await client.createBucket('b');
});

afterEach(async () => {
  await client.close();
  fs.rmSync(base, { recursive: true, force: true });
});

const file = (...names: string[]): string => path.join(root, 'b', ...names);

async function keysOf(bucket = 'b', options = {}): Promise<string[]> {
  const keys: string[] = [];
  for await (const entry of client.listObjects(bucket, options)) keys.push(entry.type === 'object' ? entry.key : entry.prefix);
  return keys;
}

/** Every file below the bucket, the client's own included. */
function allFiles(directory = path.join(root, 'b')): string[] {
  return fs.readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('objects as files', () => {
  it('stores an object as a plain file under its key', async () => {
    await client.putObject('b', 'photos/2026/a.txt', 'hello');
    expect(fs.readFileSync(file('photos', '2026', 'a.txt'), 'utf8')).toBe('hello');
  });

  it('serves files that somebody else put there, under their names', async () => {
    fs.mkdirSync(file('docs'));
    for (const name of ['100%.txt', 'a%2Fb', 'plain']) fs.writeFileSync(file('docs', name), name);
    expect(await keysOf()).toEqual(['docs/100%.txt', 'docs/a%2Fb', 'docs/plain']);
    for (const name of ['100%.txt', 'a%2Fb', 'plain']) expect(await (await client.getObject('b', `docs/${name}`)).text()).toBe(name);
    await client.putObject('b', 'docs/100%.txt', 'replaced');
    expect(await keysOf()).toEqual(['docs/100%.txt', 'docs/a%2Fb', 'docs/plain']);
  });

  it('keeps an object and objects below it, in whichever order they come', async () => {
    await client.putObject('b', 'a', 'file first');
    await client.putObject('b', 'a/b', 'below');
    await client.putObject('b', 'c/d', 'below first');
    await client.putObject('b', 'c', 'file');
    expect(await keysOf()).toEqual(['a', 'a/b', 'c', 'c/d']);
    expect(await (await client.getObject('b', 'a')).text()).toBe('file first');
    expect(await (await client.getObject('b', 'c')).text()).toBe('file');
    await client.deleteObject('b', 'a/b');
    expect(await (await client.getObject('b', 'a')).text()).toBe('file first');
  });

  it('removes directories that a deletion emptied', async () => {
    await client.putObject('b', 'x/y/z', '1');
    await client.deleteObject('b', 'x/y/z');
    expect(fs.existsSync(file('x'))).toBe(false);
    expect(fs.existsSync(file())).toBe(true);
  });

  it('forgets metadata when somebody else replaces the file', async () => {
    await client.putObject('b', 'k', 'ours', { metadata: { owner: 'us' }, contentType: 'text/plain' });
    const before = await client.getObjectMetadata('b', 'k');
    fs.rmSync(file('k'));
    fs.writeFileSync(file('k'), 'theirs');
    const after = await client.getObjectMetadata('b', 'k');
    expect(after.metadata).toEqual({});
    expect(after.etag).not.toBe(before.etag);
  });
});

describe('nothing outside the root', () => {
  it.each(['../outside', '/etc/passwd', 'a/../../outside', '..', './x', '.cmx/meta/x'])('keeps %s below the bucket', async (key) => {
    await client.putObject('b', key, 'inside');
    expect(await (await client.getObject('b', key)).text()).toBe('inside');
    expect(fs.readdirSync(base)).toEqual(['root']);
    expect(fs.readdirSync(root)).toEqual(['b']);
    expect(await keysOf()).toEqual([key]);
  });

  it('refuses to write through a linked directory, and to read and list through it', async () => {
    const outside = path.join(base, 'outside');
    fs.mkdirSync(outside);
    fs.writeFileSync(path.join(outside, 'secret'), 'secret');
    fs.symlinkSync(outside, file('link'));
    await expect(client.putObject('b', 'link/new', 'x')).rejects.toThrow(PermissionDeniedError);
    await expect(client.getObject('b', 'link/secret')).rejects.toThrow(PermissionDeniedError);
    await expect(client.deleteObject('b', 'link/secret')).rejects.toThrow(PermissionDeniedError);
    expect(await keysOf()).toEqual([]);
    expect(fs.readdirSync(outside)).toEqual(['secret']);
  });

  it('takes a linked file for no object, and replaces the link rather than what it points to', async () => {
    const outside = path.join(base, 'outside');
    fs.writeFileSync(outside, 'secret');
    fs.symlinkSync(outside, file('link'));
    await expect(client.getObject('b', 'link')).rejects.toThrow(NotFoundError);
    await client.putObject('b', 'link', 'ours');
    expect(fs.readFileSync(outside, 'utf8')).toBe('secret');
    expect(await (await client.getObject('b', 'link')).text()).toBe('ours');
  });

  it('takes a linked directory for no bucket', async () => {
    fs.mkdirSync(path.join(base, 'elsewhere'));
    fs.symlinkSync(path.join(base, 'elsewhere'), path.join(root, 'linked'));
    expect(await client.bucketExists('linked')).toBe(false);
    await expect(client.putObject('linked', 'k', 'x')).rejects.toMatchObject({ code: 'bucket_not_found' });
  });

  it.each(['..', '.', '.hidden', 'a/b', '', 'a\\b'])('refuses the bucket name %j', async (name) => {
    await expect(client.createBucket(name)).rejects.toThrow(InvalidArgumentError);
  });
});

describe('failures leave nothing behind', () => {
  it('removes the temporary file when the body breaks', async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(2_000_000);
      throw new Error('the source broke');
    }
    await expect(client.putObject('b', 'k', body())).rejects.toThrow(CloudError);
    expect(allFiles()).toEqual([]);
  });

  it('keeps the old state, whole, when a replacement breaks', async () => {
    await client.putObject('b', 'k', 'old', { metadata: { state: 'old' } });
    await expect(client.putObject('b', 'k', 'new', { checksums: { sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }, metadata: { state: 'new' } })).rejects.toMatchObject({ code: 'checksum_mismatch' });
    expect(await (await client.getObject('b', 'k')).text()).toBe('old');
    expect((await client.getObjectMetadata('b', 'k')).metadata).toEqual({ state: 'old' });
    expect(allFiles()).toHaveLength(2);
  });

  it('says that the disk is full, and leaves nothing of what did not fit', async () => {
    await client.putObject('b', 'k', 'old');
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw full;
    });
    await expect(client.putObject('b', 'k', 'new')).rejects.toMatchObject({ code: 'quota_exceeded', provider: 'local', operation: 'putObject', resource: { name: 'b/k' } });
    vi.restoreAllMocks();
    expect(await (await client.getObject('b', 'k')).text()).toBe('old');
    expect(allFiles()).toEqual([file('k')]);
  });

  it('says that a file cannot be read, and names the object', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('capability: the superuser may read every file');
    await client.putObject('b', 'k', 'x');
    fs.chmodSync(file('k'), 0);
    await expect(client.getObject('b', 'k')).rejects.toMatchObject({ code: 'permission_denied', operation: 'getObject', resource: { name: 'b/k' } });
  });

  it('opens with an own error for a root that is no path', () => {
    expect(() => new LocalStorageClient({ root: '' })).toThrow(InvalidArgumentError);
  });
});

describe('two clients of one directory', () => {
  it('let exactly one of many creators win', async () => {
    const other = new LocalStorageClient({ root });
    const attempts = Array.from({ length: 20 }, (_, index) => (index % 2 ? client : other).putObject('b', 'k', String(index), { ifNoneMatch: '*' }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await other.close();
  });

  it('read a whole state while another one replaces it', async () => {
    const states = [new Uint8Array(700_000).fill(1), new Uint8Array(700_000).fill(2)];
    await client.putObject('b', 'k', states[0] as Uint8Array);
    let writing = true;
    const writer = (async () => {
      for (let round = 0; round < 20; round++) await client.putObject('b', 'k', states[round % 2] as Uint8Array);
      writing = false;
    })();
    while (writing) {
      const bytes = await (await client.getObject('b', 'k')).bytes();
      expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    }
    await writer;
  });
});

describe('presigned URLs', () => {
  it('are answered by plain HTTP until the client is closed', async () => {
    await client.putObject('b', 'a key/ä.txt', 'hello', { contentType: 'text/plain' });
    const { url } = await client.generatePresignedUrl('b', 'a key/ä.txt');
    const response = await fetch(url, { headers: { range: 'bytes=1-3' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.text()).toBe('ell');
    await client.close();
    await expect(fetch(url)).rejects.toThrow();
  });
});
