import { constants, lstatSync, type Stats } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { changedFile, notRegular, toFileError } from './file-errors.ts';

/** Where the system has it: a symbolic link put in the file's place since it was listed is not followed. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

const CHUNK_IN_BYTES = 256 * 1024;

/**
 * What a file is now. Synchronous: it takes microseconds, while a turn in the thread pool, busy with the copies, takes
 * milliseconds.
 *
 * @throws {ChangedDuringReadError} It is gone. @throws {InvalidArgumentError} It is no regular file any more.
 */
export function statFile(path: string): Stats {
  try {
    const stats = lstatSync(path);
    if (!stats.isFile()) throw notRegular(path);
    return stats;
  } catch (error) {
    throw whenGone(error, path);
  }
}

/** Reads a whole file that is known to be small. @throws {ChangedDuringReadError} It changed since `before`. */
export async function readWhole(path: string, before: Stats): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, { flag: READ_FLAGS });
  } catch (error) {
    throw whenGone(error, path);
  }
  expectSame(path, before, statFile(path));
  if (bytes.length !== before.size) throw changedFile(path, 'was changed');
  return bytes;
}

/**
 * Reads a file a chunk at a time. The last chunk is held back until the file is known to be what it was, so that a body made
 * of it fails before anything is stored.
 *
 * @throws {ChangedDuringReadError} It changed since `before`.
 */
export async function* readChunks(path: string, before: Stats): AsyncGenerator<Uint8Array> {
  const handle = await openToRead(path);
  try {
    for (let position = 0; position < before.size; ) {
      const chunk = new Uint8Array(Math.min(CHUNK_IN_BYTES, before.size - position));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, position).catch((error: unknown) => {
        throw toFileError(error, 'readFile', path);
      });
      if (bytesRead === 0) throw changedFile(path, 'became shorter');
      position += bytesRead;
      if (position === before.size) expectSame(path, before, await handle.stat());
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, READ_FLAGS);
  } catch (error) {
    throw whenGone(error, path);
  }
}

function expectSame(path: string, before: Stats, after: Stats): void {
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino) throw changedFile(path, 'was changed');
}

function whenGone(error: unknown, path: string): Error {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? changedFile(path, 'was removed') : toFileError(error, 'readFile', path);
}
