import { randomBytes } from 'node:crypto';
import type { ChecksumName } from './digests.ts';
import { noSuchUpload, S3Failure } from './failure.ts';

/** One state of an object: the current one, or a kept version. */
export interface StoredVersion {
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
  /** Content headers, metadata, storage class, encryption: everything sent back as it came. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  readonly customerKeyMd5: string | undefined;
  tags: Readonly<Record<string, string>>;
}

export type NewVersion = Omit<StoredVersion, 'versionId' | 'lastModified' | 'isDeleteMarker'>;

export interface StoredPart {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly checksumAlgorithm: ChecksumName | undefined;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  readonly customerKeyMd5: string | undefined;
  readonly parts: Map<number, StoredPart>;
}

/** A bucket in memory. */
export class StoredBucket {
  readonly name: string;
  readonly createdAt: Date;
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** Newest version first. */
  readonly objects = new Map<string, StoredVersion[]>();
  readonly uploads = new Map<string, Upload>();
  readonly #now: () => number;

  constructor(name: string, now: () => number) {
    this.name = name;
    this.#now = now;
    this.createdAt = new Date(now());
  }

  /** Keys in the order of their bytes. */
  get keys(): string[] {
    return [...this.objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  /** The version asked for, or the current one; a delete marker counts as a version. */
  find(key: string, versionId: string | undefined): StoredVersion | undefined {
    const versions = this.objects.get(key);
    return versionId === undefined ? versions?.[0] : versions?.find((version) => version.versionId === versionId);
  }

  /** The current object, if it is one. */
  current(key: string): StoredVersion | undefined {
    const version = this.find(key, undefined);
    return version?.isDeleteMarker ? undefined : version;
  }

  put(key: string, version: NewVersion): StoredVersion {
    return this.#add(key, { ...version, versionId: this.#newVersionId(), isDeleteMarker: false, lastModified: this.#time() });
  }

  /** Deletes the current state: a marker where versions are kept. */
  delete(key: string): StoredVersion | undefined {
    if (this.versioning === undefined) {
      this.objects.delete(key);
      return undefined;
    }
    const marker = { bytes: new Uint8Array(), etag: '', headers: {}, checksums: {}, checksumType: undefined, customerKeyMd5: undefined, tags: {} };
    return this.#add(key, { ...marker, versionId: this.#newVersionId(), isDeleteMarker: true, lastModified: this.#time() });
  }

  deleteVersion(key: string, versionId: string): StoredVersion | undefined {
    const version = this.find(key, versionId);
    const rest = (this.objects.get(key) ?? []).filter((other) => other !== version);
    if (rest.length === 0) this.objects.delete(key);
    else this.objects.set(key, rest);
    return version;
  }

  upload(key: string, uploadId: string): Upload {
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) throw noSuchUpload();
    return upload;
  }

  startUpload(upload: Omit<Upload, 'id' | 'startedAt' | 'parts'>): Upload {
    const started: Upload = { ...upload, id: randomBytes(16).toString('hex'), startedAt: this.#time(), parts: new Map() };
    this.uploads.set(started.id, started);
    return started;
  }

  #add(key: string, version: StoredVersion): StoredVersion {
    const older = (this.objects.get(key) ?? []).filter((other) => other.versionId !== version.versionId);
    this.objects.set(key, [version, ...older]);
    return version;
  }

  #newVersionId(): string {
    return this.versioning === 'Enabled' ? randomBytes(16).toString('base64url') : 'null';
  }

  /** S3 keeps times to the second. */
  #time(): Date {
    return new Date(Math.floor(this.#now() / 1000) * 1000);
  }
}

/** Where copies read: refuses missing buckets, keys and markers. */
export function requireVersion(bucket: StoredBucket, key: string, versionId: string | undefined): StoredVersion {
  const version = bucket.find(key, versionId);
  if (version === undefined) throw versionId === undefined ? new S3Failure(404, 'NoSuchKey', 'The specified key does not exist.', { elements: { Key: key } }) : new S3Failure(404, 'NoSuchVersion', 'The specified version does not exist.');
  if (!version.isDeleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId !== undefined) throw new S3Failure(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', { headers });
  throw new S3Failure(404, 'NoSuchKey', 'The specified key does not exist.', { headers, elements: { Key: key } });
}
