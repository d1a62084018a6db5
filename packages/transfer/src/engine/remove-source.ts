import { lstat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ChangedDuringReadError, ChecksumMismatchError } from '@cmx/cloud-core';
import type { TransferItem } from '../copy-options.ts';
import { changedFile, toFileError } from '../files/file-errors.ts';
import type { CopyJob } from '../pairs/copy-job.ts';
import type { BucketEnd, TransferEnd } from '../transfer-end.ts';

/**
 * The second half of a move. Looks at the copy once more, then deletes the source if it still is what was copied.
 *
 * @throws {ChecksumMismatchError} The target does not hold what was copied. @throws {ChangedDuringReadError} The source is another one by now.
 */
export async function removeSource(source: TransferEnd, target: TransferEnd, job: CopyJob, sizeInBytes: number): Promise<void> {
  await expectAtTarget(target, job, sizeInBytes);
  if (source.kind === 'bucket') await deleteObject(source, job);
  else await deleteFile(join(source.root, job.item.key), job.item);
}

async function expectAtTarget(target: TransferEnd, job: CopyJob, sizeInBytes: number): Promise<void> {
  const found = await sizeAtTarget(target, job);
  if (found !== sizeInBytes) throw new ChecksumMismatchError(`The copy has ${String(found)} bytes instead of ${String(sizeInBytes)}, so the source was kept`);
}

async function sizeAtTarget(target: TransferEnd, job: CopyJob): Promise<number> {
  if (target.kind === 'bucket') return (await target.client.getObjectMetadata(target.bucket, target.prefix + job.targetKey, job.call)).sizeInBytes;
  const path = join(target.root, job.targetKey);
  try {
    const stats = await lstat(path);
    return stats.isDirectory() ? 0 : stats.size;
  } catch (error) {
    throw toFileError(error, 'readFile', path);
  }
}

async function deleteObject({ client, bucket, prefix }: BucketEnd, { item, call }: CopyJob): Promise<void> {
  const key = prefix + item.key;
  if (client.capabilities.conditionalDelete && item.etag !== undefined) {
    await client.deleteObject(bucket, key, { ...call, ifMatch: item.etag });
    return;
  }
  const now = await client.getObjectMetadata(bucket, key, call);
  if (item.etag !== undefined && now.etag !== item.etag) {
    const about = { provider: client.provider, operation: 'deleteObject', resource: { type: 'object', name: key } };
    throw new ChangedDuringReadError('The object was replaced after it was copied, so it was kept', about);
  }
  await client.deleteObject(bucket, key, call);
}

async function deleteFile(path: string, item: TransferItem): Promise<void> {
  try {
    const now = await lstat(path);
    if (now.size !== item.sizeInBytes || (item.lastModified && now.mtime.getTime() !== item.lastModified.getTime())) throw changedFile(path, 'was changed');
    await unlink(path);
  } catch (error) {
    throw toFileError(error, 'deleteFile', path);
  }
}
