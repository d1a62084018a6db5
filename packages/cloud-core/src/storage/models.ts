import type { Checksums, ChecksumAlgorithm, ChecksumType } from '../body/checksum.ts';
import type { ReadableBody } from '../body/types.ts';
import type { CloudError } from '../errors/cloud-error.ts';
import type { CallOptions } from '../models/call-options.ts';
import type { StorageCapabilities, Supported } from './capabilities.ts';

/** A bucket (Azure and Swift: container). */
export interface Bucket {
  readonly name: string;
  readonly createdAt?: Date | undefined;
  readonly region?: string | undefined;
}

/** Which object: `versionId` names a kept version instead of the current one. */
export interface ObjectReference {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** Headers stored with an object and sent back with it. */
export interface ContentHeaders {
  /** MIME type with parameters, kept to the letter. Default on upload: by the key's ending for `uploadFile`, else `application/octet-stream`. */
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly expires?: Date | undefined;
}

/** Everything known of an object without its bytes. */
export interface ObjectMetadata extends ContentHeaders {
  readonly key: string;
  readonly sizeInBytes: number;
  /** Opaque token of this state of the object, without quotes: what `ifMatch` and `ifNoneMatch` take. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly versionId?: string | undefined;
  /** User metadata; names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass?: string | undefined;
  readonly checksums?: Checksums | undefined;
  readonly checksumType?: ChecksumType | undefined;
  /** `AES256`, `aws:kms`, and what else the service calls its encryption at rest. */
  readonly serverSideEncryption?: string | undefined;
  readonly tagCount?: number | undefined;
}

/** An object whose bytes can be read: metadata at once, body on demand. */
export interface StoredObject extends ReadableBody {
  readonly metadata: ObjectMetadata;
  /** The slice this body is, when a range was asked for. Offsets in bytes, `end` inclusive. */
  readonly range?: { readonly start: number; readonly end: number; readonly totalSizeInBytes: number } | undefined;
}

/** A slice in bytes: from `start` to `end` (inclusive; default: the last byte), or the last `suffix` bytes. */
export type ByteRange = { readonly start: number; readonly end?: number | undefined } | { readonly suffix: number };

/** What a list yields: objects, and with a delimiter the common prefixes between them, each once, in list order. */
export type ListEntry = ObjectEntry | PrefixEntry;

export interface ObjectEntry {
  readonly type: 'object';
  readonly key: string;
  readonly sizeInBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
  readonly storageClass?: string | undefined;
}

export interface PrefixEntry {
  readonly type: 'prefix';
  /** Ends with the delimiter. */
  readonly prefix: string;
}

/** One kept version of an object, newest first within its key. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  /** A deletion kept as a version: it has no bytes. */
  readonly isDeleteMarker: boolean;
  readonly sizeInBytes: number;
  readonly etag?: string | undefined;
  readonly lastModified: Date;
}

export type BucketVersioning = 'enabled' | 'suspended' | 'off';

export interface PutObjectResult {
  readonly etag: string;
  readonly sizeInBytes: number;
  readonly versionId?: string | undefined;
  /** What the service confirmed to have stored, where it says so. */
  readonly checksums?: Checksums | undefined;
  readonly checksumType?: ChecksumType | undefined;
}

export interface DeleteObjectOutcome {
  /** Set when the deletion made or removed a version. */
  readonly versionId?: string | undefined;
  readonly isDeleteMarker?: boolean | undefined;
}

/** What became of one key of a batch: exactly one of `deleted` and `error`. In the order the keys were given. */
export type DeleteObjectsResult =
  | ({ readonly key: string; readonly deleted: true; readonly error?: undefined } & DeleteObjectOutcome)
  | { readonly key: string; readonly versionId?: string | undefined; readonly deleted: false; readonly error: CloudError };

export type PresignMethod = 'GET' | 'PUT' | 'HEAD' | 'DELETE';

/** A request anybody can send until it expires: the method, the URL, and the headers that must go along exactly so. */
export interface PresignedUrl {
  readonly method: PresignMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

/** An HTML form: post `fields`, then the file as the last field `file`, to `url`. */
export interface PresignedPost {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

export interface MultipartUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt?: Date | undefined;
}

export interface UploadedPart {
  /** From 1. */
  readonly partNumber: number;
  readonly etag: string;
  readonly sizeInBytes: number;
  readonly checksums?: Checksums | undefined;
}

/** Called while bytes move. `totalInBytes` is absent while the size is unknown. Never called after the promise settled. */
export type ProgressListener = (progress: { readonly transferredInBytes: number; readonly totalInBytes?: number | undefined }) => void;

export interface CustomerKey {
  /** 32 bytes. Never logged. */
  readonly key: Uint8Array;
}

export interface CreateBucketOptions extends CallOptions {
  /** Default: the client's region. */
  region?: string | undefined;
}

export interface DeleteBucketOptions extends CallOptions {
  /** Also delete every object, version and unfinished upload in it. Default `false`: a bucket that holds anything is a `conflict`. */
  force?: boolean | undefined;
}

/** Where and how an object is stored: shared by put, copy and multipart. */
export interface StoreOptions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  contentType?: string | undefined;
  contentEncoding?: Supported<C['contentHeaders'], string> | undefined;
  contentLanguage?: Supported<C['contentHeaders'], string> | undefined;
  contentDisposition?: Supported<C['contentHeaders'], string> | undefined;
  cacheControl?: Supported<C['contentHeaders'], string> | undefined;
  expires?: Supported<C['contentHeaders'], Date> | undefined;
  /** User metadata. Names are letters, digits, `-` and `_`, compared without case; values may be any text without line breaks. */
  metadata?: Supported<C['metadata'], Readonly<Record<string, string>>> | undefined;
  tags?: Supported<C['tags'], Readonly<Record<string, string>>> | undefined;
  storageClass?: Supported<C['storageClass'], string> | undefined;
  /** `AES256`, or a key's name or ARN for the service's key management. */
  serverSideEncryption?: Supported<C['serverSideEncryption'], { readonly algorithm: string; readonly keyId?: string | undefined }> | undefined;
  customerKey?: Supported<C['customerKeys'], CustomerKey> | undefined;
  /** Compute this checksum while sending; the service verifies and keeps it. */
  checksumAlgorithm?: C['checksums'][number] | undefined;
}

export interface PutObjectOptions<C extends StorageCapabilities = StorageCapabilities> extends StoreOptions<C> {
  /** Only replace this state of the object (its `etag`). */
  ifMatch?: Supported<C['conditionalPut'], string> | undefined;
  /** `'*'`: only create, never replace. */
  ifNoneMatch?: Supported<C['createOnlyPut'], '*'> | undefined;
  /** Digests the caller knows already (base64): sent along, and the bytes are checked against them. */
  checksums?: Checksums | undefined;
  /** Bytes the body will have. A body that turns out shorter or longer fails, and nothing is stored. Default: found out where it can be. */
  sizeInBytes?: number | undefined;
  /** Bytes of a part, when the body goes in parts. Default 8 MiB, grown as needed for the service's `maxParts`. */
  partSizeInBytes?: number | undefined;
  /** Parts on their way at once; memory is bounded by part size × (concurrency + 1). Default 4. */
  concurrency?: number | undefined;
  /**
   * Go on with an upload of this object that was left unfinished: the one of this id, or with `true` the newest of the key, if there is
   * one. Parts that hold the very bytes (by the checksum of the upload, else by the MD5 their ETag usually is) are not sent again, all
   * others are; the body is read as a whole. Type, headers and metadata stay those the upload was begun with. When the call fails or is
   * aborted, its parts stay for the next one, until the service's lifecycle rules or `abortMultipartUpload` remove them. With `true`, only
   * one process at a time may write the key. A body that goes in one request has no parts: it is stored, and no upload is looked for.
   */
  resume?: Supported<C['resumableUploads'], boolean | string> | undefined;
  onProgress?: ProgressListener | undefined;
}

export type UploadFileOptions<C extends StorageCapabilities = StorageCapabilities> = Omit<PutObjectOptions<C>, 'sizeInBytes'>;

/** Conditions of a read. */
export interface ReadConditions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  versionId?: Supported<C['versions'], string> | undefined;
  /** Otherwise `precondition_failed`. */
  ifMatch?: Supported<C['conditionalGet'], string> | undefined;
  /** Otherwise `not_modified`. */
  ifNoneMatch?: Supported<C['conditionalGet'], string> | undefined;
  /** To the second. Otherwise `not_modified`. */
  ifModifiedSince?: Supported<C['modifiedConditions'], Date> | undefined;
  /** To the second. Otherwise `precondition_failed`. */
  ifUnmodifiedSince?: Supported<C['modifiedConditions'], Date> | undefined;
  customerKey?: Supported<C['customerKeys'], CustomerKey> | undefined;
}

export type GetObjectMetadataOptions<C extends StorageCapabilities = StorageCapabilities> = ReadConditions<C>;

export interface GetObjectOptions<C extends StorageCapabilities = StorageCapabilities> extends ReadConditions<C> {
  range?: Supported<C['ranges'], ByteRange> | undefined;
  /** Check the bytes against the service's checksum while reading. Default `true` where the service keeps one of the whole object that can be computed here. */
  verifyChecksum?: boolean | undefined;
  /** Answer with this content type and these headers instead of the stored ones. */
  responseHeaders?: Supported<C['responseOverrides'], ContentHeaders> | undefined;
  onProgress?: ProgressListener | undefined;
}

export interface DownloadFileOptions<C extends StorageCapabilities = StorageCapabilities> extends ReadConditions<C> {
  /** `false` refuses (`already_exists`) to replace a file. Default `true`. The file appears under its name only when it is whole. */
  overwrite?: boolean | undefined;
  /** Ranges fetched at once for large objects. Default 4. */
  concurrency?: number | undefined;
  /** Bytes of one range. Default 8 MiB. */
  partSizeInBytes?: number | undefined;
  verifyChecksum?: boolean | undefined;
  /**
   * Keep what was written when the call fails, is aborted or dies with its process, in a hidden file beside the target, and go on from
   * there next time. Only bytes of the very same state of the object are gone on with, and its checksum is of the whole file. Default `false`.
   */
  resume?: Supported<C['ranges'], boolean> | undefined;
  onProgress?: ProgressListener | undefined;
}

export interface ListObjectsOptions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  prefix?: string | undefined;
  /** Fold what follows the prefix up to this text into one {@link PrefixEntry}. */
  delimiter?: (C['delimiter'] extends false ? never : C['delimiter'] extends 'slash' ? '/' : string) | undefined;
  /** Begin behind this key (exclusive); it need not exist. */
  startAfter?: Supported<C['startAfter'], string> | undefined;
}

export interface DeleteObjectOptions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  /** Delete this version for good instead of the current state. */
  versionId?: Supported<C['versions'], string> | undefined;
  ifMatch?: Supported<C['conditionalDelete'], string> | undefined;
}

/** One deletion of a batch: a key, or a key with a version. */
export type DeleteTarget = string | { readonly key: string; readonly versionId?: string | undefined };

export interface CopyObjectOptions<C extends StorageCapabilities = StorageCapabilities> extends StoreOptions<C> {
  /** `copy` keeps the source's metadata and content headers, `replace` takes those given here. Default: `replace` when any is given, else `copy`. */
  metadataDirective?: 'copy' | 'replace' | undefined;
  /** Only copy this state of the source, otherwise `precondition_failed`. */
  sourceIfMatch?: Supported<C['conditionalCopy'], string> | undefined;
  ifMatch?: Supported<C['conditionalPut'], string> | undefined;
  ifNoneMatch?: Supported<C['createOnlyPut'], '*'> | undefined;
  onProgress?: ProgressListener | undefined;
}

export interface PresignOptions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  /** Default `GET`. */
  method?: C['presignedUrls'][number] | undefined;
  /** Default 900 (15 minutes). At most `capabilities.limits.maxPresignSeconds`. */
  expiresInSeconds?: number | undefined;
  versionId?: Supported<C['versions'], string> | undefined;
  /** PUT: the upload must have this type. */
  contentType?: string | undefined;
  /** PUT: further headers that the upload must carry exactly so. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** GET: answer with these headers instead of the stored ones. */
  responseHeaders?: Supported<C['responseOverrides'], ContentHeaders> | undefined;
}

export interface PresignPostOptions extends CallOptions {
  expiresInSeconds?: number | undefined;
  contentType?: string | undefined;
  /** Bounds of the file's size in bytes, both inclusive. */
  minSizeInBytes?: number | undefined;
  maxSizeInBytes?: number | undefined;
  metadata?: Readonly<Record<string, string>> | undefined;
}

export interface CreateMultipartUploadOptions<C extends StorageCapabilities = StorageCapabilities> extends StoreOptions<C> {
  checksumType?: ChecksumType | undefined;
}

export interface UploadPartOptions extends CallOptions {
  checksumAlgorithm?: ChecksumAlgorithm | undefined;
  checksums?: Checksums | undefined;
  customerKey?: CustomerKey | undefined;
}

export interface CopyPartOptions extends CallOptions {
  range?: { readonly start: number; readonly end: number } | undefined;
  sourceIfMatch?: string | undefined;
}

export interface CompleteMultipartUploadOptions<C extends StorageCapabilities = StorageCapabilities> extends CallOptions {
  ifMatch?: Supported<C['conditionalMultipart'], string> | undefined;
  ifNoneMatch?: Supported<C['conditionalMultipart'], '*'> | undefined;
  /** Full-object digests to be checked by the service. */
  checksums?: Checksums | undefined;
  checksumType?: ChecksumType | undefined;
}
