import { CloudError, STORAGE_OPTIONS, type CallOptions, type GetObjectMetadataOptions, type ObjectMetadata } from '@cmx/cloud-core';
import { withinDeadline } from '../deadline.ts';
import type { PartTarget } from '../multipart/drop-upload.ts';
import { sendHead } from '../send-head.ts';
import type { S3Context } from '../s3-context.ts';
import { toObjectMetadata } from './object-metadata.ts';
import { readHeaders } from './read-headers.ts';
import { customerKeyHeaders } from './store-headers.ts';

export function getObjectMetadata(context: S3Context, bucket: string, key: string, options: GetObjectMetadataOptions = {}): Promise<ObjectMetadata> {
  const call = context.check.object('getObjectMetadata', bucket, key, options, STORAGE_OPTIONS.getObjectMetadata);
  return withinDeadline(call, options, ({ abortSignal }) => headObject(context, { call, bucket, key }, { ...options, timeoutInMs: undefined, abortSignal }));
}

/** Reads metadata. An answer to HEAD has no words, so one that says no is asked for again by GET. */
export async function headObject(context: S3Context, { call, bucket, key }: PartTarget, options: GetObjectMetadataOptions): Promise<ObjectMetadata> {
  const keyHeaders = options.customerKey === undefined ? {} : await customerKeyHeaders(options.customerKey);
  const headers = readHeaders(options, context.dialect.capabilities.checksums.length > 0, keyHeaders);
  const request = { call, bucket, key, query: options.versionId === undefined ? undefined : { versionId: options.versionId }, headers };
  const answer = await sendHead(context.connection, request, { ...request, headers: { ...keyHeaders, range: 'bytes=0-0' } }, [400, 403, 404], options);
  return toObjectMetadata(key, answer.headers);
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
