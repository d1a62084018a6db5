import type { StorageClient, StorageFeature } from '@cmx/cloud-core';
import { collect } from '../suite/assertions.ts';

/** Where a refused call would have had its effect. */
export interface RefusedTarget {
  readonly client: StorageClient;
  readonly bucket: string;
  readonly key: string;
}

/** Makes the call; `undefined` when the client does not even have the method. */
type RefusedCall = (target: RefusedTarget) => Promise<unknown> | undefined;

const PAST = new Date(0);
const ETAG = 'abc';

/**
 * For each capability, a call that needs it. Some capabilities only say how a call is carried out, never whether:
 * `serverSideCopy` and `batchDelete`.
 */
export const REFUSED_CALLS: Readonly<Partial<Record<StorageFeature, RefusedCall>>> = {
  listBuckets: ({ client }) => collect(client.listBuckets()),
  createBucket: ({ client }) => client.createBucket('cmx-test-refused'),
  deleteBucket: ({ client }) => client.deleteBucket('cmx-test-refused'),
  createOnlyPut: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { ifNoneMatch: '*' }),
  conditionalPut: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { ifMatch: ETAG }),
  conditionalMultipart: ({ client, bucket, key }) => client.completeMultipartUpload(bucket, key, 'upload', [{ partNumber: 1, etag: ETAG, sizeInBytes: 1 }], { ifNoneMatch: '*' }),
  conditionalGet: ({ client, bucket, key }) => client.getObject(bucket, key, { ifNoneMatch: ETAG }),
  modifiedConditions: ({ client, bucket, key }) => client.getObjectMetadata(bucket, key, { ifModifiedSince: PAST }),
  conditionalDelete: ({ client, bucket, key }) => client.deleteObject(bucket, key, { ifMatch: ETAG }),
  conditionalCopy: ({ client, bucket, key }) => client.copyObject({ bucket, key }, { bucket, key: `${key}-copy` }, { sourceIfMatch: ETAG }),
  ranges: ({ client, bucket, key }) => client.getObject(bucket, key, { range: { start: 0 } }),
  suffixRanges: ({ client, bucket, key }) => client.getObject(bucket, key, { range: { suffix: 1 } }),
  metadata: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { metadata: { note: 'x' } }),
  contentHeaders: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { cacheControl: 'no-store' }),
  tags: ({ client, bucket, key }) => client.putObjectTags(bucket, key, { team: 'blue' }),
  versions: ({ client, bucket }) => client.setBucketVersioning(bucket, 'enabled'),
  multipart: ({ client, bucket, key }) => client.createMultipartUpload(bucket, key),
  resumableUploads: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { resume: true }),
  partCopy: ({ client, bucket, key }) => client.copyPart({ bucket, key }, { bucket, key: `${key}-copy` }, 'upload', 1),
  startAfter: ({ client, bucket, key }) => collect(client.listObjects(bucket, { startAfter: key })),
  presignedPost: ({ client, bucket, key }) => client.generatePresignedPost(bucket, key),
  responseOverrides: ({ client, bucket, key }) => client.getObject(bucket, key, { responseHeaders: { contentType: 'text/csv' } }),
  storageClass: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { storageClass: 'STANDARD' }),
  serverSideEncryption: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { serverSideEncryption: { algorithm: 'AES256' } }),
  customerKeys: ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { customerKey: { key: new Uint8Array(32) } }),
  acl: extension('getObjectAcl', 'object'),
  lifecycle: extension('getBucketLifecycle', 'bucket'),
  cors: extension('getBucketCors', 'bucket'),
  objectLock: extension('getObjectLegalHold', 'object'),
  website: extension('getBucketWebsite', 'bucket'),
  quotas: extension('getBucketQuota', 'bucket'),
};

/** A method of an interface beside `StorageClient`, which a client may leave out. */
function extension(method: string, subject: 'bucket' | 'object'): RefusedCall {
  return ({ client, bucket, key }) => {
    const call: unknown = Reflect.get(client, method);
    if (typeof call !== 'function') return undefined;
    return Reflect.apply(call, client, subject === 'bucket' ? [bucket] : [bucket, key]) as Promise<unknown>;
  };
}
