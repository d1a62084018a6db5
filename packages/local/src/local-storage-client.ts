import fs from 'node:fs';
import path from 'node:path';
import {
  checks,
  CloudProvider,
  InvalidArgumentError,
  OperationRunner,
  silentLogger,
  STORAGE_OPTIONS,
  StorageArguments,
  UnsupportedOperationError,
  type Attempt,
  type BodyInput,
  type Bucket,
  type BucketVersioning,
  type Call,
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
  type OperationInfo,
  type Paged,
  type PresignedUrl,
  type PresignOptions,
  type PutObjectOptions,
  type PutObjectResult,
  type StorageClient,
  type StoredObject,
  type UploadedPart,
  type UploadFileOptions,
  type UploadPartOptions,
} from '@cmx/cloud-core';
import { openBody, type BodySource } from '@cmx/cloud-core/body';
import { contentTypeOf, downloadToFile, openFile } from '@cmx/cloud-core/files';
import { BucketDirectory } from './bucket-directory.ts';
import { createBucket, deleteBucket, listBuckets, probeNameRules } from './buckets.ts';
import { assertConditions, commit } from './commit.ts';
import { copyToTemporary } from './copy-object.ts';
import { deleteObject } from './delete-object.ts';
import { PLAIN_NAMES, type NameRules } from './key-encoding.ts';
import { withLock } from './key-lock.ts';
import { breathe, listEntries, pagedWalk, positionOfEntry, skipTo } from './listing.ts';
import { LOCAL_STORAGE_CAPABILITIES, type LocalStorageCapabilities } from './local-capabilities.ts';
import { toLocalError } from './local-errors.ts';
import type { LocalStorageClientOptions } from './local-storage-client-options.ts';
import { assemble, keepPart, listParts, listUploads, removeUpload, requireUpload, startUpload } from './multipart.ts';
import { statObject, toObjectMetadata } from './object-file.ts';
import { PresignServer } from './presign-server.ts';
import { assertReadConditions, findState, readObject } from './read-object.ts';
import { sidecarOf } from './sidecar.ts';
import { putTags } from './tags.ts';
import { listVersions, readVersioning, writeVersioning } from './versions.ts';
import { writeBody } from './write-body.ts';

type C = LocalStorageCapabilities;

const TAGS = { tags: { check: checks.tags } };

/**
 * A directory as an object store: each subdirectory of the root is a bucket, each file in it an object, under its key's own
 * name where the file system has one. Writes are atomic and flushed to the disk; symbolic links are never followed.
 * Conditions hold between all clients in one process, and `ifNoneMatch: '*'` between processes too.
 */
export class LocalStorageClient implements StorageClient<C> {
  readonly provider = CloudProvider.LOCAL;
  readonly capabilities: C = LOCAL_STORAGE_CAPABILITIES;

  readonly #root: string;
  readonly #durable: boolean;
  readonly #logger;
  readonly #runner: OperationRunner;
  readonly #arguments: StorageArguments;
  readonly #presigner: PresignServer;
  #real: { readonly root: string; readonly rules: NameRules } | undefined;

  constructor(options: LocalStorageClientOptions) {
    if (typeof options?.root !== 'string' || options.root === '') throw new InvalidArgumentError('The option root must be the path of a directory', { provider: 'local' });
    const { logger = silentLogger, telemetry, durable = true } = options;
    this.#root = path.resolve(options.root);
    this.#durable = durable;
    this.#logger = logger;
    this.#runner = new OperationRunner({ provider: this.provider, service: 'storage', logger, telemetry, toCloudError: toLocalError });
    this.#arguments = new StorageArguments({ provider: this.provider, service: 'storage', capabilities: this.capabilities });
    this.#presigner = new PresignServer(this);
  }

  listBuckets(options: CallOptions = {}): Paged<Bucket> {
    const call = this.#arguments.service('listBuckets', options, STORAGE_OPTIONS.call);
    const after = ({ key }: { key?: string | undefined }) => this.#bucketsAfter(key);
    return pagedWalk(after, ({ name }) => ({ key: name }), (page) => this.#begin(call, options, () => this.#arguments.assertPage(page, call)), options.abortSignal);
  }

  async createBucket(bucket: string, options: CreateBucketOptions = {}): Promise<Bucket> {
    const call = this.#arguments.bucket('createBucket', bucket, options, STORAGE_OPTIONS.createBucket);
    if (bucket.startsWith('.') || /[\\\0]/.test(bucket)) throw new InvalidArgumentError('A bucket of a directory must not begin with "." nor contain "\\"', call);
    return this.#runner.run(call, options, async () => createBucket(this.#root, bucket));
  }

  async deleteBucket(bucket: string, options: DeleteBucketOptions = {}): Promise<void> {
    const call = this.#arguments.bucket('deleteBucket', bucket, options, STORAGE_OPTIONS.deleteBucket);
    return this.#runner.run(call, options, async () => deleteBucket(this.#directory(bucket), options.force ?? false));
  }

  async bucketExists(bucket: string, options: CallOptions = {}): Promise<boolean> {
    const call = this.#arguments.bucket('bucketExists', bucket, options, STORAGE_OPTIONS.call);
    return this.#runner.run(call, options, async () => fs.lstatSync(this.#directory(bucket).path, { throwIfNoEntry: false })?.isDirectory() === true);
  }

  async putObject(bucket: string, key: string, body: BodyInput, options: PutObjectOptions<C> = {}): Promise<PutObjectResult> {
    const call = this.#arguments.object('putObject', bucket, key, options, STORAGE_OPTIONS.putObject);
    return this.#store(call, bucket, key, body, options);
  }

  async getObject(bucket: string, key: string, options: GetObjectOptions<C> = {}): Promise<StoredObject> {
    const call = this.#arguments.object('getObject', bucket, key, options, STORAGE_OPTIONS.getObject);
    return this.#inBucket(call, bucket, options, async (directory) => readObject(directory, key, options, call));
  }

  async getObjectMetadata(bucket: string, key: string, options: GetObjectMetadataOptions<C> = {}): Promise<ObjectMetadata> {
    const call = this.#arguments.object('getObjectMetadata', bucket, key, options, STORAGE_OPTIONS.getObjectMetadata);
    return this.#inBucket(call, bucket, options, async (directory) => {
      const object = findState(directory, key, options.versionId);
      assertReadConditions(object, options);
      return toObjectMetadata(key, object);
    });
  }

  async objectExists(bucket: string, key: string, options: CallOptions = {}): Promise<boolean> {
    const call = this.#arguments.object('objectExists', bucket, key, options, STORAGE_OPTIONS.call);
    return this.#inBucket(call, bucket, options, async (directory) => statObject(directory, key) !== undefined);
  }

  listObjects(bucket: string, options: ListObjectsOptions<C> = {}): Paged<ListEntry> {
    const call = this.#arguments.bucket('listObjects', bucket, options, STORAGE_OPTIONS.listObjects);
    return pagedWalk((after) => listEntries(this.#directory(bucket), options, after, this.#logger), positionOfEntry, (page) =>
      this.#begin(call, options, () => {
        this.#arguments.assertPage(page, call);
        this.#directory(bucket).assertExists();
      }),
      options.abortSignal,
    );
  }

  async deleteObject(bucket: string, key: string, options: DeleteObjectOptions<C> = {}): Promise<DeleteObjectOutcome> {
    const call = this.#arguments.object('deleteObject', bucket, key, options, STORAGE_OPTIONS.deleteObject);
    return this.#inBucket(call, bucket, options, (directory) => deleteObject(directory, key, options));
  }

  async deleteObjects(bucket: string, targets: Iterable<DeleteTarget>, options: CallOptions = {}): Promise<DeleteObjectsResult[]> {
    const call = this.#arguments.bucket('deleteObjects', bucket, options, STORAGE_OPTIONS.call);
    const checked = this.#arguments.targets(targets, call);
    return this.#inBucket(call, bucket, options, async (directory, { abortSignal }) => {
      const results: DeleteObjectsResult[] = [];
      for (const { key, versionId } of checked) {
        abortSignal?.throwIfAborted();
        const outcome = await deleteObject(directory, key, { versionId }).catch(toLocalError);
        results.push(outcome instanceof Error ? { key, versionId, deleted: false, error: outcome } : { key, deleted: true, ...outcome });
        await breathe();
      }
      return results;
    });
  }

  async copyObject(source: ObjectReference, target: ObjectReference, options: CopyObjectOptions<C> = {}): Promise<PutObjectResult> {
    const call = this.#arguments.copy('copyObject', source, target, options, STORAGE_OPTIONS.copyObject);
    return this.#inBucket(call, target.bucket, options, async (directory, { abortSignal }) => {
      const from = this.#existing(source.bucket);
      const copy = await copyToTemporary(from, source, directory, target.key, { ...options, abortSignal, durable: this.#durable, where: call });
      const committed = await commit(directory, copy.path, copy.sidecar, options, this.#durable);
      return { ...committed, checksums: copy.sidecar.checksums, checksumType: copy.sidecar.checksumType };
    });
  }

  async uploadFile(bucket: string, key: string, file: string, options: UploadFileOptions<C> = {}): Promise<PutObjectResult> {
    const call = this.#arguments.object('uploadFile', bucket, key, options, STORAGE_OPTIONS.uploadFile);
    const source = await openFile(file, call);
    return this.#store(call, bucket, key, source, { contentType: contentTypeOf(file), ...options });
  }

  async downloadFile(bucket: string, key: string, file: string, options: DownloadFileOptions<C> = {}): Promise<ObjectMetadata> {
    const call = this.#arguments.object('downloadFile', bucket, key, options, STORAGE_OPTIONS.downloadFile);
    const { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = options;
    const conditions = { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince };
    return this.#inBucket(call, bucket, options, async (_directory, { abortSignal }) =>
      downloadToFile(file, (part) => this.getObject(bucket, key, { ...conditions, ...part }), { ...options, abortSignal, where: call }),
    );
  }

  async generatePresignedUrl(bucket: string, key: string, options: PresignOptions<C> = {}): Promise<PresignedUrl> {
    const call = this.#arguments.object('generatePresignedUrl', bucket, key, options, STORAGE_OPTIONS.presign);
    this.#arguments.assertPresignable(key, call);
    const { method = 'GET', expiresInSeconds = 900, versionId, contentType, responseHeaders } = options;
    const headers = Object.fromEntries(Object.entries({ ...options.headers, ...(contentType && { 'content-type': contentType }) }).map(([name, value]) => [name.toLowerCase(), value]));
    return this.#runner.run(call, options, () => this.#presigner.presign({ method, bucket, key, expires: Date.now() + expiresInSeconds * 1000, versionId, headers, responseHeaders }));
  }

  async generatePresignedPost(bucket: never, key: string): Promise<never> {
    throw new UnsupportedOperationError('Not supported here: capabilities.presignedPost is false', { provider: this.provider, service: 'storage', operation: 'generatePresignedPost', resource: { type: 'object', name: `${String(bucket)}/${key}` } });
  }

  async createMultipartUpload(bucket: string, key: string, options: CreateMultipartUploadOptions<C> = {}): Promise<MultipartUpload> {
    const call = this.#arguments.object('createMultipartUpload', bucket, key, options, STORAGE_OPTIONS.createMultipartUpload);
    return this.#inBucket(call, bucket, options, async (directory) => {
      const { uploadId, startedAt } = startUpload(directory, sidecarOf(key, options, undefined));
      return { key, uploadId, startedAt: new Date(startedAt) };
    });
  }

  async uploadPart(bucket: string, key: string, uploadId: string, partNumber: number, body: Uint8Array, options: UploadPartOptions = {}): Promise<UploadedPart> {
    const call = this.#arguments.upload('uploadPart', bucket, key, uploadId, options, STORAGE_OPTIONS.uploadPart);
    this.#arguments.assertPart(partNumber, body, call);
    return this.#inBucket(call, bucket, options, async (directory, { abortSignal }) => {
      requireUpload(directory, key, uploadId);
      const { checksumAlgorithm, checksums } = options;
      const written = await writeBody(directory, body, { checksumAlgorithm, checksums, abortSignal, durable: false, where: call });
      return keepPart(directory, uploadId, partNumber, written);
    });
  }

  async copyPart(source: ObjectReference, target: ObjectReference, uploadId: string, partNumber: number, options: CopyPartOptions = {}): Promise<UploadedPart> {
    const call = this.#arguments.copy('copyPart', source, target, options, STORAGE_OPTIONS.copyPart, 'partCopy');
    this.#arguments.assertPart(partNumber, undefined, call);
    return this.#inBucket(call, target.bucket, options, async (directory, { abortSignal }) => {
      requireUpload(directory, target.key, uploadId);
      const { versionId } = source;
      const slice = readObject(this.#existing(source.bucket), source.key, { versionId, range: options.range, ifMatch: options.sourceIfMatch, verifyChecksum: false }, call);
      const written = await writeBody(directory, slice, { abortSignal, durable: false, where: call });
      return keepPart(directory, uploadId, partNumber, written);
    });
  }

  listParts(bucket: string, key: string, uploadId: string, options: CallOptions = {}): Paged<UploadedPart> {
    const call = this.#arguments.upload('listParts', bucket, key, uploadId, options, STORAGE_OPTIONS.call);
    const open = (after: { key?: string | undefined }) => skipTo(listParts(this.#directory(bucket), uploadId), ({ partNumber }) => String(partNumber), after.key);
    return pagedWalk(open, ({ partNumber }) => ({ key: String(partNumber) }), (page) =>
      this.#begin(call, options, () => {
        this.#arguments.assertPage(page, call);
        requireUpload(this.#existing(bucket), key, uploadId);
      }),
      options.abortSignal,
    );
  }

  listMultipartUploads(bucket: string, options: CallOptions & { prefix?: string } = {}): Paged<MultipartUpload> {
    const call = this.#arguments.bucket('listMultipartUploads', bucket, options, STORAGE_OPTIONS.listByPrefix, 'multipart');
    const open = (after: { key?: string | undefined }) => skipTo(listUploads(this.#directory(bucket), options.prefix ?? ''), ({ uploadId }) => uploadId, after.key);
    return pagedWalk(open, ({ uploadId }) => ({ key: uploadId }), (page) => this.#beginList(call, bucket, options, page), options.abortSignal);
  }

  async completeMultipartUpload(bucket: string, key: string, uploadId: string, parts: readonly UploadedPart[], options: CompleteMultipartUploadOptions<C> = {}): Promise<PutObjectResult> {
    const call = this.#arguments.upload('completeMultipartUpload', bucket, key, uploadId, options, STORAGE_OPTIONS.completeMultipartUpload);
    this.#arguments.assertParts(parts, call);
    return this.#inBucket(call, bucket, options, (directory, { abortSignal }) =>
      withLock(`${directory.path}\n${uploadId}`, async () => {
        const { sidecar } = requireUpload(directory, key, uploadId);
        const temporary = await assemble(directory, uploadId, parts, { checksums: options.checksums, abortSignal, durable: this.#durable, where: call });
        const committed = await commit(directory, temporary.path, { ...sidecar, checksums: temporary.checksums, checksumType: temporary.checksums && 'full_object' }, options, this.#durable);
        removeUpload(directory, uploadId);
        return { ...committed, checksums: temporary.checksums, checksumType: temporary.checksums && 'full_object' };
      }),
    );
  }

  async abortMultipartUpload(bucket: string, key: string, uploadId: string, options: CallOptions = {}): Promise<void> {
    const call = this.#arguments.upload('abortMultipartUpload', bucket, key, uploadId, options, STORAGE_OPTIONS.call);
    return this.#inBucket(call, bucket, options, async (directory) => removeUpload(directory, uploadId));
  }

  async getBucketVersioning(bucket: string, options: CallOptions = {}): Promise<BucketVersioning> {
    const call = this.#arguments.bucket('getBucketVersioning', bucket, options, STORAGE_OPTIONS.call, 'versions');
    return this.#inBucket(call, bucket, options, async (directory) => readVersioning(directory));
  }

  async setBucketVersioning(bucket: string, versioning: 'enabled' | 'suspended', options: CallOptions = {}): Promise<void> {
    const call = this.#arguments.bucket('setBucketVersioning', bucket, options, STORAGE_OPTIONS.call, 'versions');
    if (versioning !== 'enabled' && versioning !== 'suspended') throw new InvalidArgumentError('The versioning must be "enabled" or "suspended"', call);
    return this.#inBucket(call, bucket, options, async (directory) => writeVersioning(directory, versioning));
  }

  listObjectVersions(bucket: string, options: CallOptions & { prefix?: string } = {}): Paged<ObjectVersion> {
    const call = this.#arguments.bucket('listObjectVersions', bucket, options, STORAGE_OPTIONS.listByPrefix, 'versions');
    const identify = ({ key, versionId }: ObjectVersion): string => `${key}\0${versionId}`;
    const open = (after: { key?: string | undefined }) => skipTo(listVersions(this.#directory(bucket), options.prefix ?? ''), identify, after.key);
    return pagedWalk(open, (version) => ({ key: identify(version) }), (page) => this.#beginList(call, bucket, options, page), options.abortSignal);
  }

  async getObjectTags(bucket: string, key: string, options: CallOptions & { versionId?: string } = {}): Promise<Record<string, string>> {
    const call = this.#arguments.object('getObjectTags', bucket, key, options, STORAGE_OPTIONS.objectVersion, 'tags');
    return this.#inBucket(call, bucket, options, async (directory) => ({ ...findState(directory, key, options.versionId).sidecar.tags }));
  }

  async putObjectTags(bucket: string, key: string, tags: Readonly<Record<string, string>>, options: CallOptions & { versionId?: string } = {}): Promise<void> {
    const call = this.#arguments.object('putObjectTags', bucket, key, { ...options, tags }, { ...STORAGE_OPTIONS.objectVersion, ...TAGS }, 'tags');
    return this.#inBucket(call, bucket, options, (directory) => putTags(directory, key, options.versionId, tags));
  }

  async close(): Promise<void> {
    this.#runner.close();
    await this.#presigner.close();
  }

  /** The source is read once, so nothing is tried again; whatever happens, it is closed. */
  async #store(call: Call, bucket: string, key: string, body: BodyInput | BodySource, options: PutObjectOptions<C>): Promise<PutObjectResult> {
    const { sizeInBytes, abortSignal, ifNoneMatch } = options;
    const source = openBody(body, { sizeInBytes, abortSignal, where: call });
    try {
      return await this.#inBucket({ ...call, retry: 'never' }, bucket, options, async (directory, attempt) => {
        if (ifNoneMatch) assertConditions(statObject(directory, key), { ifNoneMatch });
        const written = await writeBody(directory, source, { ...options, abortSignal: attempt.abortSignal, durable: this.#durable, where: call });
        const committed = await commit(directory, written.path, sidecarOf(key, options, written.checksums), options, this.#durable);
        return { ...committed, checksums: written.checksums, checksumType: written.checksums && 'full_object' };
      });
    } finally {
      await source.close(abortSignal?.reason);
    }
  }

  async #inBucket<T>(call: Call & Pick<OperationInfo, 'retry'>, bucket: string, options: CallOptions, work: (directory: BucketDirectory, attempt: Attempt) => Promise<T>): Promise<T> {
    await breathe();
    return this.#runner.run(call, options, async (attempt) => work(this.#existing(bucket), attempt));
  }

  #begin(call: Call, options: CallOptions, check: () => void): Promise<void> {
    return this.#runner.run(call, options, async () => check());
  }

  #beginList(call: Call, bucket: string, options: CallOptions, page: { pageToken?: string | undefined; maxPageSize?: number | undefined }): Promise<void> {
    return this.#begin(call, options, () => {
      this.#arguments.assertPage(page, call);
      this.#directory(bucket).assertExists();
    });
  }

  #existing(bucket: string): BucketDirectory {
    const directory = this.#directory(bucket);
    directory.assertExists();
    return directory;
  }

  /** What the file system does to names is found out once, when there is a root to look at. */
  #directory(bucket: string): BucketDirectory {
    if (this.#real === undefined && fs.existsSync(this.#root)) {
      const root = fs.realpathSync.native(this.#root);
      this.#real = { root, rules: probeNameRules(root) };
    }
    const { root, rules } = this.#real ?? { root: this.#root, rules: PLAIN_NAMES };
    return new BucketDirectory(root, bucket, rules);
  }

  *#bucketsAfter(name: string | undefined): Generator<Bucket, void, undefined> {
    for (const bucket of listBuckets(this.#root)) if (name === undefined || bucket.name > name) yield bucket;
  }
}
