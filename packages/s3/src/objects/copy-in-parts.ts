import { ChangedDuringReadError, CloudError, type CallOptions, type PutObjectResult, type UploadedPart } from '@cmx/cloud-core';
import { beginUpload } from '../multipart/begin-upload.ts';
import { dropBrokenUpload } from '../multipart/drop-broken-upload.ts';
import type { PartTarget } from '../multipart/drop-upload.ts';
import { endUpload, sendPartCopy } from '../multipart/multipart.ts';
import type { S3Context } from '../s3-context.ts';
import { pickDescription, pickPlacement, type CopyPlan } from './copy-plan.ts';
import { sourceCondition } from './source-condition.ts';
import { customerKeyHeaders, type RequestHeaders } from './store-headers.ts';
import { getObjectTags } from './tags.ts';

/** Bytes one request copies. The bytes do not pass through here, so parts can be large. */
const PART_BYTES = 512 * 1024 ** 2;
const CONCURRENCY = 8;
/** Milliseconds to give up the upload in after a failure. */
const GRACE_IN_MS = 10_000;

/**
 * Copies an object that is too large for one request. Metadata and tags do not come along by themselves then, so they are read
 * and set; the source must stay the same to the end.
 */
export async function copyInParts(context: S3Context, plan: CopyPlan, { abortSignal }: CallOptions): Promise<PutObjectResult> {
  const { call, target, options, found, replacement } = plan;
  const upload: PartTarget = { call, bucket: target.bucket, key: target.key };
  const partHeaders = { ...plan.sourceKey, ...(await customerKeyHeaders(options.customerKey)), ...sourceCondition(context.dialect, found) };
  const tags = options.tags ?? (await sourceTags(context, plan, { abortSignal }));
  const { checksumAlgorithm, customerKey } = options;
  const store = { ...pickPlacement(options), ...pickDescription(replacement ?? found), tags, checksumAlgorithm, customerKey };
  const uploadId = await beginUpload(context, upload, store, { abortSignal });
  try {
    const parts = await copyParts(context, plan, upload, uploadId, partHeaders, abortSignal);
    return await endUpload(context, upload, uploadId, parts, { ifMatch: options.ifMatch, ifNoneMatch: options.ifNoneMatch }, { abortSignal });
  } catch (error) {
    await dropBrokenUpload(context, upload, uploadId, { abortSignal: AbortSignal.timeout(GRACE_IN_MS) }).catch((failure: unknown) => {
      context.connection.logger?.warn({ operation: call.operation, resource: call.resource, uploadId, failure }, 'An unfinished upload could not be aborted: its parts stay on the server');
    });
    throw error;
  }
}

async function sourceTags(context: S3Context, { source: { bucket, key, versionId }, found }: CopyPlan, options: CallOptions): Promise<Record<string, string> | undefined> {
  return found.tagCount ? getObjectTags(context, bucket, key, { ...options, ...(versionId !== undefined && { versionId }) }) : undefined;
}

/** Several parts at once; the first failure stops the others. */
async function copyParts(context: S3Context, plan: CopyPlan, target: PartTarget, uploadId: string, partHeaders: RequestHeaders, abortSignal: AbortSignal | undefined): Promise<UploadedPart[]> {
  const { found, source, options } = plan;
  const size = partBytes(context, found.sizeInBytes);
  const count = Math.ceil(found.sizeInBytes / size);
  const stop = new AbortController();
  const signal = abortSignal === undefined ? stop.signal : AbortSignal.any([abortSignal, stop.signal]);
  const parts: UploadedPart[] = [];
  let next = 0;
  let copied = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count && !signal.aborted; index = next++) {
      const range = { start: index * size, end: Math.min((index + 1) * size, found.sizeInBytes) - 1 };
      const part = await sendPartCopy(context, target, source, uploadId, index + 1, { abortSignal: signal, range }, partHeaders).catch(sourceChanged);
      parts[index] = part;
      copied += part.sizeInBytes;
      if (copied < found.sizeInBytes) options.onProgress?.({ transferredInBytes: copied, totalInBytes: found.sizeInBytes });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, count) }, worker));
  } catch (error) {
    stop.abort(error);
    throw error;
  }
  signal.throwIfAborted();
  return parts;
}

/** The condition of a part is not the caller's: he asked for one object, which is gone. */
function sourceChanged(error: unknown): never {
  if (!CloudError.is(error, 'precondition_failed')) throw error;
  const { provider, service, operation, resource, status, vendorCode, requestId, attempts } = error;
  throw new ChangedDuringReadError('The source was replaced while it was copied in parts', { provider, service, operation, resource, status, vendorCode, requestId, attempts, phase: 'response', cause: error });
}

function partBytes({ dialect }: S3Context, sizeInBytes: number): number {
  const { maxSingleCopyBytes, maxPartBytes, minPartBytes, maxParts } = dialect.capabilities.limits;
  return Math.max(Math.min(PART_BYTES, maxSingleCopyBytes, maxPartBytes), minPartBytes, Math.ceil(sizeInBytes / maxParts));
}
