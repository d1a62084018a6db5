import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { CloudError, InvalidArgumentError, type Checksums, type MultipartUpload, type UploadedPart } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { breathe } from './listing.ts';
import { identityOf } from './object-file.ts';
import type { Sidecar } from './sidecar.ts';
import { compareKeys } from './walk.ts';
import { writeBody, type WriteBodyOptions, type WrittenBody } from './write-body.ts';

/** An upload under way: one directory with what the object will be and a file a part. */
export interface UploadState {
  readonly uploadId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly sidecar: Sidecar;
}

export function startUpload(bucket: BucketDirectory, sidecar: Sidecar): UploadState {
  const state: UploadState = { uploadId: randomUUID(), startedAt: Date.now(), sidecar };
  const file = stateFile(bucket, state.uploadId);
  bucket.makeDirectoryFor(file);
  fs.writeFileSync(file, JSON.stringify(state), { flag: 'wx', mode: 0o600 });
  return state;
}

/** @throws {CloudError} `not_found`: no such upload of this key, or it is over. */
export function requireUpload(bucket: BucketDirectory, key: string, uploadId: string): UploadState {
  const file = /^[\w-]{1,64}$/.test(uploadId) ? stateFile(bucket, uploadId) : undefined;
  const state = file !== undefined && fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as UploadState) : undefined;
  if (state?.sidecar.key !== key) throw new CloudError('not_found', 'There is no such upload', { vendorCode: 'NoSuchUpload', applied: false });
  return state;
}

/** Makes a complete temporary file a part; a part of the same number is replaced. */
export function keepPart(bucket: BucketDirectory, uploadId: string, partNumber: number, { path: temporary, checksums }: WrittenBody): UploadedPart {
  const file = partFile(bucket, uploadId, partNumber, 'data');
  fs.rmSync(partFile(bucket, uploadId, partNumber, 'json'), { force: true });
  fs.renameSync(temporary, file);
  if (checksums) fs.writeFileSync(partFile(bucket, uploadId, partNumber, 'json'), JSON.stringify(checksums));
  return describePart(bucket, uploadId, partNumber);
}

export function* listParts(bucket: BucketDirectory, uploadId: string): Generator<UploadedPart, void, undefined> {
  const names = fs.readdirSync(bucket.systemPath('uploads', uploadId)).filter((name) => /^\d{5}\.data$/.test(name));
  for (const name of names.sort()) yield describePart(bucket, uploadId, Number.parseInt(name, 10));
}

function describePart(bucket: BucketDirectory, uploadId: string, partNumber: number): UploadedPart {
  const stat = fs.lstatSync(partFile(bucket, uploadId, partNumber, 'data'), { bigint: true });
  const sums = partFile(bucket, uploadId, partNumber, 'json');
  const checksums = fs.existsSync(sums) ? (JSON.parse(fs.readFileSync(sums, 'utf8')) as Checksums) : undefined;
  return { partNumber, etag: identityOf(stat), sizeInBytes: Number(stat.size), checksums };
}

export function listUploads(bucket: BucketDirectory, prefix: string): MultipartUpload[] {
  const directory = bucket.systemPath('uploads');
  if (!fs.existsSync(directory)) return [];
  const states = fs.readdirSync(directory).flatMap((uploadId) => {
    const file = stateFile(bucket, uploadId);
    return fs.existsSync(file) ? [JSON.parse(fs.readFileSync(file, 'utf8')) as UploadState] : [];
  });
  return states
    .filter(({ sidecar }) => sidecar.key.startsWith(prefix))
    .sort((a, b) => compareKeys(a.sidecar.key, b.sidecar.key) || a.startedAt - b.startedAt)
    .map(({ uploadId, startedAt, sidecar }) => ({ key: sidecar.key, uploadId, startedAt: new Date(startedAt) }));
}

/**
 * Puts the parts together in a temporary file. The parts stay, so that a completion that fails can be repeated.
 *
 * @throws {InvalidArgumentError} A part is missing, is another than the one named, or out of order.
 * @throws {ChecksumMismatchError} The whole does not have the digests given.
 */
export async function assemble(bucket: BucketDirectory, uploadId: string, parts: readonly UploadedPart[], options: WriteBodyOptions): Promise<WrittenBody> {
  assertParts(new Map([...listParts(bucket, uploadId)].map((part) => [part.partNumber, part])), parts);
  return writeBody(bucket, readParts(bucket, uploadId, parts), options);
}

/** Parts up to this size are read with one synchronous call: an upload may have ten thousand. */
const SMALL_PART_BYTES = 1024 * 1024;

async function* readParts(bucket: BucketDirectory, uploadId: string, parts: readonly UploadedPart[]): AsyncGenerator<Uint8Array> {
  for (const { partNumber, sizeInBytes } of parts) {
    const file = partFile(bucket, uploadId, partNumber, 'data');
    if (sizeInBytes <= SMALL_PART_BYTES) yield fs.readFileSync(file);
    else yield* fs.createReadStream(file, { highWaterMark: SMALL_PART_BYTES }) as AsyncIterable<Uint8Array>;
    await breathe();
  }
}

export function removeUpload(bucket: BucketDirectory, uploadId: string): void {
  fs.rmSync(bucket.systemPath('uploads', uploadId), { recursive: true, force: true });
}

function assertParts(stored: ReadonlyMap<number, UploadedPart>, parts: readonly UploadedPart[]): void {
  if (parts.length === 0) throw new InvalidArgumentError('An upload needs at least one part', { vendorCode: 'InvalidRequest' });
  parts.forEach(({ partNumber, etag }, index) => {
    if (index > 0 && partNumber <= (parts[index - 1]?.partNumber ?? 0)) throw new InvalidArgumentError('Parts must be in ascending order', { vendorCode: 'InvalidPartOrder' });
    if (stored.get(partNumber)?.etag !== etag) throw new InvalidArgumentError(`Part ${partNumber} was not uploaded, or is not the one named`, { vendorCode: 'InvalidPart' });
  });
}

function stateFile(bucket: BucketDirectory, uploadId: string): string {
  return bucket.systemPath('uploads', uploadId, 'upload.json');
}

function partFile(bucket: BucketDirectory, uploadId: string, partNumber: number, kind: 'data' | 'json'): string {
  return bucket.systemPath('uploads', uploadId, `${String(partNumber).padStart(5, '0')}.${kind}`);
}
