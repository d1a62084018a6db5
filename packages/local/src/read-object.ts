import fs from 'node:fs';
import {
  NotModifiedError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
  type ByteRange,
  type CloudErrorFields,
  type GetObjectOptions,
  type ObjectMetadata,
  type ReadConditions,
  type StoredObject,
} from '@cmx/cloud-core';
import { DownloadedObject, type BodyAnswer } from '@cmx/cloud-core/body';
import type { BucketDirectory } from './bucket-directory.ts';
import type { LocalStorageCapabilities } from './local-capabilities.ts';
import { openObject, requireObject, statObject, toObjectMetadata, type ObjectFile } from './object-file.ts';
import { NULL_VERSION, requireVersion } from './versions.ts';

/** Slices up to this size are read at once, with one synchronous call. */
const SMALL_SLICE_BYTES = 256 * 1024;
const CHUNK_BYTES = 256 * 1024;

interface Slice {
  readonly start: number;
  /** Inclusive; before `start` for an empty object. */
  readonly end: number;
}

/** The current state of a key, or the version named. @throws {NotFoundError} */
export function findState(bucket: BucketDirectory, key: string, versionId: string | undefined): ObjectFile {
  if (versionId === undefined) return requireObject(bucket, key);
  const opened = openState(bucket, key, versionId);
  fs.closeSync(opened.fd);
  return opened.object;
}

/**
 * Opens an object: small ones are read at once, large ones while their body is.
 *
 * @throws {NotFoundError} @throws {NotModifiedError} @throws {PreconditionFailedError} @throws {RangeNotSatisfiableError}
 */
export function readObject(bucket: BucketDirectory, key: string, options: GetObjectOptions<LocalStorageCapabilities>, where: CloudErrorFields): StoredObject {
  const { fd, object } = openState(bucket, key, options.versionId);
  let handedOver = false;
  try {
    assertReadConditions(object, options);
    const slice = sliceOf(object.sizeInBytes, options.range);
    const sizeInBytes = slice.end - slice.start + 1;
    const metadata: ObjectMetadata = { ...toObjectMetadata(key, object), ...options.responseHeaders };
    const isWhole = options.range === undefined;
    handedOver = sizeInBytes > SMALL_SLICE_BYTES;
    return new DownloadedObject({
      where,
      metadata,
      range: isWhole ? undefined : { ...slice, totalSizeInBytes: object.sizeInBytes },
      body: handedOver ? openSlice(fd, object, slice, isWhole) : readSmall(fd, slice.start, sizeInBytes),
      reopen: async ({ start, end = slice.end }) => reopen(bucket, key, options.versionId, { start, end }),
      verifyChecksum: options.verifyChecksum,
      abortSignal: options.abortSignal,
      onProgress: options.onProgress,
    });
  } finally {
    if (!handedOver) fs.closeSync(fd);
  }
}

export function assertReadConditions({ identity, lastModified }: ObjectFile, conditions: ReadConditions<LocalStorageCapabilities>): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const changedAt = Math.floor(lastModified.getTime() / 1000) * 1000;
  if (ifMatch !== undefined && ifMatch !== identity) throw new PreconditionFailedError('The object is not in the state that was named');
  if (ifMatch === undefined && ifUnmodifiedSince && changedAt > ifUnmodifiedSince.getTime()) throw new PreconditionFailedError('The object was changed since');
  const isKnown = ifNoneMatch === undefined ? ifModifiedSince !== undefined && changedAt <= ifModifiedSince.getTime() : ifNoneMatch === identity || ifNoneMatch === '*';
  if (isKnown) throw new NotModifiedError('The object was not changed', { details: { etag: identity } });
}

function openState(bucket: BucketDirectory, key: string, versionId: string | undefined): { fd: number; object: ObjectFile } {
  if (versionId === undefined) return openObject(bucket, key);
  const current = statObject(bucket, key);
  if (current && (current.sidecar.versionId ?? NULL_VERSION) === versionId) return openObject(bucket, key);
  const object = requireVersion(bucket, key, versionId);
  return { fd: fs.openSync(object.path, 'r'), object };
}

function sliceOf(sizeInBytes: number, range: ByteRange | undefined): Slice {
  if (range === undefined) return { start: 0, end: sizeInBytes - 1 };
  const start = 'suffix' in range ? Math.max(0, sizeInBytes - range.suffix) : range.start;
  const end = Math.min('suffix' in range ? sizeInBytes - 1 : (range.end ?? sizeInBytes - 1), sizeInBytes - 1);
  if (start >= sizeInBytes || end < start) throw new RangeNotSatisfiableError(`The range begins at byte ${String(start)} of an object of ${String(sizeInBytes)} bytes`, { details: { sizeInBytes } });
  return { start, end };
}

function readSmall(fd: number, start: number, sizeInBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeInBytes);
  let filled = 0;
  while (filled < sizeInBytes) {
    const read = fs.readSync(fd, bytes, filled, sizeInBytes - filled, start + filled);
    if (read === 0) break; // cut short by somebody else; the body's size tells
    filled += read;
  }
  return filled === sizeInBytes ? bytes : bytes.subarray(0, filled);
}

/** The rest of a body that had given its file back. The file may be another by now; its state says so. */
function reopen(bucket: BucketDirectory, key: string, versionId: string | undefined, slice: Slice): BodyAnswer {
  const { fd, object } = openState(bucket, key, versionId);
  return openSlice(fd, object, slice, false);
}

function openSlice(fd: number, { identity }: ObjectFile, { start, end }: Slice, isWhole: boolean): BodyAnswer {
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    fs.closeSync(fd);
  };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (let position = start; position <= end; ) {
        const buffer = new Uint8Array(Math.min(CHUNK_BYTES, end - position + 1));
        const read = await readAt(fd, buffer, position);
        if (read === 0) return;
        position += read;
        yield buffer.subarray(0, read);
      }
    } finally {
      await close();
    }
  }
  return { chunks: chunks(), range: isWhole ? undefined : { start, end }, etag: identity, discard: close };
}

function readAt(fd: number, buffer: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => fs.read(fd, buffer, 0, buffer.length, position, (error, read) => (error ? reject(error) : resolve(read))));
}
