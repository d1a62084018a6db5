import { CloudError, NotFoundError, STORAGE_OPTIONS, type CallOptions, type GetObjectMetadataOptions, type ObjectMetadata } from '@cmx/cloud-core';
import { withinDeadline } from '../deadline.ts';
import type { PartTarget } from '../multipart/multipart.ts';
import type { S3Context } from '../s3-context.ts';
import { toObjectMetadata } from './object-metadata.ts';
import { readHeaders } from './read-headers.ts';

export function getObjectMetadata(context: S3Context, bucket: string, key: string, options: GetObjectMetadataOptions = {}): Promise<ObjectMetadata> {
  const call = context.check.object('getObjectMetadata', bucket, key, options, STORAGE_OPTIONS.getObjectMetadata);
  return withinDeadline(call, options, ({ abortSignal }) => headObject(context, { call, bucket, key }, { ...options, timeoutInMs: undefined, abortSignal }));
}

/** Reads metadata. An answer to HEAD has no words, so of a missing object a second request asks whether its bucket is there. */
export async function headObject(context: S3Context, { call, bucket, key }: PartTarget, options: GetObjectMetadataOptions): Promise<ObjectMetadata> {
  const headers = await readHeaders(options, context.dialect.capabilities.checksums.length > 0);
  const query = options.versionId === undefined ? undefined : { versionId: options.versionId };
  try {
    const answer = await context.connection.send({ call, method: 'HEAD', bucket, key, query, headers }, options);
    return toObjectMetadata(key, answer.headers);
  } catch (error) {
    if (CloudError.is(error, 'not_found') && error.vendorCode === undefined) await assertBucket(context, { call, bucket, key }, error, options);
    throw error;
  }
}

/** @throws {NotFoundError} `bucket_not_found`, when that is why the object is missing. */
async function assertBucket({ connection }: S3Context, { call, bucket }: PartTarget, { status, requestId, attempts }: CloudError, options: CallOptions): Promise<void> {
  try {
    await connection.send({ call, method: 'HEAD', bucket }, options);
  } catch (error) {
    if (!CloudError.is(error, 'not_found') && !CloudError.is(error, 'bucket_not_found')) return;
    throw new NotFoundError('The bucket does not exist', { provider: error.provider, service: error.service, ...call, status, requestId, attempts, phase: 'response' }, 'bucket_not_found');
  }
}

export async function objectExists(context: S3Context, bucket: string, key: string, options: CallOptions = {}): Promise<boolean> {
  const call = context.check.object('objectExists', bucket, key, options, STORAGE_OPTIONS.call);
  try {
    await withinDeadline(call, options, (callOptions) => headObject(context, { call, bucket, key }, callOptions));
    return true;
  } catch (error) {
    if (CloudError.is(error, 'not_found')) return false;
    throw error;
  }
}
