import type { FileHandle } from 'node:fs/promises';
import { ChecksumCheck } from '../body/checksum-check.ts';
import { CloudError, type CloudErrorFields } from '../errors/cloud-error.ts';
import { ChangedDuringReadError, UnavailableError } from '../errors/errors.ts';
import type { DownloadFileOptions, GetObjectOptions, ObjectMetadata, StoredObject } from '../storage/models.ts';
import { text } from '../validation/checks.ts';
import { assertArgument } from '../validation/options.ts';
import { assertTarget, writeFileAtomically } from './atomic-file.ts';

/** How the engine opens the object: the client's own `getObject`, bound to a bucket and key. */
export type OpenObject = (options: Pick<GetObjectOptions, 'range' | 'ifMatch' | 'abortSignal' | 'verifyChecksum'>) => Promise<StoredObject>;

export interface DownloadToFileOptions extends Pick<DownloadFileOptions, 'overwrite' | 'concurrency' | 'partSizeInBytes' | 'verifyChecksum' | 'resume' | 'onProgress' | 'abortSignal'> {
  readonly where: CloudErrorFields;
  /** Whether the service has ranges; without them one stream brings everything. Default `true`. */
  readonly ranges?: boolean | undefined;
}

/**
 * Brings an object into a file. Small ones come in the first answer; of large ones the rest follows in ranges of the same state
 * of the object, several at once, held in memory until it is their turn (part size × concurrency).
 *
 * @throws {CloudError} Of the object, or of the file: `already_exists`, `not_found` (its directory), `permission_denied`,
 * `quota_exceeded` (the disk is full), `invalid_argument` (it is a directory). No file is left then, under any name, unless it is to be resumed.
 */
export async function downloadToFile(path: string, open: OpenObject, options: DownloadToFileOptions): Promise<ObjectMetadata> {
  const { overwrite = true, resume = false, abortSignal, verifyChecksum, where } = options;
  assertArgument(path, 'path', text, where);
  if (resume) return resumeToFile(path, open, options);
  let metadata: ObjectMetadata | undefined;
  await writeFileAtomically(path, overwrite, where, async (file) => {
    metadata = await new FileDownload(file, open, options).run(await open({ abortSignal, verifyChecksum }));
  });
  return metadata as ObjectMetadata;
}

async function resumeToFile(path: string, open: OpenObject, options: DownloadToFileOptions): Promise<ObjectMetadata> {
  const { overwrite = true, abortSignal, verifyChecksum, where } = options;
  await assertTarget(path, overwrite, where);
  const { writeKeptFile } = await import('./kept-file.ts');
  await using first = await open({ abortSignal, verifyChecksum });
  const { etag, versionId = '', sizeInBytes } = first.metadata;
  const content = { object: `${where.provider ?? ''}:${where.resource?.name ?? ''}`, state: `${etag}\n${versionId}`, sizeInBytes };
  await writeKeptFile(path, overwrite, content, where, async (file, keptInBytes) => {
    await new FileDownload(file, open, options, keptInBytes).run(first);
  });
  return first.metadata;
}

class FileDownload {
  readonly #file: FileHandle;
  readonly #open: OpenObject;
  readonly #options: DownloadToFileOptions;
  readonly #partSize: number;
  /** Bytes an earlier download left in the file. */
  readonly #keptInBytes: number;
  #written = 0;

  constructor(file: FileHandle, open: OpenObject, options: DownloadToFileOptions, keptInBytes = 0) {
    this.#file = file;
    this.#keptInBytes = keptInBytes;
    this.#open = open;
    this.#options = options;
    this.#partSize = options.partSizeInBytes ?? 8 * 1024 * 1024;
  }

  /** @param first - The object, opened from its beginning. */
  async run(first: StoredObject): Promise<ObjectMetadata> {
    const { verifyChecksum, ranges = true, where } = this.#options;
    const { metadata } = first;
    if (this.#keptInBytes === 0 && (!ranges || metadata.sizeInBytes <= this.#partSize)) {
      for await (const chunk of first) await this.#write(chunk, metadata);
      return metadata;
    }
    const isWhole = metadata.checksumType !== 'composite' && verifyChecksum !== false;
    const check = isWhole && metadata.checksums ? await ChecksumCheck.begin(metadata.checksums, verifyChecksum === true, where) : undefined;
    if (this.#keptInBytes > 0) await this.#readKept(first, check);
    else await this.#writeFirst(first, check);
    await this.#bringRest(metadata, check);
    check?.finish();
    return metadata;
  }

  /** The checksum is of all bytes, so those that are there are read. */
  async #readKept(first: StoredObject, check: ChecksumCheck | undefined): Promise<void> {
    await first.discard();
    const buffer = new Uint8Array(Math.min(this.#partSize, 1024 * 1024));
    for (let position = 0; check && position < this.#keptInBytes; ) {
      this.#options.abortSignal?.throwIfAborted();
      const { bytesRead } = await this.#file.read(buffer, 0, Math.min(buffer.length, this.#keptInBytes - position), position);
      if (bytesRead === 0) throw new ChangedDuringReadError('What was kept of an earlier download became shorter', this.#options.where);
      check.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    this.#written = this.#keptInBytes;
    this.#options.onProgress?.({ transferredInBytes: this.#written, totalInBytes: first.metadata.sizeInBytes });
  }

  async #writeFirst(first: StoredObject, check: ChecksumCheck | undefined): Promise<void> {
    for await (const chunk of first) {
      const bytes = chunk.subarray(0, this.#partSize - this.#written);
      check?.update(bytes);
      await this.#write(bytes, first.metadata);
      if (this.#written === this.#partSize) break;
    }
  }

  /** Keeps several ranges on their way and writes them in order. The first failure stops the others. */
  async #bringRest(metadata: ObjectMetadata, check: ChecksumCheck | undefined): Promise<void> {
    const { abortSignal, concurrency = 4 } = this.#options;
    const stop = new AbortController();
    const forward = (): void => stop.abort(abortSignal?.reason);
    abortSignal?.addEventListener('abort', forward, { once: true });
    const underWay: Promise<Uint8Array>[] = [];
    let next = this.#written;
    try {
      while (this.#written < metadata.sizeInBytes) {
        for (; underWay.length < concurrency && next < metadata.sizeInBytes; next += this.#partSize) underWay.push(this.#bring(next, metadata, stop.signal));
        const bytes = await (underWay[0] as Promise<Uint8Array>);
        void underWay.shift();
        check?.update(bytes);
        await this.#write(bytes, metadata);
      }
    } catch (error) {
      stop.abort(error);
      await Promise.allSettled(underWay);
      throw error;
    } finally {
      abortSignal?.removeEventListener('abort', forward);
    }
  }

  #bring(start: number, metadata: ObjectMetadata, abortSignal: AbortSignal): Promise<Uint8Array> {
    const bringing = this.#bringRange(start, metadata, abortSignal);
    // Its turn comes later; until then a failure must not count as unhandled.
    bringing.catch(() => undefined);
    return bringing;
  }

  async #bringRange(start: number, { sizeInBytes, etag }: ObjectMetadata, abortSignal: AbortSignal): Promise<Uint8Array> {
    const { where } = this.#options;
    const end = Math.min(start + this.#partSize, sizeInBytes) - 1;
    try {
      const part = await this.#open({ range: { start, end }, ifMatch: etag, abortSignal, verifyChecksum: false });
      const bytes = await part.bytes();
      if (part.range?.start === start && part.range.end === end) return bytes;
    } catch (cause) {
      if (!CloudError.is(cause, 'precondition_failed') && !CloudError.is(cause, 'not_found')) throw cause;
      throw new ChangedDuringReadError('The object was replaced or deleted while it was read', { ...where, cause });
    }
    throw new UnavailableError(`The service did not answer with bytes ${String(start)} to ${String(end)}, which were asked for`, { ...where, phase: 'body', retryable: false });
  }

  async #write(bytes: Uint8Array, { sizeInBytes }: ObjectMetadata): Promise<void> {
    this.#options.abortSignal?.throwIfAborted();
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, offset, undefined, this.#written + offset);
      offset += bytesWritten;
    }
    this.#written += bytes.length;
    this.#options.onProgress?.({ transferredInBytes: this.#written, totalInBytes: sizeInBytes });
  }
}
