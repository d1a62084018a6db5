import {
  InvalidArgumentError,
  type BodyInput,
  type Bucket,
  type BucketVersioning,
  type CallOptions,
  type CompleteMultipartUploadOptions,
  type CopyObjectOptions,
  type CopyPartOptions,
  type CreateBucketOptions,
  type CreateMultipartUploadOptions,
  type DeleteBucketOptions,
  type DeleteObjectOptions,
  type DeleteObjectOutcome,
  type DeleteObjectsResult,
  type DeleteTarget,
  type DownloadFileOptions,
  type GetObjectMetadataOptions,
  type GetObjectOptions,
  type ListEntry,
  type ListObjectsOptions,
  type MultipartUpload,
  type ObjectMetadata,
  type ObjectReference,
  type ObjectVersion,
  type Paged,
  type PresignedPost,
  type PresignedUrl,
  type PresignOptions,
  type PresignPostOptions,
  type ProviderName,
  type PutObjectOptions,
  type PutObjectResult,
  type StorageCapabilities,
  type StorageClient,
  type StoredObject,
  type Supported,
  type UploadedPart,
  type UploadFileOptions,
  type UploadPartOptions,
} from '@cmx/cloud-core';
import { defaultCredentials } from './credentials/credentials.ts';
import type { S3Dialect } from './dialects/dialect.ts';
import { S3_DIALECTS } from './dialects/dialects.ts';
import { listBuckets, listMultipartUploads, listObjects, listObjectVersions, listParts, type PrefixOptions } from './listings/lists.ts';
import { deleteObject } from './objects/delete-object.ts';
import { getObject } from './objects/get-object.ts';
import { getObjectMetadata, objectExists } from './objects/head-object.ts';
import { putObject } from './objects/put-object.ts';
import type { VersionOptions } from './objects/tags.ts';
import type { AbortUnfinishedOptions } from './multipart/unfinished-uploads.ts';
import { generatePresignedUrl } from './presign/presign-url.ts';
import { S3Arguments } from './s3-arguments.ts';
import { optionsFromEnvironment } from './s3-client-environment.ts';
import type { S3CompatibleClientOptions } from './s3-client-options.ts';
import { S3Connection } from './s3-connection.ts';
import type { S3Context } from './s3-context.ts';

/**
 * Any S3-compatible service, spoken to directly: no vendor SDK. `capabilities` is the dialect's table; a dialect from
 * `S3_DIALECTS` makes it a type too. Costs are one request a call unless a method says otherwise. What few programs need (buckets, copies,
 * batches of deletions, tags, bodies in parts) is loaded when it is first asked for.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class S3CompatibleClient<C extends StorageCapabilities = StorageCapabilities> implements StorageClient<C> {
  readonly provider: ProviderName;
  readonly capabilities: C;
  readonly #context: S3Context;

  /** @throws {InvalidArgumentError} An endpoint is missing or no URL. */
  constructor(options: S3CompatibleClientOptions<C> = {}) {
    const dialect = withTransportLimits(dialectOf(options), options);
    this.provider = options.provider ?? (dialect.name === 'generic' ? 's3-compatible' : dialect.name);
    // The table belongs to the dialect given, or is the widest type there is.
    this.capabilities = dialect.capabilities as C;
    this.#context = {
      dialect,
      connection: new S3Connection({ ...options, dialect, credentials: options.credentials ?? defaultCredentials(), provider: this.provider }),
      check: new S3Arguments(this.provider, dialect),
    };
  }

  /**
   * A client as the environment describes it: `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, `AWS_REGION` or `AWS_DEFAULT_REGION`, and
   * the credentials of {@link S3CompatibleClientOptions.credentials}.
   *
   * @param options - Win over the environment.
   */
  static fromEnv<C extends StorageCapabilities = StorageCapabilities>(options: S3CompatibleClientOptions<C> = {}): S3CompatibleClient<C> {
    return new S3CompatibleClient<C>({ ...optionsFromEnvironment(), ...options });
  }

  listBuckets(options?: CallOptions): Paged<Bucket> {
    return listBuckets(this.#context, options);
  }

  async createBucket(bucket: string, options?: CreateBucketOptions): Promise<Bucket> {
    const { createBucket } = await import('./rare-calls.ts');
    return createBucket(this.#context, bucket, options);
  }

  /** With `force`, lists and deletes everything first: one request for each page and each thousand keys. */
  async deleteBucket(bucket: string, options?: DeleteBucketOptions): Promise<void> {
    const { deleteBucket } = await import('./rare-calls.ts');
    return deleteBucket(this.#context, bucket, options);
  }

  /** A second request is made only when the answer is no: HEAD does not say what is missing. */
  async bucketExists(bucket: string, options?: CallOptions): Promise<boolean> {
    const { bucketExists } = await import('./rare-calls.ts');
    return bucketExists(this.#context, bucket, options);
  }

  /** Bodies no larger than `partSizeInBytes` (8 MiB) take one request, larger ones two and one for each part. */
  async putObject(bucket: string, key: string, body: BodyInput, options?: PutObjectOptions<C>): Promise<PutObjectResult> {
    return putObject(this.#context, bucket, key, body, options);
  }

  async getObject(bucket: string, key: string, options?: GetObjectOptions<C>): Promise<StoredObject> {
    return getObject(this.#context, bucket, key, options);
  }

  /** A second request is made only for a missing object: HEAD does not say whether the bucket is there. */
  async getObjectMetadata(bucket: string, key: string, options?: GetObjectMetadataOptions<C>): Promise<ObjectMetadata> {
    return getObjectMetadata(this.#context, bucket, key, options);
  }

  /** As {@link getObjectMetadata}, a missing object costs two requests. */
  async objectExists(bucket: string, key: string, options?: CallOptions): Promise<boolean> {
    return objectExists(this.#context, bucket, key, options);
  }

  listObjects(bucket: string, options?: ListObjectsOptions<C>): Paged<ListEntry> {
    return listObjects(this.#context, bucket, options);
  }

  async deleteObject(bucket: string, key: string, options?: DeleteObjectOptions<C>): Promise<DeleteObjectOutcome> {
    return deleteObject(this.#context, bucket, key, options);
  }

  /** A request for each thousand keys; keys with characters that XML cannot hold are deleted one by one. */
  async deleteObjects(bucket: string, targets: Iterable<DeleteTarget>, options?: CallOptions): Promise<DeleteObjectsResult[]> {
    const { deleteObjects } = await import('./rare-calls.ts');
    return deleteObjects(this.#context, bucket, targets, options);
  }

  /** Two requests: the source is looked at first. Above `limits.maxSingleCopyBytes`, one for each 512 MiB. */
  async copyObject(source: ObjectReference, target: ObjectReference, options?: CopyObjectOptions<C>): Promise<PutObjectResult> {
    const { copyObject } = await import('./rare-calls.ts');
    return copyObject(this.#context, source, target, options);
  }

  async uploadFile(bucket: string, key: string, path: string, options?: UploadFileOptions<C>): Promise<PutObjectResult> {
    const { uploadFile } = await import('./rare-calls.ts');
    return uploadFile(this.#context, bucket, key, path, options);
  }

  async downloadFile(bucket: string, key: string, path: string, options?: DownloadFileOptions<C>): Promise<ObjectMetadata> {
    const { downloadFile } = await import('./rare-calls.ts');
    return downloadFile(this.#context, bucket, key, path, options);
  }

  /** No request. */
  async generatePresignedUrl(bucket: string, key: string, options?: PresignOptions<C>): Promise<PresignedUrl> {
    return generatePresignedUrl(this.#context, bucket, key, options);
  }

  /** No request. */
  async generatePresignedPost(bucket: Supported<C['presignedPost'], string>, key: string, options?: PresignPostOptions): Promise<PresignedPost> {
    const { generatePresignedPost } = await import('./rare-calls.ts');
    return generatePresignedPost(this.#context, bucket, key, options);
  }

  async createMultipartUpload(bucket: Supported<C['multipart'], string>, key: string, options?: CreateMultipartUploadOptions<C>): Promise<MultipartUpload> {
    const { createMultipartUpload } = await import('./rare-calls.ts');
    return createMultipartUpload(this.#context, bucket, key, options);
  }

  async uploadPart(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, partNumber: number, body: Uint8Array, options?: UploadPartOptions): Promise<UploadedPart> {
    const { uploadPart } = await import('./rare-calls.ts');
    return uploadPart(this.#context, bucket, key, uploadId, partNumber, body, options);
  }

  /** A second request reads the part's size when no range says it. */
  async copyPart(source: ObjectReference, target: Supported<C['partCopy'], ObjectReference>, uploadId: string, partNumber: number, options?: CopyPartOptions): Promise<UploadedPart> {
    const { copyPart } = await import('./rare-calls.ts');
    return copyPart(this.#context, source, target, uploadId, partNumber, options);
  }

  listParts(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, options?: CallOptions): Paged<UploadedPart> {
    return listParts(this.#context, bucket, key, uploadId, options);
  }

  listMultipartUploads(bucket: Supported<C['multipart'], string>, options?: PrefixOptions): Paged<MultipartUpload> {
    return listMultipartUploads(this.#context, bucket, options);
  }

  async completeMultipartUpload(
    bucket: Supported<C['multipart'], string>,
    key: string,
    uploadId: string,
    parts: readonly UploadedPart[],
    options?: CompleteMultipartUploadOptions<C>,
  ): Promise<PutObjectResult> {
    const { completeMultipartUpload } = await import('./rare-calls.ts');
    return completeMultipartUpload(this.#context, bucket, key, uploadId, parts, options);
  }

  async abortMultipartUpload(bucket: Supported<C['multipart'], string>, key: string, uploadId: string, options?: CallOptions): Promise<void> {
    const { abortMultipartUpload } = await import('./rare-calls.ts');
    return abortMultipartUpload(this.#context, bucket, key, uploadId, options);
  }

  /**
   * Aborts uploads that were left unfinished, with what they hold. A request for each, and one for each page of the list.
   *
   * @returns Those that were aborted.
   */
  async abortUnfinishedUploads(bucket: Supported<C['multipart'], string>, options?: AbortUnfinishedOptions): Promise<MultipartUpload[]> {
    const { abortUnfinishedUploads } = await import('./rare-calls.ts');
    return abortUnfinishedUploads(this.#context, bucket, options);
  }

  async getBucketVersioning(bucket: Supported<C['versions'], string>, options?: CallOptions): Promise<BucketVersioning> {
    const { getBucketVersioning } = await import('./rare-calls.ts');
    return getBucketVersioning(this.#context, bucket, options);
  }

  async setBucketVersioning(bucket: Supported<C['versions'], string>, versioning: 'enabled' | 'suspended', options?: CallOptions): Promise<void> {
    const { setBucketVersioning } = await import('./rare-calls.ts');
    return setBucketVersioning(this.#context, bucket, versioning, options);
  }

  listObjectVersions(bucket: Supported<C['versions'], string>, options?: PrefixOptions): Paged<ObjectVersion> {
    return listObjectVersions(this.#context, bucket, options);
  }

  async getObjectTags(bucket: Supported<C['tags'], string>, key: string, options?: VersionOptions): Promise<Record<string, string>> {
    const { getObjectTags } = await import('./rare-calls.ts');
    return getObjectTags(this.#context, bucket, key, options);
  }

  async putObjectTags(bucket: Supported<C['tags'], string>, key: string, tags: Readonly<Record<string, string>>, options?: VersionOptions): Promise<void> {
    const { putObjectTags } = await import('./rare-calls.ts');
    return putObjectTags(this.#context, bucket, key, tags, options);
  }

  async close(): Promise<void> {
    return this.#context.connection.close();
  }
}

function dialectOf({ dialect, endpoint }: Pick<S3CompatibleClientOptions, 'dialect' | 'endpoint'>): S3Dialect {
  if (dialect === undefined) return endpoint === undefined ? S3_DIALECTS.aws : S3_DIALECTS.generic;
  if (typeof dialect !== 'string') return dialect;
  if (Object.hasOwn(S3_DIALECTS, dialect)) return S3_DIALECTS[dialect];
  throw new InvalidArgumentError(`There is no dialect "${dialect}"; the dialects are ${Object.keys(S3_DIALECTS).join(', ')}`);
}

/** `fetch` takes dot segments out of paths, so over it keys cannot have any. */
function withTransportLimits(dialect: S3Dialect, { transport }: Pick<S3CompatibleClientOptions, 'transport'>): S3Dialect {
  if (transport?.name !== 'fetch' || !dialect.capabilities.facts.dotSegments) return dialect;
  return { ...dialect, capabilities: { ...dialect.capabilities, facts: { ...dialect.capabilities.facts, dotSegments: false } } };
}
