import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mergeObservations } from './observations.ts';
import type { Observation } from './observations.ts';

const LOCK_IS_STALE_AFTER_IN_MS = 30_000;

/**
 * Reads observations; none when the file does not exist.
 *
 * @throws {TypeError} The file holds something else.
 */
export async function readObservations(path: string): Promise<Observation[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  const observations = parse(text);
  if (Array.isArray(observations) && observations.every(isObservation)) return observations;
  // No `CloudError`: a vitest configuration that loads the reporter from source could not resolve core.
  throw new TypeError(`${path} holds no observations`);
}

/** Merges observations into a file, which other runs may be doing at the same time. The file is replaced at once and whole. */
export async function mergeObservationFile(path: string, observations: readonly Observation[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const lock = await takeLock(`${path}.lock`);
  try {
    const merged = mergeObservations(await readObservations(path), observations);
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(merged, undefined, 2)}\n`);
    await rename(temporary, path);
  } finally {
    await lock.close();
    await rm(`${path}.lock`, { force: true });
  }
}

/** A file that only one run can create; one left behind by a run that was killed is taken away after a while. */
async function takeLock(path: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(path, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
      if (age > LOCK_IS_STALE_AFTER_IN_MS) await rm(path, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObservation(value: unknown): value is Observation {
  const fields = ['contract', 'behaviour', 'client', 'server', 'result'] as const;
  return typeof value === 'object' && value !== null && fields.every((field) => typeof (value as Record<string, unknown>)[field] === 'string');
}
