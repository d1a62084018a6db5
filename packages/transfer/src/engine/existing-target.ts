import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudError, type CallOptions } from '@cmx/cloud-core';
import { toFileError } from '../files/file-errors.ts';
import type { TransferEnd } from '../transfer-end.ts';

/** Whether the target can refuse, in the act of storing, to replace what is there. Parts need a condition of their own. */
export function canCreateOnly(target: TransferEnd, sizeInBytes: number, partSizeInBytes: number): boolean {
  if (target.kind === 'files') return true;
  const { createOnlyPut, conditionalMultipart } = target.client.capabilities;
  return createOnlyPut && (conditionalMultipart || sizeInBytes <= partSizeInBytes);
}

export async function existsAtTarget(target: TransferEnd, key: string, call: CallOptions): Promise<boolean> {
  if (target.kind === 'bucket') return target.client.objectExists(target.bucket, target.prefix + key, call);
  const path = join(target.root, key);
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw toFileError(error, 'readFile', path);
  }
}

/** Whether a refused copy means that the target holds the key already. */
export function isAlreadyThere(error: unknown): boolean {
  return CloudError.is(error, 'precondition_failed') || CloudError.is(error, 'already_exists');
}
