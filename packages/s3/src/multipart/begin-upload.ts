import { CloudError, OperationRunner, type CallOptions, type CreateMultipartUploadOptions } from '@cmx/cloud-core';
import { customerKeyHeaders, storeHeaders, type RequestHeaders } from '../objects/store-headers.ts';
import type { S3Context } from '../s3-context.ts';
import { childText } from '../xml/xml-access.ts';
import type { PartTarget } from './drop-upload.ts';
import { LostUploads } from './lost-uploads.ts';

/**
 * Begins an upload. Attempts whose answers were lost may have begun others, of which nobody knows the id: those are looked for and
 * aborted, whether the call succeeds in the end or not.
 *
 * @returns The upload's id.
 */
export async function beginUpload(context: S3Context, target: PartTarget, store: CreateMultipartUploadOptions, options: CallOptions): Promise<string> {
  const headers = await uploadHeaders(context, store);
  const { provider, bodyOptions, logger } = context.connection;
  const { retry, retryBudget, clock, telemetry } = bodyOptions;
  // The span is the inner call's.
  const runner = new OperationRunner({ provider, service: 's3', retry, retryBudget, clock, logger, telemetry: { onRetry: (event) => telemetry?.onRetry?.(event) } });
  const lost = new LostUploads(context, target);
  try {
    const uploadId = await runner.run(target.call, options, ({ abortSignal }) => lost.watch(requestUpload(context, target, headers, { abortSignal })));
    await lost.abort(uploadId);
    return uploadId;
  } catch (error) {
    await lost.abort();
    throw error;
  }
}

async function uploadHeaders({ dialect }: S3Context, store: CreateMultipartUploadOptions): Promise<RequestHeaders> {
  const headers: RequestHeaders = { 'content-type': 'application/octet-stream', ...storeHeaders(store), ...(await customerKeyHeaders(store.customerKey)) };
  if (store.checksumAlgorithm === undefined) return headers;
  const type = store.checksumType ?? (dialect.fullObjectChecksums.includes(store.checksumAlgorithm) ? 'full_object' : 'composite');
  return { ...headers, 'x-amz-checksum-algorithm': store.checksumAlgorithm.toUpperCase(), 'x-amz-checksum-type': type.toUpperCase() };
}

/** One attempt. */
async function requestUpload({ connection }: S3Context, { call, bucket, key }: PartTarget, headers: RequestHeaders, options: CallOptions): Promise<string> {
  const request = { call, method: 'POST', bucket, key, query: { uploads: '' }, headers, retry: 'never' } as const;
  const { document } = await connection.sendForXml(request, 'InitiateMultipartUploadResult', options);
  const uploadId = childText(document, 'UploadId');
  if (!uploadId) throw new CloudError('unknown', 'The service began an upload without saying its id', { ...call, phase: 'response' });
  return uploadId;
}
