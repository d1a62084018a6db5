import { CloudError, STORAGE_OPTIONS, type DeleteObjectOptions, type DeleteObjectOutcome } from '@cmx/cloud-core';
import type { S3Context } from '../s3-context.ts';
import { quoteEtag } from './store-headers.ts';

export async function deleteObject({ connection, check }: S3Context, bucket: string, key: string, options: DeleteObjectOptions = {}): Promise<DeleteObjectOutcome> {
  const call = check.object('deleteObject', bucket, key, options, STORAGE_OPTIONS.deleteObject);
  const { versionId, ifMatch } = options;
  const query = versionId === undefined ? undefined : { versionId };
  try {
    const { headers } = await connection.send({ call, method: 'DELETE', bucket, key, query, headers: ifMatch === undefined ? undefined : { 'if-match': quoteEtag(ifMatch) } }, options);
    const version = headers.get('x-amz-version-id');
    return { versionId: version, isDeleteMarker: version === undefined ? undefined : headers.get('x-amz-delete-marker') === 'true' };
  } catch (error) {
    if (CloudError.is(error, 'not_found')) return {};
    throw error;
  }
}
