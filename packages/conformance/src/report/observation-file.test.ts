import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeObservationFile, readObservations } from './observation-file.ts';
import type { Observation } from './observations.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cmx-observations-'));
});

afterEach(() => rm(folder, { recursive: true }));

function observed(client: string): Observation {
  return { contract: 'storage', behaviour: '1 keys', client, server: 'in process', result: 'pass' };
}

describe('mergeObservationFile', () => {
  it('loses nothing when many runs write at once', async () => {
    const path = join(folder, 'deep', 'conformance.json');
    const clients = Array.from({ length: 12 }, (_, index) => `client-${index}`);
    await Promise.all(clients.map((client) => mergeObservationFile(path, [observed(client)])));
    expect((await readObservations(path)).map(({ client }) => client)).toEqual(clients);
    expect(await readdir(join(folder, 'deep'))).toEqual(['conformance.json']);
  });

  it('does not wait for a lock that a killed run left behind', async () => {
    const path = join(folder, 'conformance.json');
    await writeFile(`${path}.lock`, '');
    await utimes(`${path}.lock`, new Date(0), new Date(0));
    await mergeObservationFile(path, [observed('memory')]);
    expect(await readObservations(path)).toEqual([observed('memory')]);
  });
});

describe('readObservations', () => {
  it('is empty when there is no file', async () => {
    expect(await readObservations(join(folder, 'missing.json'))).toEqual([]);
  });

  it.each(['{', '{"a":1}', '[{"contract":"storage"}]'])('refuses %s', async (content) => {
    const path = join(folder, 'other.json');
    await writeFile(path, content);
    await expect(readObservations(path)).rejects.toThrow(TypeError);
  });
});
