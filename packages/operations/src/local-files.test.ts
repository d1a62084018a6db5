import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWholeInput, writeOutput } from './local-files.ts';
import { createOperationContext, type StandardStreams } from './operation-context.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'cmx-files-'))));
afterEach(() => rm(directory, { recursive: true }));

const context = (streams?: StandardStreams) => createOperationContext({ streams });
const withCode = (code: string) => (error: unknown) => CloudError.is(error) && error.code === code;

async function* pieces(...parts: readonly string[]): AsyncGenerator<string> {
  for (const part of parts) yield part;
}

async function* broken(): AsyncGenerator<string> {
  yield 'half';
  throw new Error('broken');
}

describe('writeOutput', () => {
  it('writes text as UTF-8 and counts its bytes', async () => {
    const path = join(directory, 'out.txt');
    await using opened = context();
    expect(await writeOutput(path, pieces('Grö', 'ße'), opened)).toBe(7);
    expect(await readFile(path, 'utf8')).toBe('Größe');
  });

  it('leaves what was there, and nothing else, when the content breaks off', async () => {
    const path = join(directory, 'out.txt');
    await writeFile(path, 'before');
    await using opened = context();
    await expect(writeOutput(path, broken(), opened)).rejects.toThrow('broken');
    expect([await readFile(path, 'utf8'), await readdir(directory)]).toEqual(['before', ['out.txt']]);
  });

  it('takes - for standard output, if there is one', async () => {
    const written: Uint8Array[] = [];
    const streams: StandardStreams = { input: (async function* () {})(), write: async (chunk) => void written.push(chunk) };
    await using opened = context(streams);
    expect(await writeOutput('-', pieces('a', 'b'), opened)).toBe(2);
    expect(Buffer.concat(written).toString()).toBe('ab');
    await using without = context();
    await expect(writeOutput('-', pieces('a'), without)).rejects.toSatisfy(withCode('invalid_argument'));
  });

  it('says in a typed error that there is no such directory', async () => {
    await using opened = context();
    await expect(writeOutput(join(directory, 'no/out.txt'), pieces('a'), opened)).rejects.toSatisfy(withCode('not_found'));
  });
});

describe('readWholeInput', () => {
  it('reads a file, and says in a typed error that there is none', async () => {
    await writeFile(join(directory, 'in.txt'), 'content');
    await using opened = context();
    expect(Buffer.from(await readWholeInput(join(directory, 'in.txt'), opened)).toString()).toBe('content');
    await expect(readWholeInput(join(directory, 'none.txt'), opened)).rejects.toSatisfy(withCode('not_found'));
    await expect(readWholeInput(directory, opened)).rejects.toSatisfy(withCode('invalid_argument'));
  });
});
