import type { FileHandle } from 'node:fs/promises';
import { ChecksumCheck } from '../body/checksum-check.ts';
import { CloudError, type CloudErrorFields } from '../errors/cloud-error.ts';
import { ChangedDuringReadError, UnavailableError } from '../errors/errors.ts';
import type { DownloadFileOptions, GetObjectOptions, ObjectMetadata, StoredObject } from '../storage/models.ts';
import { text } from '../validation/checks.ts';
import { assertArgument } from '../validation/options.ts';
import { writeFileAtomically } from './atomic-file.ts';

/** How the engine opens the object: the client's own `getObject`, bound to a bucket and key. */
export type OpenObject = (options: Pick<GetObjectOptions, 'range' | 'ifMatch' | 'abortSignal' | 'verifyChecksum'>) => Promise<StoredObject>;

export interface DownloadToFileOptions extends Pick<DownloadFileOptions, 'overwrite' | 'concurrency' | 'partSizeInBytes' | 'verifyChecksum' | 'onProgress' | 'abortSignal'> {
  readonly where: CloudErrorFields;
  /** Whether the service has ranges; without them one stream brings everything. Default `true`. */
  readonly ranges?: boolean | undefined;
}

/**
 * Brings an object into a file. Small ones come in the first answer; of large ones the rest follows in ranges of the same state
 * of the object, several at once, held in memory until it is their turn (part size × concurrency).
 *
 * @throws {CloudError} Of the object, or of the file: `already_exists`, `not_found` (its directory), `permission_denied`,
 * `quota_exceeded` (the disk is full), `invalid_argument` (it is a directory). No file is left then, under any name.
 */
export async function downloadToFile(path: string, open: OpenObject, options: DownloadToFileOptions): Promise<ObjectMetadata> {
  const { overwrite = true, where } = options;
  assertArgument(path, 'path', text, where);
  let metadata: ObjectMetadata | undefined;
  await writeFileAtomically(path, overwrite, where, async (file) => {
    metadata = await new FileDownload(file, open, options).run();
  });
  return metadata as ObjectMetadata;
}

class FileDownload {
  readonly #file: FileHandle;
  readonly #open: OpenObject;
  readonly #options: DownloadToFileOptions;
  readonly #partSize: number;
  #written = 0;

  constructor(file: FileHandle, open: OpenObject, options: DownloadToFileOptions) {
    this.#file = file;
    this.#open = open;
    this.#options = options;
    this.#partSize = options.partSizeInBytes ?? 8 * 1024 * 1024;
  }

  async run(): Promise<ObjectMetadata> {
    const { abortSignal, verifyChecksum, ranges = true, where } = this.#options;
    const first = await this.#open({ abortSignal, verifyChecksum });
    const { metadata } = first;
    if (!ranges || metadata.sizeInBytes <= this.#partSize) {
      for await (const chunk of first) await this.#write(chunk, metadata);
      return metadata;
    }
    const isWhole = metadata.checksumType !== 'composite' && verifyChecksum !== false;
    const check = isWhole && metadata.checksums ? await ChecksumCheck.begin(metadata.checksums, verifyChecksum === true, where) : undefined;
    for await (const chunk of first) {
      const bytes = chunk.subarray(0, this.#partSize - this.#written);
      check?.update(bytes);
      await this.#write(bytes, metadata);
      if (this.#written === this.#partSize) break;
    }
    await this.#bringRest(metadata, check);
    check?.finish();
    return metadata;
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
      const { bytesWritten } = await this.#file.write(bytes, offset);
      offset += bytesWritten;
    }
    this.#written += bytes.length;
    this.#options.onProgress?.({ transferredInBytes: this.#written, totalInBytes: sizeInBytes });
  }
}
