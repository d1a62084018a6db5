import { openBody, type BodySource } from '../body/source.ts';
import type { BodyInput } from '../body/types.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { CloudError } from '../errors/cloud-error.ts';
import { InvalidArgumentError, UnsupportedOperationError } from '../errors/errors.ts';
import type { Logger } from '../logger.ts';
import type { CallOptions } from '../models/call-options.ts';
import { paged, type Page, type Paged, type PageRequest } from '../paging.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { OperationRunner, type OperationInfo } from '../run-operation.ts';
import type * as M from '../storage/models.ts';
import type { StorageClient } from '../storage/storage-client.ts';
import type { Telemetry } from '../telemetry.ts';
import { DownloadedObject } from '../transfer/downloaded-object.ts';
import { uploadBody } from '../transfer/upload-body.ts';
import { tags as tagsCheck } from '../validation/checks.ts';
import { assertArgument } from '../validation/options.ts';
import type { Call } from '../validation/object-arguments.ts';
import { isPortableBucketName, StorageArguments } from '../validation/storage-arguments.ts';
import { STORAGE_OPTIONS as OPTIONS } from '../validation/storage-options.ts';
import { copyObject, copyPart } from './copying.ts';
import { compareKeys } from './key-order.ts';
import { entryPosition, listEntries, listVersions, pageOf, positionOf, versionPosition } from './listings.ts';
import { MEMORY_STORAGE_CAPABILITIES, type MemoryStorageCapabilities as C } from './memory-capabilities.ts';
import { MemoryStore } from './memory-store.ts';
import { beginUpload, completeUpload, dropUpload, findUpload, keepPart, listParts, type MemoryUpload } from './memory-uploads.ts';
import { toMetadata, toPutResult, toVersion } from './object-record.ts';
import { assertReadConditions, bodyOf, resolveRange } from './reading.ts';
import { memoryTarget } from './memory-target.ts';

export interface MemoryStorageClientOptions {
  /** Bytes the store holds at most, unfinished uploads included; a write beyond fails with `quota_exceeded`. Default: no bound. */
  readonly maxTotalBytes?: number | undefined;
  /** Milliseconds every call takes, or what each of them takes. Default 0. */
  readonly latencyInMs?: number | ((operation: string) => number) | undefined;
  /** Where times of change, latency and retries come from. */
  readonly clock?: Clock | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
}

/**
 * An object store in the memory of this process: the reference for every other, and a stand-in for them in tests. Each client is
 * a store of its own. All calls pass the same checks, deadlines and errors as those of a service; bodies go through the upload and
 * download engines. There are no presigned URLs: nobody could fetch them.
 */
export class MemoryStorageClient implements StorageClient<C> {
  readonly provider = 'memory';
  readonly capabilities: C = MEMORY_STORAGE_CAPABILITIES;

  readonly #options: MemoryStorageClientOptions;
  readonly #clock: Clock;
  readonly #runner: OperationRunner;
  readonly #arguments = new StorageArguments({ provider: 'memory', service: 'storage', capabilities: MEMORY_STORAGE_CAPABILITIES });
  readonly #store: MemoryStore;

  constructor(options: MemoryStorageClientOptions = {}) {
    const { clock = systemClock, maxTotalBytes = Infinity, retry, logger, telemetry } = options;
    this.#options = options;
    this.#clock = clock;
    this.#runner = new OperationRunner({ provider: 'memory', service: 'storage', clock, retry, logger, telemetry });
    this.#store = new MemoryStore(clock, maxTotalBytes);
  }

  listBuckets(options: CallOptions = {}): Paged<M.Bucket> {
    return this.#list(() => this.#arguments.service('listBuckets', options, OPTIONS.call), options, (page, after) => {
      const behind = this.#store.list().filter(({ name }) => after === undefined || name > after);
      return pageOf(behind, ({ name }) => name, page);
    });
  }

  /** @throws {InvalidArgumentError} The name is none that every store would take: 3 to 63 of `a` to `z`, `0` to `9` and `-`. */
  async createBucket(bucket: string, options: M.CreateBucketOptions = {}): Promise<M.Bucket> {
    const call = this.#arguments.bucket('createBucket', bucket, options, OPTIONS.createBucket);
    if (!isPortableBucketName(bucket)) throw new InvalidArgumentError('A bucket name has 3 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends', call);
    return this.#run(call, options, () => this.#store.create(bucket, options.region));
  }

  async deleteBucket(bucket: string, options: M.DeleteBucketOptions = {}): Promise<void> {
    const call = this.#arguments.bucket('deleteBucket', bucket, options, OPTIONS.deleteBucket);
    return this.#run(call, options, () => this.#store.delete(bucket, options.force === true));
  }

  async bucketExists(bucket: string, options: CallOptions = {}): Promise<boolean> {
    const call = this.#arguments.bucket('bucketExists', bucket, options, OPTIONS.call);
    return this.#run(call, options, () => this.#store.has(bucket));
  }

  async putObject(bucket: string, key: string, body: BodyInput, options: M.PutObjectOptions<C> = {}): Promise<M.PutObjectResult> {
    const call = this.#arguments.object('putObject', bucket, key, options, OPTIONS.putObject);
    return this.#upload(call, bucket, key, body, options);
  }

  async getObject(bucket: string, key: string, options: M.GetObjectOptions<C> = {}): Promise<M.StoredObject> {
    const call = this.#arguments.object('getObject', bucket, key, options, OPTIONS.getObject);
    return this.#run(call, options, () => {
      const { abortSignal, onProgress, responseHeaders } = options;
      const record = this.#store.bucket(bucket).find(key, options.versionId);
      assertReadConditions(record, options);
      const range = resolveRange(options.range, record.content.bytes.length);
      // Bytes that never left the process need no checking, unless somebody wants it.
      const verifyChecksum = options.verifyChecksum ?? false;
      return new DownloadedObject({ where: call, metadata: toMetadata(record, responseHeaders), range, body: bodyOf(record.content.bytes, range), abortSignal, onProgress, verifyChecksum });
    });
  }

  async getObjectMetadata(bucket: string, key: string, options: M.GetObjectMetadataOptions<C> = {}): Promise<M.ObjectMetadata> {
    const call = this.#arguments.object('getObjectMetadata', bucket, key, options, OPTIONS.getObjectMetadata);
    return this.#run(call, options, () => {
      const record = this.#store.bucket(bucket).find(key, options.versionId);
      assertReadConditions(record, options);
      return toMetadata(record);
    });
  }

  async objectExists(bucket: string, key: string, options: CallOptions = {}): Promise<boolean> {
    const call = this.#arguments.object('objectExists', bucket, key, options, OPTIONS.call);
    return this.#run(call, options, () => this.#store.bucket(bucket).current(key) !== undefined);
  }

  listObjects(bucket: string, options: M.ListObjectsOptions<C> = {}): Paged<M.ListEntry> {
    return this.#list(() => this.#arguments.bucket('listObjects', bucket, options, OPTIONS.listObjects), options, (page, after) =>
      pageOf(listEntries(this.#store.bucket(bucket), options, after), entryPosition, page),
    );
  }

  async deleteObject(bucket: string, key: string, options: M.DeleteObjectOptions<C> = {}): Promise<M.DeleteObjectOutcome> {
    const call = this.#arguments.object('deleteObject', bucket, key, options, OPTIONS.deleteObject);
    return this.#run(call, options, () => this.#store.bucket(bucket).delete(key, options.versionId, options.ifMatch));
  }

  async deleteObjects(bucket: string, targets: Iterable<M.DeleteTarget>, options: CallOptions = {}): Promise<M.DeleteObjectsResult[]> {
    const call = this.#arguments.bucket('deleteObjects', bucket, options, OPTIONS.call);
    const checked = this.#arguments.targets(targets, call);
    return this.#run(call, options, () => {
      const found = this.#store.bucket(bucket);
      return checked.map(({ key, versionId }) => ({ key, deleted: true, ...found.delete(key, versionId, undefined) }));
    });
  }

  async copyObject(source: M.ObjectReference, target: M.ObjectReference, options: M.CopyObjectOptions<C> = {}): Promise<M.PutObjectResult> {
    const call = this.#arguments.copy('copyObject', source, target, options, OPTIONS.copyObject);
    return this.#run(call, options, () => copyObject(this.#store, source, target, options, call));
  }

  async uploadFile(bucket: string, key: string, path: string, options: M.UploadFileOptions<C> = {}): Promise<M.PutObjectResult> {
    const call = this.#arguments.object('uploadFile', bucket, key, options, OPTIONS.uploadFile);
    const { contentTypeOf, openFile } = await import('../files/index.ts');
    const file = await openFile(path, call);
    return this.#upload(call, bucket, key, file, { contentType: contentTypeOf(key), ...options });
  }

  async downloadFile(bucket: string, key: string, path: string, options: M.DownloadFileOptions<C> = {}): Promise<M.ObjectMetadata> {
    const call = this.#arguments.object('downloadFile', bucket, key, options, OPTIONS.downloadFile);
    const { downloadToFile } = await import('../files/index.ts');
    const { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = options;
    const conditions = { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince };
    return this.#run({ ...call, retry: 'never', graceInMs: 10_000 }, options, (abortSignal) =>
      downloadToFile(path, (part) => this.getObject(bucket, key, { ...conditions, ...part }), { ...options, abortSignal, where: call }),
    );
  }

  /** @throws {UnsupportedOperationError} Always: nobody could fetch the URL. */
  async generatePresignedUrl(bucket: string, key: string, options: M.PresignOptions<C> = {}): Promise<M.PresignedUrl> {
    throw unsupported(this.#arguments.object('generatePresignedUrl', bucket, key, options, OPTIONS.presign, 'presignedUrls'));
  }

  /** @throws {UnsupportedOperationError} Always: nobody could post the form. */
  async generatePresignedPost(bucket: never, key: string, options: M.PresignPostOptions = {}): Promise<M.PresignedPost> {
    throw unsupported(this.#arguments.object('generatePresignedPost', bucket, key, options, OPTIONS.presignPost, 'presignedPost'));
  }

  async createMultipartUpload(bucket: string, key: string, options: M.CreateMultipartUploadOptions<C> = {}): Promise<M.MultipartUpload> {
    const call = this.#arguments.object('createMultipartUpload', bucket, key, options, OPTIONS.createMultipartUpload);
    return this.#run(call, options, () => {
      const { uploadId, startedAt } = beginUpload(this.#store, this.#store.bucket(bucket), key, options);
      return { key, uploadId, startedAt };
    });
  }

  async uploadPart(bucket: string, key: string, uploadId: string, partNumber: number, body: Uint8Array, options: M.UploadPartOptions = {}): Promise<M.UploadedPart> {
    const call = this.#arguments.upload('uploadPart', bucket, key, uploadId, options, OPTIONS.uploadPart);
    this.#arguments.assertPart(partNumber, body, call);
    return this.#run(call, options, () => keepPart(this.#store, findUpload(this.#store.bucket(bucket), key, uploadId), partNumber, body, options, call));
  }

  async copyPart(source: M.ObjectReference, target: M.ObjectReference, uploadId: string, partNumber: number, options: M.CopyPartOptions = {}): Promise<M.UploadedPart> {
    const call = this.#arguments.copy('copyPart', source, target, options, OPTIONS.copyPart, 'partCopy');
    this.#arguments.assertPart(partNumber, undefined, call);
    return this.#run(call, options, () => copyPart(this.#store, source, findUpload(this.#store.bucket(target.bucket), target.key, uploadId), partNumber, options, call));
  }

  listParts(bucket: string, key: string, uploadId: string, options: CallOptions = {}): Paged<M.UploadedPart> {
    return this.#list(() => this.#arguments.upload('listParts', bucket, key, uploadId, options, OPTIONS.call), options, (page, after = '0') => {
      const parts = listParts(findUpload(this.#store.bucket(bucket), key, uploadId));
      return pageOf(parts.filter(({ partNumber }) => partNumber > Number(after)), ({ partNumber }) => String(partNumber), page);
    });
  }

  listMultipartUploads(bucket: string, options: CallOptions & { prefix?: string } = {}): Paged<M.MultipartUpload> {
    return this.#list(() => this.#arguments.bucket('listMultipartUploads', bucket, options, OPTIONS.listByPrefix), options, (page, after = '') => {
      const position = ({ key, uploadId }: MemoryUpload): string => `${key}\0${uploadId}`;
      const uploads = [...this.#store.bucket(bucket).uploads.values()].filter((upload) => upload.key.startsWith(options.prefix ?? '') && compareKeys(position(upload), after) > 0);
      const { items, nextPageToken } = pageOf(uploads.sort((a, b) => compareKeys(position(a), position(b))), position, page);
      return { items: items.map(({ key, uploadId, startedAt }) => ({ key, uploadId, startedAt })), nextPageToken };
    });
  }

  async completeMultipartUpload(bucket: string, key: string, uploadId: string, parts: readonly M.UploadedPart[], options: M.CompleteMultipartUploadOptions<C> = {}): Promise<M.PutObjectResult> {
    const call = this.#arguments.upload('completeMultipartUpload', bucket, key, uploadId, options, OPTIONS.completeMultipartUpload);
    this.#arguments.assertParts(parts, call);
    return this.#run(call, options, async () => {
      const found = this.#store.bucket(bucket);
      return toPutResult(await completeUpload(this.#store, found, findUpload(found, key, uploadId), parts, options, call));
    });
  }

  async abortMultipartUpload(bucket: string, key: string, uploadId: string, options: CallOptions = {}): Promise<void> {
    const call = this.#arguments.upload('abortMultipartUpload', bucket, key, uploadId, options, OPTIONS.call);
    return this.#run(call, options, () => {
      const found = this.#store.bucket(bucket);
      const upload = found.uploads.get(uploadId);
      if (upload?.key === key) dropUpload(this.#store, found, upload);
    });
  }

  async getBucketVersioning(bucket: string, options: CallOptions = {}): Promise<M.BucketVersioning> {
    const call = this.#arguments.bucket('getBucketVersioning', bucket, options, OPTIONS.call);
    return this.#run(call, options, () => this.#store.bucket(bucket).versioning);
  }

  async setBucketVersioning(bucket: string, versioning: 'enabled' | 'suspended', options: CallOptions = {}): Promise<void> {
    const call = this.#arguments.bucket('setBucketVersioning', bucket, options, OPTIONS.call);
    assertArgument(versioning, 'versioning', (value) => (value === 'enabled' || value === 'suspended' ? undefined : 'must be "enabled" or "suspended"'), call);
    return this.#run(call, options, () => void (this.#store.bucket(bucket).versioning = versioning));
  }

  listObjectVersions(bucket: string, options: CallOptions & { prefix?: string } = {}): Paged<M.ObjectVersion> {
    return this.#list(() => this.#arguments.bucket('listObjectVersions', bucket, options, OPTIONS.listByPrefix), options, (page, after) => {
      const { items, nextPageToken } = pageOf(listVersions(this.#store.bucket(bucket), options.prefix ?? '', after), versionPosition, page);
      return { items: items.map(({ record, isLatest }) => toVersion(record, isLatest)), nextPageToken };
    });
  }

  async getObjectTags(bucket: string, key: string, options: CallOptions & { versionId?: string } = {}): Promise<Record<string, string>> {
    const call = this.#arguments.object('getObjectTags', bucket, key, options, OPTIONS.objectVersion);
    return this.#run(call, options, () => ({ ...this.#store.bucket(bucket).find(key, options.versionId).content.attributes.tags }));
  }

  async putObjectTags(bucket: string, key: string, tags: Readonly<Record<string, string>>, options: CallOptions & { versionId?: string } = {}): Promise<void> {
    const call = this.#arguments.object('putObjectTags', bucket, key, options, OPTIONS.objectVersion);
    assertArgument(tags, 'tags', tagsCheck, call);
    this.#arguments.assertTagCount(tags, call);
    return this.#run(call, options, () => {
      const { content } = this.#store.bucket(bucket).find(key, options.versionId);
      content.attributes = { ...content.attributes, tags: { ...tags } };
    });
  }

  async close(): Promise<void> {
    this.#runner.close();
  }

  /** The body is read once, so nothing is tried again. Whatever happens, it is closed. */
  async #upload(call: Call, bucket: string, key: string, body: BodyInput | BodySource, options: M.PutObjectOptions<C>): Promise<M.PutObjectResult> {
    const source = openBody(body, { sizeInBytes: options.sizeInBytes, where: call });
    try {
      return await this.#run({ ...call, retry: 'never', graceInMs: 10_000 }, options, (abortSignal) => {
        const target = memoryTarget(this.#store, this.#store.bucket(bucket), key, options, call);
        return uploadBody(target, source, { ...options, abortSignal, where: call });
      });
    } finally {
      await source.close(options.abortSignal?.reason);
    }
  }

  /** Arguments are checked when the list is read, so that a wrong one fails where the other failures of a list do. */
  #list<T>(check: () => Call, options: CallOptions, readPage: (page: PageRequest, after: string | undefined) => Page<T>): Paged<T> {
    return paged(async (page) => {
      const call = check();
      this.#arguments.assertPage(page, call);
      return this.#run(call, options, () => readPage(page, positionOf(page, call)));
    });
  }

  #run<T>(info: OperationInfo, options: CallOptions, work: (abortSignal: AbortSignal) => T | Promise<T>): Promise<T> {
    return this.#runner.run(info, options, async ({ abortSignal }) => {
      const { latencyInMs = 0 } = this.#options;
      const delayInMs = typeof latencyInMs === 'number' ? latencyInMs : latencyInMs(info.operation);
      if (delayInMs > 0) await this.#clock.sleep(delayInMs, abortSignal);
      return work(abortSignal);
    });
  }
}

function unsupported(call: Call): CloudError {
  return new UnsupportedOperationError('Not supported here', call);
}
