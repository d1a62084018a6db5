import fs from 'node:fs';
import {
  ChecksumMismatchError,
  createChecksum,
  type BodyInput,
  type Checksum,
  type ChecksumAlgorithm,
  type Checksums,
  type CloudErrorFields,
  type ProgressListener,
} from '@cmx/cloud-core';
import { bytesOf, openBody, type BodySource } from '@cmx/cloud-core/body';
import type { BucketDirectory } from './bucket-directory.ts';
import { temporaryPath } from './object-file.ts';

export interface WriteBodyOptions {
  readonly sizeInBytes?: number | undefined;
  /** Compute and return this checksum. */
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  /** Digests the bytes must have. */
  readonly checksums?: Checksums | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly durable: boolean;
  readonly where: CloudErrorFields;
}

export interface WrittenBody {
  /** The temporary file that holds all of the body, closed and, when asked for, flushed. */
  readonly path: string;
  readonly checksums: Checksums | undefined;
}

/** Bodies up to this size are written with synchronous calls: a third of the cost of asynchronous ones. */
const SMALL_BODY_BYTES = 256 * 1024;
const BUFFER_BYTES = 1024 * 1024;

/**
 * Writes a body to a new temporary file. On any failure the file is gone and the source closed.
 *
 * @throws {ChecksumMismatchError} The bytes do not have the digests given.
 */
export async function writeBody(bucket: BucketDirectory, body: BodyInput | BodySource, options: WriteBodyOptions): Promise<WrittenBody> {
  const source = openBody(body, options);
  const sums = await startChecksums(options);
  const path = temporaryPath(bucket);
  try {
    const bytes = bytesOf(source.bytes);
    if (bytes && bytes.length <= SMALL_BODY_BYTES) await writeSmall(path, bytes, sums, options);
    else await writeStream(path, source, sums, options);
    return { path, checksums: finishChecksums(sums, options) };
  } catch (error) {
    fs.rmSync(path, { force: true });
    await source.close(error);
    throw error;
  }
}

async function writeSmall(path: string, bytes: Uint8Array, sums: Sums, { durable, onProgress }: WriteBodyOptions): Promise<void> {
  for (const sum of sums.values()) sum.update(bytes);
  const fd = fs.openSync(path, 'wx', 0o666);
  try {
    for (let written = 0; written < bytes.length; ) written += fs.writeSync(fd, bytes, written);
    if (durable) await new Promise<void>((resolve, reject) => fs.fsync(fd, (error) => (error ? reject(error) : resolve())));
  } finally {
    fs.closeSync(fd);
  }
  onProgress?.({ transferredInBytes: bytes.length, totalInBytes: bytes.length });
}

async function writeStream(path: string, source: BodySource, sums: Sums, { durable, onProgress, abortSignal }: WriteBodyOptions): Promise<void> {
  await using handle = await fs.promises.open(path, 'wx', 0o666);
  const buffer = new Uint8Array(BUFFER_BYTES);
  let position = 0;
  for (;;) {
    const filled = await source.fill(buffer);
    abortSignal?.throwIfAborted();
    if (filled === 0 && (await source.atEnd())) break;
    const chunk = buffer.subarray(0, filled);
    for (const sum of sums.values()) sum.update(chunk);
    for (let written = 0; written < filled; ) written += (await handle.write(chunk, written, filled - written, position + written)).bytesWritten;
    position += filled;
    onProgress?.({ transferredInBytes: position, totalInBytes: source.sizeInBytes });
  }
  if (durable) await handle.sync();
  await source.close();
}

type Sums = ReadonlyMap<ChecksumAlgorithm, Checksum>;

async function startChecksums({ checksumAlgorithm, checksums, where }: WriteBodyOptions): Promise<Sums> {
  const sums = new Map<ChecksumAlgorithm, Checksum>();
  for (const algorithm of new Set([...(Object.keys(checksums ?? {}) as ChecksumAlgorithm[]), ...(checksumAlgorithm ? [checksumAlgorithm] : [])])) {
    sums.set(algorithm, await createChecksum(algorithm, where));
  }
  return sums;
}

function finishChecksums(sums: Sums, { checksums, where }: WriteBodyOptions): Checksums | undefined {
  if (sums.size === 0) return undefined;
  const digests = Object.fromEntries(Array.from(sums, ([algorithm, sum]) => [algorithm, sum.digest()])) as Checksums;
  for (const [algorithm, expected] of Object.entries(checksums ?? {})) {
    if (digests[algorithm as ChecksumAlgorithm] !== expected) throw new ChecksumMismatchError(`The body's ${algorithm} is not the one given; nothing was stored`, { ...where, applied: false });
  }
  return digests;
}
