import type { Checksums, ChecksumType } from '../body/checksum.ts';
import type { ContentHeaders, ObjectMetadata, ObjectVersion, PutObjectResult } from '../storage/models.ts';

/** What is kept with the bytes of an object. */
export interface ObjectAttributes extends ContentHeaders {
  /** Names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string | undefined;
}

/** One state of an object, or its deletion. Never changed, but for its tags. */
export interface ObjectRecord {
  readonly key: string;
  /** `'null'` for the one state of an unversioned object, as S3 calls it. */
  readonly versionId: string;
  /** Ascending in time: where lists of versions go on, whatever was deleted meanwhile. */
  readonly sequence: number;
  readonly lastModified: Date;
  /** Absent in a delete marker. */
  readonly content?: ObjectContent | undefined;
}

export interface ObjectContent {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly checksums: Checksums | undefined;
  readonly checksumType: ChecksumType | undefined;
  attributes: ObjectAttributes;
}

/** A record with bytes. */
export type StoredRecord = ObjectRecord & { readonly content: ObjectContent };

/** The id of the state an unversioned object has. */
export const NULL_VERSION = 'null';

const CONTENT_HEADERS = ['contentType', 'contentEncoding', 'contentLanguage', 'contentDisposition', 'cacheControl', 'expires'] as const;

/** The options of a write that are kept. */
export type AttributeOptions = ContentHeaders & {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly storageClass?: string | undefined;
};

const NOTHING: Readonly<Record<string, string>> = Object.freeze({});

export function toAttributes(options: AttributeOptions): ObjectAttributes {
  const { contentType = 'application/octet-stream', contentEncoding, contentLanguage, contentDisposition, cacheControl, expires, metadata, tags, storageClass } = options;
  return {
    contentType,
    contentEncoding,
    contentLanguage,
    contentDisposition,
    cacheControl,
    expires,
    metadata: metadata ? Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value])) : NOTHING,
    tags: tags ? { ...tags } : NOTHING,
    storageClass,
  };
}

/** Whether a write says anything about content headers or metadata. */
export function hasNewAttributes(options: AttributeOptions): boolean {
  return options.metadata !== undefined || CONTENT_HEADERS.some((name) => options[name] !== undefined);
}

export function toMetadata({ key, versionId, lastModified, content }: StoredRecord, overrides: ContentHeaders = {}): ObjectMetadata {
  const { bytes, etag, checksums, checksumType, attributes } = content;
  const { tags, metadata, ...rest } = attributes;
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return {
    key,
    sizeInBytes: bytes.length,
    etag,
    lastModified,
    versionId: idOf(versionId),
    ...rest,
    ...given,
    metadata: { ...metadata },
    checksums,
    checksumType,
    tagCount: Object.keys(tags).length,
  };
}

export function toVersion({ key, versionId, lastModified, content }: ObjectRecord, isLatest: boolean): ObjectVersion {
  return { key, versionId, isLatest, isDeleteMarker: content === undefined, sizeInBytes: content?.bytes.length ?? 0, etag: content?.etag, lastModified };
}

export function toPutResult({ versionId, content }: StoredRecord): PutObjectResult {
  const { bytes, etag, checksums, checksumType } = content;
  return { etag, sizeInBytes: bytes.length, versionId: idOf(versionId), checksums, checksumType };
}

/** Results name only versions that are kept as such. */
export function idOf(versionId: string): string | undefined {
  return versionId === NULL_VERSION ? undefined : versionId;
}
