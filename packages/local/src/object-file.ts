import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { NotFoundError, type ObjectMetadata } from '@cmx/cloud-core';
import { lstatAt, type BucketDirectory } from './bucket-directory.ts';
import { readSidecar, type Sidecar } from './sidecar.ts';

/** One state of one object: the file it is in and what is known of it. */
export interface ObjectFile {
  readonly path: string;
  readonly sizeInBytes: number;
  readonly lastModified: Date;
  /** Changes whenever the file is replaced or written: inode, size and time of change. Also the ETag. */
  readonly identity: string;
  readonly sidecar: Sidecar;
}

export const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** Opened without following a link, so that what was checked is what is read. */
const READ_FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0);

/**
 * Opens an object's file for reading, with the state it has: both belong to each other even while the object is replaced.
 *
 * @throws {NotFoundError} There is no such object.
 */
export function openObject(bucket: BucketDirectory, key: string): { fd: number; object: ObjectFile } {
  const path = bucket.locate(key);
  bucket.assertInside(dirname(path));
  if (!lstatAt(path)?.isFile()) throw missing(key);
  const fd = fs.openSync(path, READ_FLAGS);
  try {
    const stat = fs.fstatSync(fd, { bigint: true });
    if (!stat.isFile()) throw missing(key);
    return { fd, object: describeFile(bucket, key, path, stat) };
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/** The state of an object, or `undefined` when there is none. */
export function statObject(bucket: BucketDirectory, key: string): ObjectFile | undefined {
  const path = bucket.locate(key);
  bucket.assertInside(dirname(path));
  const stat = lstatAt(path);
  return stat?.isFile() ? describeFile(bucket, key, path, stat) : undefined;
}

/** @throws {NotFoundError} There is no such object. */
export function requireObject(bucket: BucketDirectory, key: string): ObjectFile {
  const object = statObject(bucket, key);
  if (!object) throw missing(key);
  return object;
}

/** The identity of a file: what names its sidecar, and what its ETag is. */
export function identityOf(stat: fs.BigIntStats): string {
  return `${stat.ino.toString(36)}-${stat.size.toString(36)}-${stat.mtimeNs.toString(36)}`;
}

/** A new name in the bucket's temporary area, its directory made. */
export function temporaryPath(bucket: BucketDirectory): string {
  const path = bucket.systemPath('tmp', randomUUID());
  bucket.makeDirectoryFor(path);
  return path;
}

export function toObjectMetadata(key: string, { sizeInBytes, lastModified, identity, sidecar }: ObjectFile): ObjectMetadata {
  return {
    key,
    sizeInBytes,
    etag: identity,
    lastModified,
    versionId: sidecar.versionId,
    contentType: sidecar.contentType ?? DEFAULT_CONTENT_TYPE,
    contentEncoding: sidecar.contentEncoding,
    contentLanguage: sidecar.contentLanguage,
    contentDisposition: sidecar.contentDisposition,
    cacheControl: sidecar.cacheControl,
    expires: sidecar.expires === undefined ? undefined : new Date(sidecar.expires),
    metadata: sidecar.metadata ?? {},
    storageClass: sidecar.storageClass,
    checksums: sidecar.checksums,
    checksumType: sidecar.checksumType,
    tagCount: sidecar.tags ? Object.keys(sidecar.tags).length : undefined,
  };
}

function describeFile(bucket: BucketDirectory, key: string, path: string, stat: fs.BigIntStats): ObjectFile {
  const identity = identityOf(stat);
  return {
    path,
    sizeInBytes: Number(stat.size),
    lastModified: new Date(Number(stat.mtimeNs / 1_000_000n)),
    identity,
    sidecar: readSidecar(bucket, key, identity),
  };
}

function missing(key: string): NotFoundError {
  return new NotFoundError('The object does not exist', { resource: { type: 'object', name: key } });
}

