import { sep } from 'node:path';
import { InvalidArgumentError, NotFoundError, UnsupportedOperationError, type CallOptions } from '@cmx/cloud-core';
import type { CopyObjectsOptions } from '../copy-options.ts';
import type { TransferEnd } from '../transfer-end.ts';

const KNOWN = new Set<keyof CopyObjectsOptions>([
  'abortSignal', 'timeoutInMs', 'items', 'filter', 'rename', 'ifExists', 'deleteSource', 'dryRun', 'failFast', 'concurrency', 'partSizeInBytes',
  'memoryInBytes', 'checksumAlgorithm', 'headers', 'metadata', 'storageClass', 'resume', 'onProgress', 'progressIntervalInMs',
]);

/** @throws {InvalidArgumentError} An option is unknown or of the wrong kind. */
export function checkOptions(options: CopyObjectsOptions): void {
  for (const name of Object.keys(options)) if (!KNOWN.has(name as keyof CopyObjectsOptions)) refuse(`There is no option "${name}"`);
  for (const name of ['concurrency', 'partSizeInBytes', 'memoryInBytes'] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) refuse(`${name} must be a positive integer`);
  }
  if (options.ifExists !== undefined && !['overwrite', 'skip', 'fail'].includes(options.ifExists)) refuse('ifExists must be "overwrite", "skip" or "fail"');
}

/**
 * A copy into its own source would list what it writes.
 *
 * @throws {InvalidArgumentError} The target lies in the source, or is the source.
 */
export function checkOverlap(source: TransferEnd, target: TransferEnd, options: CopyObjectsOptions): void {
  if (options.items) return;
  const inside =
    source.kind === 'files' && target.kind === 'files'
      ? (target.root + sep).startsWith(source.root.endsWith(sep) ? source.root : source.root + sep)
      : source.kind === 'bucket' && target.kind === 'bucket' && source.client === target.client && source.bucket === target.bucket && target.prefix.startsWith(source.prefix);
  if (inside) refuse(`The target "${target.label}" lies in the source "${source.label}"`);
}

/**
 * Refuses a copy that is to be resumable where it cannot be, without any request. `copyObjects` does so itself.
 *
 * @throws {UnsupportedOperationError}
 */
export function assertResumable(source: TransferEnd, target: TransferEnd): void {
  const obstacle = obstacleToResuming(source, target);
  if (obstacle === undefined) return;
  const provider = target.kind === 'bucket' ? target.client.provider : 'local';
  throw new UnsupportedOperationError(obstacle, { provider, operation: 'copyObjects', resource: { type: target.kind === 'bucket' ? 'bucket' : 'directory', name: target.label } });
}

function obstacleToResuming(source: TransferEnd, target: TransferEnd): string | undefined {
  if (target.kind === 'files') {
    if (source.kind === 'files') return 'A copy between two directories cannot be resumed';
    return source.client.capabilities.ranges ? undefined : 'Downloads from this store cannot be resumed: capabilities.ranges is false';
  }
  if (source.kind === 'bucket' && source.client === target.client && target.client.capabilities.serverSideCopy) return 'A copy inside one service cannot be resumed';
  return target.client.capabilities.resumableUploads ? undefined : 'Uploads to this store cannot be resumed: capabilities.resumableUploads is false';
}

/** One question now instead of one failure per object later. @throws {NotFoundError} `bucket_not_found`: there is no such bucket to copy into. */
export async function checkTargetBucket(target: TransferEnd, call: CallOptions): Promise<void> {
  if (target.kind !== 'bucket' || (await target.client.bucketExists(target.bucket, call))) return;
  const about = { provider: target.client.provider, operation: 'copyObjects', resource: { type: 'bucket', name: target.bucket } };
  throw new NotFoundError('The target bucket does not exist', about, 'bucket_not_found');
}

function refuse(reason: string): never {
  throw new InvalidArgumentError(reason, { operation: 'copyObjects' });
}
