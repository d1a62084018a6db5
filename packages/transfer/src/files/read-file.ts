import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { changedFile, toFileError } from './file-errors.ts';

/** Where the system has it: a symbolic link put in the file's place since it was listed is not followed. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

const CHUNK_IN_BYTES = 256 * 1024;

/** A file opened for one copy: what it was when opened, and its bytes, which end with an error when it changed meanwhile. */
export interface OpenedFile extends AsyncDisposable {
  readonly sizeInBytes: number;
  /** All of it at once. */
  bytes(): Promise<Uint8Array>;
  /** A chunk at a time; each chunk is its own memory. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** @throws {ChangedDuringReadError} The file is gone. @throws {PermissionDeniedError} It may not be read. */
export async function openFile(path: string): Promise<OpenedFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, READ_FLAGS);
    return new HandleFile(path, handle, await handle.stat());
  } catch (error) {
    await handle?.close();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw changedFile(path, 'was removed');
    throw toFileError(error, 'readFile', path);
  }
}

class HandleFile implements OpenedFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #before: Stats;

  constructor(path: string, handle: FileHandle, stats: Stats) {
    this.#path = path;
    this.#handle = handle;
    this.#before = stats;
  }

  get sizeInBytes(): number {
    return this.#before.size;
  }

  async bytes(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.#before.size);
    let filled = 0;
    while (filled < bytes.length) {
      const bytesRead = await this.#read(bytes, filled);
      if (bytesRead === 0) throw changedFile(this.#path, 'became shorter');
      filled += bytesRead;
    }
    await this.#expectUnchanged();
    return bytes;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let position = 0; position < this.#before.size; ) {
      const chunk = new Uint8Array(Math.min(CHUNK_IN_BYTES, this.#before.size - position));
      const bytesRead = await this.#read(chunk, 0);
      if (bytesRead === 0) throw changedFile(this.#path, 'became shorter');
      position += bytesRead;
      // The last chunk is held back until the file is known to be what it was: a body that fails here stores nothing.
      if (position === this.#before.size) await this.#expectUnchanged();
      yield chunk.subarray(0, bytesRead);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  async #read(into: Uint8Array, offset: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(into, offset, into.length - offset);
      return bytesRead;
    } catch (error) {
      throw toFileError(error, 'readFile', this.#path);
    }
  }

  async #expectUnchanged(): Promise<void> {
    const after = await this.#handle.stat();
    if (after.size !== this.#before.size || after.mtimeMs !== this.#before.mtimeMs) throw changedFile(this.#path, 'was changed');
  }
}
