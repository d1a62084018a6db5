import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransferItem, UncopyableItem } from '../copy-options.ts';
import { walkFiles } from './walk-files.ts';

let scratch: string;
beforeEach(async () => (scratch = await mkdtemp(join(tmpdir(), 'cmx-test-'))));
afterEach(() => rm(scratch, { recursive: true, force: true }));

async function files(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(scratch, name, '..'), { recursive: true });
    await writeFile(join(scratch, name), name);
  }
}

async function walkAll(): Promise<(TransferItem | UncopyableItem)[]> {
  const found: (TransferItem | UncopyableItem)[] = [];
  for await (const item of walkFiles(scratch)) found.push(item);
  return found;
}

describe('walkFiles', () => {
  it('lists in the order of the bytes of the whole key, across levels', async () => {
    const names = ['a.txt', 'a/z', 'a-b', 'a/b/c', 'b', 'Z', 'é', 'ﬀ', '😀', 'a0'];
    await files(names);
    const found = await walkAll();
    expect(found.map(({ key }) => key)).toEqual(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  it('gives sizes and times', async () => {
    await files(['a']);
    expect(await walkAll()).toEqual([{ key: 'a', sizeInBytes: 1, lastModified: expect.any(Date) as Date }]);
  });

  it('names symbolic links and does not follow them', async () => {
    await files(['a']);
    await symlink('/', join(scratch, 'link'));
    const found = await walkAll();
    expect(found[1]).toEqual({ key: 'link', skipped: 'symbolic link' });
    expect(found).toHaveLength(2);
  });

  it('reports a directory that cannot be read and goes on', async () => {
    await files(['0', 'a/x', 'b']);
    const walk = walkFiles(scratch);
    const found = [(await walk.next()).value];
    await rm(join(scratch, 'a'), { recursive: true });
    for await (const item of walk) found.push(item);
    expect(found.map((item) => item?.key)).toEqual(['0', 'a/', 'b']);
    expect(found[1]).toHaveProperty('error.code', 'not_found');
  });

  it('fails when the directory itself is missing', async () => {
    await expect(walkFiles(join(scratch, 'nope')).next()).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
  });

  it('stops when aborted', async () => {
    await files(['a']);
    await expect(walkFiles(scratch, AbortSignal.abort(new Error('enough'))).next()).rejects.toThrow('enough');
  });
});
