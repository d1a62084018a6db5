import { checksumOf } from '../body/checksum.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { PreconditionFailedError, RangeNotSatisfiableError } from '../errors/errors.ts';
import type { CopyObjectOptions, CopyPartOptions, ObjectReference, PutObjectResult, UploadedPart } from '../storage/models.ts';
import type { MemoryStore } from './memory-store.ts';
import { keepPart, type MemoryUpload } from './memory-uploads.ts';
import { hasNewAttributes, toAttributes, toPutResult, type StoredRecord } from './object-record.ts';

/** Copies one state of an object to another name, or over itself with other metadata. */
export async function copyObject(store: MemoryStore, source: ObjectReference, target: ObjectReference, options: CopyObjectOptions, where: CloudErrorFields): Promise<PutObjectResult> {
  const { content } = findSource(store, source, options.sourceIfMatch);
  const bucket = store.bucket(target.bucket);
  const { checksumAlgorithm, metadataDirective = hasNewAttributes(options) ? 'replace' : 'copy' } = options;
  const kept = content.attributes;
  const attributes = {
    ...(metadataDirective === 'copy' ? kept : toAttributes(options)),
    tags: options.tags ? { ...options.tags } : kept.tags,
    storageClass: options.storageClass,
  };
  const computed = checksumAlgorithm && ({ checksums: { [checksumAlgorithm]: await checksumOf(checksumAlgorithm, content.bytes, where) }, checksumType: 'full_object' } as const);
  const record = bucket.put(target.key, { ...content, ...computed, etag: store.newToken(), attributes }, options);
  options.onProgress?.({ transferredInBytes: content.bytes.length, totalInBytes: content.bytes.length });
  return toPutResult(record);
}

/** Makes a part of an upload from a slice of an object. */
export function copyPart(store: MemoryStore, source: ObjectReference, upload: MemoryUpload, partNumber: number, { range, sourceIfMatch }: CopyPartOptions, where: CloudErrorFields): Promise<UploadedPart> {
  const { bytes } = findSource(store, source, sourceIfMatch).content;
  if (range && range.end >= bytes.length) throw new RangeNotSatisfiableError(`The range ends at byte ${String(range.end)} of ${String(bytes.length)}`);
  return keepPart(store, upload, partNumber, range ? bytes.subarray(range.start, range.end + 1) : bytes, {}, where);
}

function findSource(store: MemoryStore, { bucket, key, versionId }: ObjectReference, sourceIfMatch: string | undefined): StoredRecord {
  const record = store.bucket(bucket).find(key, versionId);
  if (sourceIfMatch !== undefined && record.content.etag !== sourceIfMatch) throw new PreconditionFailedError('The source is in another state');
  return record;
}
