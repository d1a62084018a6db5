import { CloudError, systemClock, type CallOptions } from '@cmx/cloud-core';
import { partsQuery } from '../listings/upload-listing.ts';
import type { S3Context } from '../s3-context.ts';
import { dropUpload, type PartTarget } from './drop-upload.ts';

/** Milliseconds between one abortion and the next, while there are parts. */
const PAUSES_IN_MS = [20, 100, 500, 2000];

/**
 * Gives up an upload whose parts may still be arriving: requests that were broken off are often carried out all the same, and a part
 * that ends after the upload was aborted brings it back. So it is aborted again until it is not to be seen any more.
 *
 * @throws {CloudError} Parts keep coming.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 */
export async function dropBrokenUpload(context: S3Context, target: PartTarget, uploadId: string, options: CallOptions): Promise<void> {
  const { clock = systemClock } = context.connection.bodyOptions;
  for (const pauseInMs of PAUSES_IN_MS) {
    await dropUpload(context, target, uploadId, options);
    if (!(await isSeen(context, target, uploadId, options))) return;
    await clock.sleep(pauseInMs, options.abortSignal);
  }
  throw new CloudError('unknown', 'The upload was aborted, but parts of it keep coming', { ...target.call, phase: 'response' });
}

/** Whether the service still shows the upload. Who may not look has to believe that it is gone, for it was aborted. */
async function isSeen({ connection }: S3Context, { call, bucket, key }: PartTarget, uploadId: string, options: CallOptions): Promise<boolean> {
  try {
    await connection.sendForXml({ call, method: 'GET', bucket, key, query: partsQuery(uploadId, { maxPageSize: 1 }) }, 'ListPartsResult', options);
    return true;
  } catch (error) {
    if (CloudError.is(error, 'not_found') || CloudError.is(error, 'permission_denied')) return false;
    throw error;
  }
}
