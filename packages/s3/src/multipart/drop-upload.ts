import { CloudError, type CallOptions } from '@cmx/cloud-core';
import type { CallName } from '../s3-connection.ts';
import type { S3Context } from '../s3-context.ts';

/** An upload under way, and the call whose errors speak of it: the engine's parts belong to the caller's `putObject`. */
export interface PartTarget {
  readonly call: CallName;
  readonly bucket: string;
  readonly key: string;
}

/** Gives up an upload; one that is gone already is no error. */
export async function dropUpload({ connection }: Pick<S3Context, 'connection'>, { call, bucket, key }: PartTarget, uploadId: string, options: CallOptions): Promise<void> {
  try {
    await connection.send({ call, method: 'DELETE', bucket, key, query: { uploadId } }, options);
  } catch (error) {
    if (!CloudError.is(error, 'not_found')) throw error;
  }
}
