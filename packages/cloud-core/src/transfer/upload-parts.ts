import { BufferPool, Slots } from '../body/buffer-pool.ts';
import type { ChecksumAlgorithm, Checksums } from '../body/checksum.ts';
import type { BodySource } from '../body/source.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import type { PutObjectResult, UploadedPart } from '../storage/models.ts';
import type { PartPlan } from './part-plan.ts';
import { md5Etag, multipartEtag, settleOutcome } from './unknown-outcome.ts';
import type { UploadBodyOptions } from './upload-body.ts';
import type { UploadChecksums } from './upload-checksums.ts';
import type { MultipartTarget, UploadTarget } from './upload-target.ts';

export interface PartsUpload {
  readonly target: UploadTarget;
  readonly multipart: MultipartTarget;
  readonly source: BodySource;
  readonly plan: PartPlan;
  readonly checksums: UploadChecksums | undefined;
  readonly options: UploadBodyOptions;
  /** Bytes read already, exactly one part, or none. */
  readonly firstPart: Uint8Array;
}

/** Algorithms whose digest of the whole object the services can check at the completion of an upload. */
const FULL_OBJECT: readonly string[] = ['crc32', 'crc32c', 'crc64nvme'];

/** Sends a body in parts. */
export async function uploadParts(upload: PartsUpload): Promise<PutObjectResult> {
  const { multipart, options } = upload;
  const { abortSignal, graceInMs = 10_000, logger, keepsParts = false } = options;
  const unfinished = await multipart.findUnfinished?.({ abortSignal });
  const uploadId = unfinished?.uploadId ?? (await multipart.create({ abortSignal }));
  const sender = new PartSender(upload, uploadId, unfinished?.parts);
  try {
    return await complete(upload, uploadId, await sender.sendAll(), graceInMs);
  } catch (error) {
    await sender.stop(error, graceInMs);
    if (keepsParts) throw error;
    // The caller's signal may be what brought us here, so cleaning up has a time of its own.
    await multipart.abort(uploadId, { abortSignal: AbortSignal.timeout(graceInMs) }).catch((failure: unknown) => {
      const { provider, operation, resource } = options.where;
      logger?.warn({ provider, operation, resource, uploadId, failure }, 'An unfinished upload could not be aborted: its parts stay on the server');
    });
    throw error;
  }
}

async function complete({ target, multipart, checksums, options }: PartsUpload, uploadId: string, parts: UploadedPart[], graceInMs: number): Promise<PutObjectResult> {
  const { abortSignal, checksumAlgorithm } = options;
  const digests = checksums?.finish();
  const isFull = checksumAlgorithm !== undefined && FULL_OBJECT.includes(checksumAlgorithm);
  const checksumType = isFull ? 'full_object' : checksumAlgorithm && 'composite';
  try {
    const full = isFull ? { [checksumAlgorithm]: digests?.[checksumAlgorithm] } : undefined;
    return await multipart.complete(uploadId, parts, { abortSignal, checksums: full, checksumType });
  } catch (error) {
    abortSignal?.throwIfAborted();
    const sizeInBytes = parts.reduce((sum, part) => sum + part.sizeInBytes, 0);
    return settleOutcome(target, error, { sizeInBytes, checksums: digests, etag: () => multipartEtag(parts.map((part) => part.etag)) }, false, graceInMs);
  }
}

/** Reads parts one after the other and sends several at once. The first failure stops everything. */
class PartSender {
  readonly #upload: PartsUpload;
  readonly #uploadId: string;
  readonly #pool: BufferPool;
  readonly #slots: Slots;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #parts: UploadedPart[] = [];
  /** What an earlier upload left, by number. */
  readonly #found: ReadonlyMap<number, UploadedPart>;
  readonly #onAbort: () => void;
  #transferredInBytes = 0;

  constructor(upload: PartsUpload, uploadId: string, found: readonly UploadedPart[] = []) {
    const { concurrency = 4, abortSignal } = upload.options;
    this.#upload = upload;
    this.#uploadId = uploadId;
    this.#found = new Map(found.map((part) => [part.partNumber, part]));
    this.#pool = new BufferPool(concurrency + 1, upload.multipart.partMemory);
    this.#slots = new Slots(concurrency);
    this.#onAbort = () => this.#fail(abortSignal?.reason);
    abortSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Sends every part. Fails at once when one of them does, whatever the reader is waiting for. */
  async sendAll(): Promise<UploadedPart[]> {
    const { signal } = this.#stopped;
    const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    await Promise.race([this.#readAndSend(), stopped]);
    this.#upload.options.abortSignal?.removeEventListener('abort', this.#onAbort);
    return this.#parts;
  }

  /** Stops what is under way, and waits a while until nobody uses the buffers any more. */
  async stop(reason: unknown, graceInMs: number): Promise<void> {
    this.#upload.options.abortSignal?.removeEventListener('abort', this.#onAbort);
    this.#fail(reason);
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([Promise.all(this.#underWay), new Promise((resolve) => (timer = setTimeout(resolve, graceInMs)))]);
    clearTimeout(timer);
  }

  #fail(reason: unknown): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort(reason);
    void this.#upload.source.close(reason);
  }

  async #readAndSend(): Promise<void> {
    const { signal } = this.#stopped;
    let isLast = false;
    for (let partNumber = 1; !isLast; partNumber++) {
      this.#assertNumber(partNumber);
      const part = await this.#readPart(partNumber);
      isLast = part.isLast;
      this.#upload.checksums?.update(part.bytes);
      await this.#slots.take();
      signal.throwIfAborted();
      this.#send(partNumber, part);
    }
    await Promise.all(this.#underWay);
  }

  async #readPart(partNumber: number): Promise<Part> {
    const { source, plan, firstPart, multipart } = this.#upload;
    const size = plan.sizeOf(partNumber);
    if (source.bytes && !multipart.partMemory) {
      const start = (partNumber - 1) * size;
      return { bytes: source.bytes.subarray(start, start + size), isLast: start + size >= source.bytes.length };
    }
    const isRead = partNumber === 1 && firstPart.length > 0;
    const buffer = await this.#pool.take(size, isRead ? firstPart : undefined);
    this.#stopped.signal.throwIfAborted();
    if (isRead) return { bytes: firstPart, buffer, isLast: false };
    const filled = await source.fill(buffer.subarray(0, size));
    return { bytes: buffer.subarray(0, filled), buffer, isLast: filled < size || (await source.atEnd()) };
  }

  #send(partNumber: number, { bytes, buffer }: Part): void {
    const sending = this.#sendUnlessThere(partNumber, bytes)
      .then((part) => this.#acknowledge(part, bytes.length))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#underWay.delete(sending);
        if (buffer) this.#pool.give(buffer);
        this.#slots.give();
      });
    this.#underWay.add(sending);
  }

  async #sendUnlessThere(partNumber: number, bytes: Uint8Array): Promise<UploadedPart> {
    const checksums = this.#upload.checksums?.ofPart(bytes);
    const found = this.#found.get(partNumber);
    if (found && (await isSamePart(found, bytes, checksums))) return found;
    return this.#upload.multipart.uploadPart(this.#uploadId, partNumber, bytes, { abortSignal: this.#stopped.signal, checksums });
  }

  #acknowledge(part: UploadedPart, sizeInBytes: number): void {
    if (this.#stopped.signal.aborted) return;
    this.#parts[part.partNumber - 1] = part;
    this.#transferredInBytes += sizeInBytes;
    this.#upload.options.onProgress?.({ transferredInBytes: this.#transferredInBytes, totalInBytes: this.#upload.source.sizeInBytes });
  }

  #assertNumber(partNumber: number): void {
    const { maxParts } = this.#upload.target.limits;
    if (partNumber <= maxParts) return;
    throw new InvalidArgumentError(`The body needs more than ${String(maxParts)} parts; ask for larger ones with partSizeInBytes`, this.#upload.options.where);
  }
}

/** Whether a part that is there has these very bytes: by the checksum they go with, where it is known, else by the MD5 that an ETag usually is. */
async function isSamePart(found: UploadedPart, bytes: Uint8Array, checksums: Checksums | undefined): Promise<boolean> {
  if (found.sizeInBytes !== bytes.length) return false;
  const [algorithm] = Object.keys(checksums ?? {}) as ChecksumAlgorithm[];
  const known = algorithm && found.checksums?.[algorithm];
  if (algorithm && known) return known === checksums?.[algorithm];
  return found.etag === (await md5Etag(bytes));
}

interface Part {
  readonly bytes: Uint8Array;
  /** The buffer to give back; none when the bytes are the caller's. */
  readonly buffer?: Uint8Array | undefined;
  readonly isLast: boolean;
}
