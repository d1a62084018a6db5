import { randomBytes } from 'node:crypto';
import type { ChecksumName } from './digests.ts';
import { methodNotAllowed, noSuchKey, noSuchUpload, S3Failure } from './failure.ts';

/** One state of an object: the current one, or a kept version. */
export interface S3ServiceVersion {
  /** `null`, in letters, where the bucket keeps no versions. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly bytes: Uint8Array;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Content headers, metadata, storage class, encryption: everything sent back as it came. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** An upload in parts that is neither completed nor aborted. */
export interface S3ServiceUpload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: Date;
  /** By number. */
  readonly parts: ReadonlyMap<number, { readonly bytes: Uint8Array; readonly etag: string }>;
}

/** A bucket as it is kept. */
export interface S3ServiceBucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: Date;
  /** `undefined` until it was set. */
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  /** By key; the newest version first. */
  readonly objects: ReadonlyMap<string, readonly S3ServiceVersion[]>;
  /** Unfinished uploads by id. May be changed, to stage what others left behind. */
  readonly uploads: Map<string, S3ServiceUpload>;
  /** Documents as they were put, by subresource: `lifecycle`, `cors`, `policy`. May be changed, to stage what others put. */
  readonly configurations: Map<string, string>;
}

export interface StoredVersion extends S3ServiceVersion {
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  readonly customerKeyMd5: string | undefined;
  tags: Readonly<Record<string, string>>;
  /** Grants, retention and hold, by subresource. */
  readonly configurations: Map<string, string>;
}

export type NewVersion = Omit<StoredVersion, 'versionId' | 'lastModified' | 'isDeleteMarker' | 'configurations'>;

export interface StoredPart {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
}

export interface Upload extends S3ServiceUpload {
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly checksumAlgorithm: ChecksumName | undefined;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  readonly customerKeyMd5: string | undefined;
  readonly parts: Map<number, StoredPart>;
}

/** A bucket in memory. */
export class Bucket implements S3ServiceBucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: Date;
  versioning: 'Enabled' | 'Suspended' | undefined;
  readonly objects = new Map<string, StoredVersion[]>();
  readonly uploads = new Map<string, Upload>();
  readonly configurations = new Map<string, string>();
  readonly #now: () => number;

  constructor(name: string, region: string, now: () => number) {
    this.name = name;
    this.region = region;
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
    return this.#add(key, { ...version, versionId: this.#newVersionId(), isDeleteMarker: false, lastModified: this.#time(), configurations: new Map() });
  }

  /** Deletes the current state: a marker where versions are kept. */
  delete(key: string): StoredVersion | undefined {
    if (this.versioning === undefined) {
      this.objects.delete(key);
      return undefined;
    }
    const marker = { bytes: new Uint8Array(), etag: '', headers: {}, checksums: {}, checksumType: undefined, customerKeyMd5: undefined, tags: {} };
    return this.#add(key, { ...marker, versionId: this.#newVersionId(), isDeleteMarker: true, lastModified: this.#time(), configurations: new Map() });
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
export function requireVersion(bucket: Bucket, key: string, versionId: string | undefined): StoredVersion {
  const version = bucket.find(key, versionId);
  if (version === undefined) throw versionId === undefined ? noSuchKey(key) : new S3Failure(404, 'NoSuchVersion', 'The specified version does not exist.');
  if (!version.isDeleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId !== undefined) throw methodNotAllowed(headers);
  throw noSuchKey(key, headers);
}
