import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { CloudError } from '@cmx/cloud-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SafeDirectory, whyUnsafe } from './safe-path.ts';

const everywhere = { windows: false, nativeNames: false };

describe('whyUnsafe', () => {
  it.each([
    '', '..', '../x', 'a/../../x', 'a/..', './x', 'a/./x', '/etc/passwd', '//host/share', 'a//b', 'C:/x', 'c:x', 'a\\..\\x', '\\\\host\\share', 'a\0b', '\ud800',
    'CON', 'con.txt', 'a/NUL', 'aux.c', 'COM1', 'lpt9.log', 'name.', 'name ', 'dir./x',
  ])('refuses %j', (key) => {
    expect(whyUnsafe(key, everywhere)).toBeTypeOf('string');
  });

  it.each(['a', 'a/b', 'a..b', '...a', '.hidden', 'x/.git/config', '2024-01-01T10:00:00.log', 'folder/', 'ü/ñ', 'console', 'com10', 'a b'])('takes %j', (key) => {
    expect(whyUnsafe(key, everywhere)).toBeUndefined();
  });

  it('takes device names where they are plain names and the caller says so, and nowhere on Windows', () => {
    expect(whyUnsafe('src/aux.c', { windows: false, nativeNames: true })).toBeUndefined();
    expect(whyUnsafe('src/aux.c', { windows: true, nativeNames: true })).toBeTypeOf('string');
    expect(whyUnsafe('a:b', { windows: true, nativeNames: true })).toBeTypeOf('string');
  });

  it('leaves no key that leads out of the directory', () => {
    const segment = fc.constantFrom('..', '.', '', 'a', '...', ' ', '\\', 'C:', '~', '%2e%2e', '‥', '．．', 'b/..');
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.array(segment, { maxLength: 6 }).map((segments) => segments.join('/')));
    const root = resolve('root');
    fc.assert(
      fc.property(key, (candidate) => {
        if (whyUnsafe(candidate, everywhere) !== undefined) return;
        expect((resolve(join(root, candidate)) + sep).startsWith(root + sep)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('SafeDirectory', () => {
  let scratch: string;
  beforeEach(async () => (scratch = await mkdtemp(join(tmpdir(), 'cmx-test-'))));
  afterEach(() => rm(scratch, { recursive: true }));

  it('makes the directories a file needs', async () => {
    const directory = new SafeDirectory(join(scratch, 'root'), false);
    await directory.makeParent(directory.pathOf('a/b/c.txt'));
    expect(await readdir(join(scratch, 'root/a'))).toEqual(['b']);
  });

  it('refuses to go through a symbolic link that leads out, and makes nothing behind it', async () => {
    await mkdir(join(scratch, 'outside'));
    await mkdir(join(scratch, 'root'));
    await symlink(join(scratch, 'outside'), join(scratch, 'root/link'));
    const directory = new SafeDirectory(join(scratch, 'root'), false);
    const refused = directory.makeParent(directory.pathOf('link/new/x.txt'));
    await expect(refused).rejects.toSatisfy((error) => CloudError.is(error, 'permission_denied'));
    expect(await readdir(join(scratch, 'outside'))).toEqual([]);
  });

  it('follows a link that stays inside', async () => {
    await mkdir(join(scratch, 'root/real'), { recursive: true });
    await symlink(join(scratch, 'root/real'), join(scratch, 'root/link'));
    const directory = new SafeDirectory(join(scratch, 'root'), false);
    await expect(directory.makeParent(directory.pathOf('link/new/x.txt'))).resolves.toBeUndefined();
  });
});
