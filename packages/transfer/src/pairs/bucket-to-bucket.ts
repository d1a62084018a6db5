import { ChangedDuringReadError, ChecksumMismatchError, type CopyObjectOptions, type ObjectMetadata, type PutObjectOptions } from '@cmx/cloud-core';
import type { BucketEnd } from '../transfer-end.ts';
import { carryMetadata } from './carried-metadata.ts';
import { putOptions, verifiedUpload, type Copied, type CopyJob, type CopyPair } from './copy-job.ts';

/** Between two buckets: inside the service when both ends are one client, otherwise through this process. */
export function bucketToBucket(source: BucketEnd, target: BucketEnd): CopyPair {
  const serverSide = source.client === target.client && source.client.capabilities.serverSideCopy;
  return (job) => (serverSide ? copyInService(source, target, job) : copyThrough(source, target, job));
}

async function copyInService(source: BucketEnd, target: BucketEnd, job: CopyJob): Promise<Copied> {
  const { capabilities } = source.client;
  const { item } = job;
  const options: CopyObjectOptions = {
    ...job.call,
    ...(await replacedMetadata(source, target, job)),
    storageClass: job.storageClass,
    sourceIfMatch: capabilities.conditionalCopy ? item.etag : undefined,
    ifNoneMatch: job.createOnly && capabilities.createOnlyPut ? '*' : undefined,
    onProgress: ({ transferredInBytes }) => job.onBytes(transferredInBytes),
  };
  const copied = await source.client.copyObject({ bucket: source.bucket, key: source.prefix + item.key }, { bucket: target.bucket, key: target.prefix + job.targetKey }, options);
  if (!capabilities.conditionalCopy && copied.sizeInBytes !== item.sizeInBytes) {
    throw new ChangedDuringReadError(`The object had ${String(item.sizeInBytes)} bytes when it was listed and ${String(copied.sizeInBytes)} when it was copied`);
  }
  return { how: 'server-side', verified: 'service', sizeInBytes: copied.sizeInBytes };
}

/** A service that is given new metadata forgets the old, so what the caller did not name is read and sent along. */
async function replacedMetadata(source: BucketEnd, target: BucketEnd, job: CopyJob): Promise<CopyObjectOptions> {
  if (!job.headers && !job.metadata) return {};
  const metadata = await source.client.getObjectMetadata(source.bucket, source.prefix + job.item.key, job.call);
  return { ...carryMetadata(metadata, target.client, job).options, metadataDirective: 'replace' };
}

async function copyThrough(source: BucketEnd, target: BucketEnd, job: CopyJob): Promise<Copied> {
  await using object = await source.client.getObject(source.bucket, source.prefix + job.item.key, job.call);
  const { metadata } = object;
  const carried = carryMetadata(metadata, target.client, job);
  const options: PutObjectOptions = {
    ...putOptions(job, target.client, metadata.checksumType === 'full_object' ? metadata.checksums : undefined),
    ...carried.options,
    sizeInBytes: metadata.sizeInBytes,
  };
  const body = metadata.sizeInBytes <= job.partSizeInBytes ? await object.bytes() : object;
  if (body instanceof Uint8Array) expectWhole(body, metadata);
  const put = await target.client.putObject(target.bucket, target.prefix + job.targetKey, body, options);
  const verified = verifiedUpload(put, options, metadata.sizeInBytes);
  return { how: 'streamed', verified, sizeInBytes: put.sizeInBytes, ...(carried.notCarried.length > 0 && { notCarried: carried.notCarried }) };
}

function expectWhole(body: Uint8Array, { sizeInBytes }: ObjectMetadata): void {
  if (body.length !== sizeInBytes) throw new ChecksumMismatchError(`The object has ${String(sizeInBytes)} bytes, ${String(body.length)} arrived`);
}
