import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Checksums, ChecksumType, StoreOptions } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { errnoOf } from './local-errors.ts';

/** What a file cannot say of the object it holds. Objects that need none of it have no sidecar. */
export interface Sidecar {
  readonly key: string;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly cacheControl?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expires?: number | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly storageClass?: string | undefined;
  readonly checksums?: Checksums | undefined;
  readonly checksumType?: ChecksumType | undefined;
  readonly versionId?: string | undefined;
}

/** What a caller wants kept with the bytes. */
export function sidecarOf(key: string, options: StoreOptions, checksums: Checksums | undefined): Sidecar {
  const { contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl, expires, metadata, tags } = options;
  return {
    key,
    contentType,
    contentEncoding,
    contentLanguage,
    contentDisposition,
    cacheControl,
    expires: expires?.getTime(),
    metadata: metadata && lowerCaseNames(metadata),
    tags: tags && Object.keys(tags).length > 0 ? tags : undefined,
    checksums,
    checksumType: checksums && 'full_object',
  };
}

function lowerCaseNames(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Sidecars are named by key and by the identity of the file they describe (inode, size, time), so one appears and goes with
 * its file: a replaced or foreign-edited file never wears the old one's metadata. Nobody looks for this one before its file is there.
 */
export function writeSidecar(bucket: BucketDirectory, identity: string, sidecar: Sidecar): void {
  if (!hasContent(sidecar)) return;
  const file = sidecarPath(bucket, sidecar.key, identity);
  bucket.makeDirectoryFor(file);
  fs.writeFileSync(file, JSON.stringify(sidecar), { mode: 0o600 });
}

export function readSidecar(bucket: BucketDirectory, key: string, identity: string): Sidecar {
  const file = sidecarPath(bucket, key, identity);
  if (!fs.existsSync(file)) return { key };
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Sidecar;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { key };
    throw error;
  }
}

export function removeSidecar(bucket: BucketDirectory, key: string, identity: string): void {
  const file = sidecarPath(bucket, key, identity);
  if (!fs.existsSync(file)) return;
  fs.rmSync(file, { force: true });
  bucket.pruneEmpty(file);
}

function hasContent({ key: _key, ...rest }: Sidecar): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

function sidecarPath(bucket: BucketDirectory, key: string, identity: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 40);
  return bucket.systemPath('meta', hash.slice(0, 2), `${hash}.${identity}.json`);
}

/** Replaces the sidecar of a state that stays, at once: readers see the old one or the new one. */
export function updateSidecar(bucket: BucketDirectory, identity: string, sidecar: Sidecar): void {
  if (!hasContent(sidecar)) return removeSidecar(bucket, sidecar.key, identity);
  const temporary = bucket.systemPath('tmp', randomUUID());
  bucket.makeDirectoryFor(temporary);
  fs.writeFileSync(temporary, JSON.stringify(sidecar), { flag: 'wx', mode: 0o600 });
  const file = sidecarPath(bucket, sidecar.key, identity);
  bucket.makeDirectoryFor(file);
  fs.renameSync(temporary, file);
}
