import { checksumOf, compositeChecksum, type ChecksumAlgorithm, type Checksums, type ChecksumType } from '../body/checksum.ts';
import { concatenate } from '../body/concatenate.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { InvalidArgumentError, NotFoundError } from '../errors/errors.ts';
import type { CompleteMultipartUploadOptions, CreateMultipartUploadOptions, UploadedPart, UploadPartOptions } from '../storage/models.ts';
import { assertSameChecksums } from '../transfer/upload-checksums.ts';
import type { MemoryBucket } from './memory-bucket.ts';
import { MEMORY_STORAGE_CAPABILITIES } from './memory-capabilities.ts';
import type { MemoryStore } from './memory-store.ts';
import { toAttributes, type ObjectAttributes, type ObjectContent, type StoredRecord } from './object-record.ts';

/** An upload in parts that is not finished. */
export interface MemoryUpload {
  readonly uploadId: string;
  readonly key: string;
  readonly startedAt: Date;
  readonly attributes: ObjectAttributes;
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: ChecksumType | undefined;
  readonly parts: Map<number, MemoryPart>;
}

interface MemoryPart {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly checksums: Checksums | undefined;
}

/** @throws {NotFoundError} There is none, or it is another key's. */
export function findUpload(bucket: MemoryBucket, key: string, uploadId: string): MemoryUpload {
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key !== key) throw new NotFoundError('There is no such upload: it was completed or aborted', { resource: { type: 'upload', name: uploadId } });
  return upload;
}

/** Begins an upload: what the object will be like is settled now. */
export function beginUpload(store: MemoryStore, bucket: MemoryBucket, key: string, options: CreateMultipartUploadOptions): MemoryUpload {
  const { checksumAlgorithm, checksumType } = options;
  const upload = { uploadId: store.newToken(), key, startedAt: store.now(), attributes: toAttributes(options), checksumAlgorithm, checksumType, parts: new Map<number, MemoryPart>() };
  bucket.uploads.set(upload.uploadId, upload);
  return upload;
}

/** Keeps a copy of a part, replacing an earlier one of its number. @throws {ChecksumMismatchError} */
export async function keepPart(store: MemoryStore, upload: MemoryUpload, partNumber: number, body: Uint8Array, options: UploadPartOptions, where: CloudErrorFields): Promise<UploadedPart> {
  const bytes = body.slice();
  const checksums = await digestsOf(bytes, [...namesOf(options.checksums), options.checksumAlgorithm, upload.checksumAlgorithm], where);
  assertSameChecksums(options.checksums, checksums, 'The part does not have the digest that was given', where);
  const etag = store.newToken();
  store.account(bytes.length - (upload.parts.get(partNumber)?.bytes.length ?? 0));
  upload.parts.set(partNumber, { bytes, etag, checksums });
  return { partNumber, etag, sizeInBytes: bytes.length, checksums };
}

/** Forgets an upload and its parts. */
export function dropUpload(store: MemoryStore, bucket: MemoryBucket, upload: MemoryUpload): void {
  if (bucket.uploads.delete(upload.uploadId)) store.account(-sizeOf(upload));
}

/** Makes the object of the named parts; when that fails the upload stays as it was. */
export async function completeUpload(store: MemoryStore, bucket: MemoryBucket, upload: MemoryUpload, parts: readonly UploadedPart[], options: CompleteMultipartUploadOptions, where: CloudErrorFields): Promise<StoredRecord> {
  bucket.assertConditions(upload.key, options);
  const content = await assemble(upload, parts, store.newToken(), options, where);
  findUpload(bucket, upload.key, upload.uploadId);
  // The parts make room for what is made of them.
  store.account(-sizeOf(upload));
  try {
    const record = bucket.put(upload.key, content, options);
    bucket.uploads.delete(upload.uploadId);
    return record;
  } catch (error) {
    store.account(sizeOf(upload));
    throw error;
  }
}

/** The parts that were sent, by number. */
export function listParts(upload: MemoryUpload): UploadedPart[] {
  const byNumber = [...upload.parts].sort(([a], [b]) => a - b);
  return byNumber.map(([partNumber, { bytes, etag, checksums }]) => ({ partNumber, etag, sizeInBytes: bytes.length, checksums }));
}

/** Puts the named parts together. @throws {InvalidArgumentError} One is missing, another than was named, or too small. */
async function assemble(upload: MemoryUpload, named: readonly UploadedPart[], token: string, options: CompleteMultipartUploadOptions, where: CloudErrorFields): Promise<ObjectContent> {
  const parts = named.map(({ partNumber, etag }, index) => findPart(upload, partNumber, etag, index === named.length - 1, where));
  const bytes = concatenate(parts.map((part) => part.bytes));
  const object = { bytes, etag: `${token}-${String(parts.length)}`, attributes: upload.attributes };
  const { checksumAlgorithm, checksumType = options.checksumType } = upload;
  const isComposite = checksumAlgorithm !== undefined && checksumType === 'composite';
  const whole = await digestsOf(bytes, [...namesOf(options.checksums), isComposite ? undefined : checksumAlgorithm], where);
  assertSameChecksums(options.checksums, whole, 'The object does not have the digest that was given', where);
  if (!isComposite) return { ...object, checksums: whole, checksumType: whole && 'full_object' };
  const digests = parts.map((part) => part.checksums?.[checksumAlgorithm] ?? '');
  return { ...object, checksums: { [checksumAlgorithm]: await compositeChecksum(checksumAlgorithm, digests) }, checksumType: 'composite' };
}

function findPart(upload: MemoryUpload, partNumber: number, etag: string, isLast: boolean, where: CloudErrorFields): MemoryPart {
  const part = upload.parts.get(partNumber);
  if (part?.etag !== etag) throw new InvalidArgumentError(`Part ${String(partNumber)} was not sent, or is another one than was named`, { ...where, phase: 'response' });
  const { minPartBytes } = MEMORY_STORAGE_CAPABILITIES.limits;
  if (isLast || part.bytes.length >= minPartBytes) return part;
  throw new InvalidArgumentError(`Part ${String(partNumber)} has ${String(part.bytes.length)} bytes; all but the last need ${String(minPartBytes)}`, { ...where, phase: 'response' });
}

async function digestsOf(bytes: Uint8Array, algorithms: readonly (ChecksumAlgorithm | undefined)[], where: CloudErrorFields): Promise<Checksums | undefined> {
  const digests: [ChecksumAlgorithm, string][] = [];
  for (const algorithm of new Set(algorithms)) if (algorithm !== undefined) digests.push([algorithm, await checksumOf(algorithm, bytes, where)]);
  return digests.length > 0 ? Object.fromEntries(digests) : undefined;
}

function namesOf(checksums: Checksums = {}): ChecksumAlgorithm[] {
  return Object.keys(checksums) as ChecksumAlgorithm[];
}

function sizeOf({ parts }: MemoryUpload): number {
  let size = 0;
  for (const { bytes } of parts.values()) size += bytes.length;
  return size;
}
