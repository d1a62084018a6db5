import { assertArgument, checks, CloudError, errorFromCode, STORAGE_OPTIONS, type Bucket, type BucketVersioning, type Call, type CallOptions, type CreateBucketOptions, type DeleteBucketOptions } from '@cmx/cloud-core';
import { withinDeadline } from '../deadline.ts';
import { listMultipartUploads, listObjects, listObjectVersions } from '../listings/lists.ts';
import { abortMultipartUpload } from '../multipart/multipart.ts';
import { deleteObjects } from '../objects/delete-objects.ts';
import type { S3Context } from '../s3-context.ts';
import { sendHead } from '../send-head.ts';
import { childText } from '../xml/xml-access.ts';
import { document, element } from '../xml/xml-writer.ts';

export function createBucket(context: S3Context, bucket: string, options: CreateBucketOptions = {}): Promise<Bucket> {
  const { connection, check, dialect } = context;
  const call = check.bucket('createBucket', bucket, options, STORAGE_OPTIONS.createBucket, 'createBucket');
  const region = options.region ?? connection.region;
  // AWS takes its first region for granted and refuses to hear its name; other services have regions of their own or none.
  const isFirstRegion = dialect.name === 'aws' && region === 'us-east-1';
  const body = dialect.name === 'aws' && !isFirstRegion ? document('CreateBucketConfiguration', element('LocationConstraint', region)) : undefined;
  return withinDeadline(call, options, async (callOptions) => {
    if (isFirstRegion) await assertNotOwned(context, call, bucket, callOptions);
    await connection.send({ call, method: 'PUT', bucket, body }, callOptions);
    return { name: bucket, region };
  });
}

/** In AWS's first region, creating a bucket that the caller has already succeeds, and resets who may read it. */
async function assertNotOwned(context: S3Context, call: Call, bucket: string, options: CallOptions): Promise<void> {
  try {
    await headBucket(context, call, bucket, options);
  } catch (error) {
    if (CloudError.is(error, 'bucket_not_found') || CloudError.is(error, 'not_found') || CloudError.is(error, 'permission_denied')) return;
    throw error;
  }
  throw errorFromCode('already_exists', 'The bucket is there already', call);
}

export async function bucketExists(context: S3Context, bucket: string, options: CallOptions = {}): Promise<boolean> {
  const call = context.check.bucket('bucketExists', bucket, options, STORAGE_OPTIONS.call);
  try {
    await withinDeadline(call, options, (callOptions) => headBucket(context, call, bucket, callOptions));
    return true;
  } catch (error) {
    if (CloudError.is(error, 'not_found') || CloudError.is(error, 'bucket_not_found')) return false;
    throw error;
  }
}

function headBucket({ connection }: S3Context, call: Call, bucket: string, options: CallOptions): Promise<unknown> {
  return sendHead(connection, { call, bucket }, { call, bucket, query: { 'max-keys': 0 } }, [400, 403, 404], options);
}

export async function deleteBucket(context: S3Context, bucket: string, options: DeleteBucketOptions = {}): Promise<void> {
  const call = context.check.bucket('deleteBucket', bucket, options, STORAGE_OPTIONS.deleteBucket, 'deleteBucket');
  try {
    await withinDeadline(call, options, async (callOptions) => {
      if (options.force) await emptyBucket(context, bucket, callOptions);
      await context.connection.send({ call, method: 'DELETE', bucket }, callOptions);
    });
  } catch (error) {
    if (!CloudError.is(error, 'bucket_not_found') && !CloudError.is(error, 'not_found')) throw error;
  }
}

/** Deletes everything that keeps a bucket from being deleted, a page at a time. */
async function emptyBucket(context: S3Context, bucket: string, options: CallOptions): Promise<void> {
  const { versions, multipart } = context.dialect.capabilities;
  if (multipart) {
    for await (const { key, uploadId } of listMultipartUploads(context, bucket, options)) await abortMultipartUpload(context, bucket, key, uploadId, options);
  }
  const pages = versions ? listObjectVersions(context, bucket, options).byPage() : listObjects(context, bucket, options).byPage();
  for await (const { items } of pages) {
    const targets = items.flatMap((item) => ('key' in item ? [{ key: item.key, versionId: 'versionId' in item ? item.versionId : undefined }] : []));
    for (const result of await deleteObjects(context, bucket, targets, options)) if (!result.deleted) throw result.error;
  }
}

export async function getBucketVersioning({ connection, check }: S3Context, bucket: string, options: CallOptions = {}): Promise<BucketVersioning> {
  const call = check.bucket('getBucketVersioning', bucket, options, STORAGE_OPTIONS.call, 'versions');
  const { document: answer } = await connection.sendForXml({ call, method: 'GET', bucket, query: { versioning: '' } }, 'VersioningConfiguration', options);
  const status = childText(answer, 'Status');
  return status === 'Enabled' ? 'enabled' : status === 'Suspended' ? 'suspended' : 'off';
}

export async function setBucketVersioning({ connection, check }: S3Context, bucket: string, versioning: 'enabled' | 'suspended', options: CallOptions = {}): Promise<void> {
  const call = check.bucket('setBucketVersioning', bucket, options, STORAGE_OPTIONS.call, 'versions');
  assertArgument(versioning, 'versioning', checks.oneOf('enabled', 'suspended'), call);
  const body = document('VersioningConfiguration', element('Status', versioning === 'enabled' ? 'Enabled' : 'Suspended'));
  await connection.send({ call, method: 'PUT', bucket, query: { versioning: '' }, body }, options);
}
