import type { BodyInput } from '../body/types.ts';
import type { CallOptions } from '../models/call-options.ts';
import type { ProviderName } from '../models/provider.ts';
import type { Paged } from '../paging.ts';
import type { StorageCapabilities, Supported } from './capabilities.ts';
import type * as M from './models.ts';

/**
 * An object store, whichever it is. Keys are opaque text: sent as given, no slash added or removed.
 *
 * Every method takes `abortSignal` and `timeoutInMs`, checks its arguments before any request
 * (`InvalidArgumentError`, `UnsupportedOperationError`), and throws nothing but `CloudError`s and the caller's abort reason.
 * Methods whose capability is `false` in `C` do not compile, and throw `UnsupportedOperationError` when called all the same.
 */
export interface StorageClient<C extends StorageCapabilities = StorageCapabilities> {
  readonly provider: ProviderName;
  readonly capabilities: C;

  /** Buckets the credentials may see, by name. */
  listBuckets(options?: CallOptions): Paged<M.Bucket>;
  /** @throws {AlreadyExistsError} Also when the bucket is the caller's own. */
  createBucket(bucket: string, options?: M.CreateBucketOptions): Promise<M.Bucket>;
  /** Succeeds when the bucket is already gone. @throws {ConflictError} The bucket is not empty and `force` is not set. */
  deleteBucket(bucket: string, options?: M.DeleteBucketOptions): Promise<void>;
  bucketExists(bucket: string, options?: CallOptions): Promise<boolean>;

  /**
   * Stores an object, replacing what is there, at once and whole: readers see the old or the new one. Bodies of unknown size and
   * large ones go in parts; when that fails the upload is aborted and nothing is left behind.
   *
   * @throws {NotFoundError} `bucket_not_found`.
   * @throws {PreconditionFailedError} A condition does not hold.
   * @throws {ChecksumMismatchError} The bytes differ from the digests given; nothing is stored.
   */
  putObject(bucket: string, key: string, body: BodyInput, options?: M.PutObjectOptions<C>): Promise<M.PutObjectResult>;
  /**
   * Opens an object. Metadata is there when the promise resolves, bytes flow when they are read. A broken connection is resumed
   * where it broke.
   *
   * @throws {NotFoundError} `not_found` or `bucket_not_found`.
   * @throws {NotModifiedError} `ifNoneMatch` or `ifModifiedSince` found nothing new.
   * @throws {RangeNotSatisfiableError} The range begins behind the end.
   */
  getObject(bucket: string, key: string, options?: M.GetObjectOptions<C>): Promise<M.StoredObject>;
  /** Reads an object's metadata without its body. @throws {NotFoundError} `not_found` or `bucket_not_found`. */
  getObjectMetadata(bucket: string, key: string, options?: M.GetObjectMetadataOptions<C>): Promise<M.ObjectMetadata>;
  /** `false` only for a missing key; a missing bucket or a refusal throws. */
  objectExists(bucket: string, key: string, options?: CallOptions): Promise<boolean>;
  listObjects(bucket: string, options?: M.ListObjectsOptions<C>): Paged<M.ListEntry>;
  /** Succeeds when the object is already gone. */
  deleteObject(bucket: string, key: string, options?: M.DeleteObjectOptions<C>): Promise<M.DeleteObjectOutcome>;
  /** Deletes any number of keys. Resolves with one result per key, in the order given; a failed key does not stop the others. */
  deleteObjects(bucket: string, targets: Iterable<M.DeleteTarget>, options?: CallOptions): Promise<M.DeleteObjectsResult[]>;
  /** Copies inside the service. Objects above `limits.maxSingleCopyBytes` are copied in parts. */
  copyObject(source: M.ObjectReference, target: M.ObjectReference, options?: M.CopyObjectOptions<C>): Promise<M.PutObjectResult>;
  /** Stores a local file. @throws {NotFoundError} The file does not exist. */
  uploadFile(bucket: string, key: string, path: string, options?: M.UploadFileOptions<C>): Promise<M.PutObjectResult>;
  /** Writes an object to a local file, which appears under its name only when it is whole and verified. */
  downloadFile(bucket: string, key: string, path: string, options?: M.DownloadFileOptions<C>): Promise<M.ObjectMetadata>;
  generatePresignedUrl(bucket: string, key: string, options?: M.PresignOptions<C>): Promise<M.PresignedUrl>;
  generatePresignedPost(bucket: Supported<C['presignedPost'], string>, key: string, options?: M.PresignPostOptions): Promise<M.PresignedPost>;

  createMultipartUpload(bucket: Supported<C['multipart'], string>, key: string, options?: M.CreateMultipartUploadOptions<C>): Promise<M.MultipartUpload>;
  /** `body` is one part, whole: sent again as it is when an attempt fails. */
  uploadPart(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, partNumber: number, body: Uint8Array, options?: M.UploadPartOptions): Promise<M.UploadedPart>;
  copyPart(source: M.ObjectReference, target: Supported<C['partCopy'], M.ObjectReference>, uploadId: string, partNumber: number, options?: M.CopyPartOptions): Promise<M.UploadedPart>;
  listParts(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, options?: CallOptions): Paged<M.UploadedPart>;
  listMultipartUploads(bucket: Supported<C['multipart'], string>, options?: CallOptions & { prefix?: string }): Paged<M.MultipartUpload>;
  completeMultipartUpload(
    bucket: Supported<C['multipart'], string>,
    key: string,
    uploadId: string,
    parts: readonly M.UploadedPart[],
    options?: M.CompleteMultipartUploadOptions<C>,
  ): Promise<M.PutObjectResult>;
  /** Succeeds when the upload is already gone. */
  abortMultipartUpload(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, options?: CallOptions): Promise<void>;

  getBucketVersioning(bucket: Supported<C['versions'], string>, options?: CallOptions): Promise<M.BucketVersioning>;
  setBucketVersioning(bucket: Supported<C['versions'], string>, versioning: 'enabled' | 'suspended', options?: CallOptions): Promise<void>;
  /** By key, newest first within a key. */
  listObjectVersions(bucket: Supported<C['versions'], string>, options?: CallOptions & { prefix?: string }): Paged<M.ObjectVersion>;

  getObjectTags(bucket: Supported<C['tags'], string>, key: string, options?: CallOptions & { versionId?: string }): Promise<Record<string, string>>;
  /** Replaces all tags; none removes them. */
  putObjectTags(bucket: Supported<C['tags'], string>, key: string, tags: Readonly<Record<string, string>>, options?: CallOptions & { versionId?: string }): Promise<void>;

  /** Gives back connections, timers and files. Calls under way are aborted; further calls throw. */
  close(): Promise<void>;
}
