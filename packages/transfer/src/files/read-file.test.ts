import { appendFile, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChunks, readWhole, statFile } from './read-file.ts';

let scratch: string;
let path: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cmx-read-'));
  path = join(scratch, 'file');
  await writeFile(path, 'x'.repeat(600_000));
});
afterEach(() => rm(scratch, { recursive: true }));

const isChanged = (error: unknown): boolean => CloudError.is(error, 'changed_during_read');

async function lengthOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of chunks) length += chunk.length;
  return length;
}

describe('a file', () => {
  it('is read whole or in chunks', async () => {
    expect(await readWhole(path, statFile(path))).toHaveLength(600_000);
    expect(await lengthOf(readChunks(path, statFile(path)))).toBe(600_000);
  });

  it('that changed since it was looked at is refused', async () => {
    const before = statFile(path);
    await appendFile(path, 'more');
    await expect(readWhole(path, before)).rejects.toSatisfy(isChanged);
    await expect(lengthOf(readChunks(path, before))).rejects.toSatisfy(isChanged);
  });

  it('that is cut short while it is read is refused', async () => {
    const chunks = readChunks(path, statFile(path));
    await chunks.next();
    await truncate(path, 10);
    await expect(lengthOf(chunks)).rejects.toSatisfy(isChanged);
  });

  it('that is gone counts as changed', async () => {
    const before = statFile(path);
    await rm(path);
    expect(() => statFile(path)).toThrow(expect.toSatisfy(isChanged));
    await expect(readWhole(path, before)).rejects.toSatisfy(isChanged);
  });

  it('is not read through a symbolic link put in its place', async () => {
    const before = statFile(path);
    await rm(path);
    await symlink('/etc/hosts', path);
    expect(() => statFile(path)).toThrow(expect.toSatisfy((error: unknown) => CloudError.is(error, 'invalid_argument')));
    await expect(readWhole(path, before)).rejects.toSatisfy((error) => CloudError.is(error));
  });
});
