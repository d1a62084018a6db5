import type { FileHandle } from 'node:fs/promises';
import type { BodySource } from '../body/source.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { ConflictError, InvalidArgumentError } from '../errors/errors.ts';
import { assertArgument } from '../validation/options.ts';
import { text } from '../validation/checks.ts';
import { fileError } from './file-errors.ts';
import { fileSystem } from './file-system.ts';

/**
 * Opens a file as a body of known size. Bytes are read straight into the engine's buffers; a file that changes meanwhile fails,
 * so that no mixture of two states is stored.
 *
 * @throws {NotFoundError} There is no such file. @throws {PermissionDeniedError} It cannot be read.
 * @throws {InvalidArgumentError} It is a directory, a pipe or a device.
 */
export async function openFile(path: string, where: CloudErrorFields): Promise<BodySource & { readonly sizeInBytes: number }> {
  assertArgument(path, 'path', text, where);
  const { constants, open } = fileSystem();
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat({ bigint: true });
    const resource = { type: 'file', name: path };
    if (!stat.isFile()) throw new InvalidArgumentError(`It is ${stat.isDirectory() ? 'a directory' : 'no regular file'}`, { ...where, resource });
    return new FileSource(file, path, Number(stat.size), stat.mtimeNs, where);
  } catch (error) {
    await file?.close();
    throw fileError(error, path, where);
  }
}

class FileSource implements BodySource {
  readonly sizeInBytes: number;
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #modifiedAt: bigint;
  readonly #where: CloudErrorFields;
  #position = 0;
  #reading: Promise<number> | undefined;
  #closed = false;

  constructor(file: FileHandle, path: string, sizeInBytes: number, modifiedAt: bigint, where: CloudErrorFields) {
    this.#file = file;
    this.#path = path;
    this.sizeInBytes = sizeInBytes;
    this.#modifiedAt = modifiedAt;
    this.#where = where;
  }

  fill(target: Uint8Array): Promise<number> {
    return (this.#reading = this.#fill(target));
  }

  async #fill(target: Uint8Array): Promise<number> {
    const wanted = Math.min(target.length, this.sizeInBytes - this.#position);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#attempt(() => this.#file.read(target, filled, wanted - filled, this.#position));
      if (bytesRead === 0) throw this.#changed('became shorter');
      filled += bytesRead;
      this.#position += bytesRead;
    }
    if (this.#position === this.sizeInBytes) await this.#assertUnchanged();
    return filled;
  }

  async atEnd(): Promise<boolean> {
    return this.#position === this.sizeInBytes;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#reading?.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
  }

  async #assertUnchanged(): Promise<void> {
    const { size, mtimeNs } = await this.#attempt(() => this.#file.stat({ bigint: true }));
    if (Number(size) !== this.sizeInBytes || mtimeNs !== this.#modifiedAt) throw this.#changed('changed');
  }

  async #attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw fileError(error, this.#path, this.#where);
    }
  }

  #changed(what: string): ConflictError {
    return new ConflictError(`The file ${what} while it was read`, { ...this.#where, resource: { type: 'file', name: this.#path } });
  }
}
