import { ordinaryMemory } from '../body/buffer-pool.ts';
import { openBody, type BodySource, type OpenBodyOptions } from '../body/source.ts';
import type { BodyInput } from '../body/types.ts';
import type { ChecksumAlgorithm, Checksums } from '../body/checksum.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import type { Logger } from '../logger.ts';
import type { ProgressListener, PutObjectResult } from '../storage/models.ts';
import { planParts } from './part-plan.ts';
import { md5Etag, settleOutcome } from './unknown-outcome.ts';
import { assertSameChecksums, UploadChecksums } from './upload-checksums.ts';
import type { PartsUpload } from './upload-parts.ts';
import type { MultipartTarget, UploadTarget } from './upload-target.ts';

export interface UploadBodyOptions extends OpenBodyOptions {
  /** Bytes of a part. Default 8 MiB, grown as needed for the service's `maxParts`. */
  readonly partSizeInBytes?: number | undefined;
  /** Parts on their way at once. Default 4. */
  readonly concurrency?: number | undefined;
  /** Compute this checksum and send it along. */
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  /** Digests of the body the caller knows: bytes that do not have them are not stored. */
  readonly checksums?: Checksums | undefined;
  /** Called when bytes are acknowledged. */
  readonly onProgress?: ProgressListener | undefined;
  /** Milliseconds for cleaning up after a failure: aborting the upload, looking whether a write has landed. Default 10,000. */
  readonly graceInMs?: number | undefined;
  /** Leave the parts that were sent when the upload fails, so that a later one can go on from there. Default `false`: they are removed. */
  readonly keepsParts?: boolean | undefined;
  /** Told when an unfinished upload could not be removed from the server. */
  readonly logger?: Logger | undefined;
}

/** Unknown sizes begin with a small buffer, so that a thousand tiny streams do not cost a thousand parts. */
const FIRST_BUFFER_BYTES = 64 * 1024;

/**
 * Stores a body: in one request when it is no larger than a part, otherwise in parts, several at once. Every request's bytes are
 * at hand until it is acknowledged, so that the target can repeat it. Memory is bounded by part size × (concurrency + 1).
 *
 * When anything fails, requests under way are stopped, the upload is aborted on the server, and the source is closed.
 *
 * @throws {InvalidArgumentError} The body is none, or not of the declared size; nothing is stored.
 * @throws {ChecksumMismatchError} It does not have the digests given; nothing is stored.
 * @throws {CloudError} What the target threw, with `applied` set where looking could tell.
 */
export async function uploadBody(target: UploadTarget, body: BodyInput | BodySource, options: UploadBodyOptions): Promise<PutObjectResult> {
  const { abortSignal } = options;
  const source = openBody(body, { ...options, abortSignal: undefined });
  const stopReading = (): void => void source.close(abortSignal?.reason);
  if (!source.bytes) abortSignal?.addEventListener('abort', stopReading, { once: true });
  try {
    abortSignal?.throwIfAborted();
    return await send(target, source, options);
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw error;
  } finally {
    abortSignal?.removeEventListener('abort', stopReading);
    await source.close(abortSignal?.reason);
  }
}

async function send(target: UploadTarget, source: BodySource, options: UploadBodyOptions): Promise<PutObjectResult> {
  assertFits(target, source.sizeInBytes, options);
  const plan = planParts(target, source.sizeInBytes, options.partSizeInBytes);
  const checksums = await UploadChecksums.begin(options);
  const first = await readFirst(source, plan.wholeBytes, target.multipart?.partMemory);
  const result = first.isWhole ? await putWhole(target, first.bytes, checksums, options) : await putParts({ target, multipart: partsOf(target, options), source, plan, checksums, options, firstPart: first.bytes });
  const stored = result.checksumType === 'composite' ? undefined : result.checksums;
  assertSameChecksums(options.checksums, stored, 'The service stored other bytes than were sent', { ...options.where, applied: true });
  return result;
}

/** Many programs never store a large body: the code for parts is loaded with the first. */
async function putParts(upload: PartsUpload): Promise<PutObjectResult> {
  const { uploadParts } = await import('./upload-parts.ts');
  return uploadParts(upload);
}

function assertFits({ limits, multipart }: UploadTarget, sizeInBytes: number | undefined, { where }: UploadBodyOptions): void {
  const most = multipart ? limits.maxObjectBytes : limits.maxSinglePutBytes;
  if (sizeInBytes === undefined || sizeInBytes <= most) return;
  throw new InvalidArgumentError(`The body has ${String(sizeInBytes)} bytes; at most ${String(most)} can be stored`, where);
}

function partsOf({ limits, multipart }: UploadTarget, { where }: UploadBodyOptions): MultipartTarget {
  if (multipart) return multipart;
  throw new InvalidArgumentError(`The body has more than ${String(limits.maxSinglePutBytes)} bytes, which is all that can be stored`, where);
}

interface FirstBytes {
  /** The whole body, or its first part, or nothing yet. */
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** Reads as much as goes in one request, or leaves a body that is known to be larger untouched. */
async function readFirst(source: BodySource, limit: number, partMemory = ordinaryMemory): Promise<FirstBytes> {
  const { sizeInBytes, bytes } = source;
  if (sizeInBytes !== undefined && sizeInBytes > limit) return { bytes: new Uint8Array(0), isWhole: false };
  if (bytes) return { bytes, isWhole: true };
  let buffer: Uint8Array = new Uint8Array(sizeInBytes ?? Math.min(limit, FIRST_BUFFER_BYTES));
  let filled = 0;
  for (;;) {
    filled += await source.fill(buffer.subarray(filled));
    if (filled < buffer.length || (await source.atEnd())) return { bytes: buffer.subarray(0, filled), isWhole: true };
    if (filled >= limit) return { bytes: buffer, isWhole: false };
    const larger = partMemory(Math.min(limit, buffer.length * 2));
    larger.set(buffer);
    buffer = larger;
  }
}

async function putWhole(target: UploadTarget, bytes: Uint8Array, checksums: UploadChecksums | undefined, options: UploadBodyOptions): Promise<PutObjectResult> {
  const { abortSignal, onProgress, graceInMs = 10_000 } = options;
  checksums?.update(bytes);
  const digests = checksums?.finish();
  const result = await target.put(bytes, { abortSignal, checksums: digests }).catch((error: unknown) => {
    abortSignal?.throwIfAborted();
    return settleOutcome(target, error, { sizeInBytes: bytes.length, checksums: digests, etag: () => md5Etag(bytes) }, true, graceInMs);
  });
  onProgress?.({ transferredInBytes: bytes.length, totalInBytes: bytes.length });
  return result;
}
