import {
  checksumOf,
  CloudError,
  deleteTargets,
  STORAGE_OPTIONS,
  withErrorFields,
  type CallOptions,
  type DeleteObjectsResult,
  type DeleteTarget,
} from '@cmx/cloud-core';
import { withinDeadline } from '../deadline.ts';
import type { S3Context } from '../s3-context.ts';
import { errorOfElement } from '../s3-errors.ts';
import { childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';
import { document, element, isWritable } from '../xml/xml-writer.ts';
import { deleteObject } from './delete-object.ts';
import { checksumHeaders } from './store-headers.ts';

interface Target {
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Requests on their way at once, when many are needed. */
const CONCURRENCY = 8;

export async function deleteObjects(context: S3Context, bucket: string, targets: Iterable<DeleteTarget>, options: CallOptions = {}): Promise<DeleteObjectsResult[]> {
  const call = context.check.bucket('deleteObjects', bucket, options, STORAGE_OPTIONS.call);
  const all = deleteTargets(context.check, targets, call).map((target, index) => ({ ...target, index }));
  return withinDeadline(call, options, async (callOptions) => {
    const results: DeleteObjectsResult[] = [];
    await runAll(requestsFor(context, all), async (request) => {
      const outcomes = request.isBatch ? await sendBatch(context, bucket, request.targets, callOptions) : await Promise.all(request.targets.map((target) => deleteOne(context, bucket, target, callOptions)));
      request.targets.forEach(({ index }, position) => {
        const outcome = outcomes[position];
        if (outcome !== undefined) results[index] = outcome;
      });
    });
    return results;
  });
}

interface DeleteRequest {
  readonly isBatch: boolean;
  readonly targets: readonly (Target & { readonly index: number })[];
}

/** As few requests as the service and XML allow: some keys cannot be written in XML and are deleted one by one. */
function requestsFor({ dialect }: S3Context, targets: DeleteRequest['targets']): DeleteRequest[] {
  const { batchDelete, limits } = dialect.capabilities;
  const together = targets.filter(({ key }) => batchDelete && isWritable(key));
  const alone = targets.filter(({ key }) => !batchDelete || !isWritable(key));
  const batches = Array.from({ length: Math.ceil(together.length / limits.maxBatchDelete) }, (_, index) => together.slice(index * limits.maxBatchDelete, (index + 1) * limits.maxBatchDelete));
  return [...batches.map((batch) => ({ isBatch: true, targets: batch })), ...alone.map((target) => ({ isBatch: false, targets: [target] }))];
}

async function runAll<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, worker));
}

async function deleteOne(context: S3Context, bucket: string, { key, versionId }: Target, options: CallOptions): Promise<DeleteObjectsResult> {
  try {
    return { key, deleted: true, ...(await deleteObject(context, bucket, key, { ...options, versionId })) };
  } catch (error) {
    if (!CloudError.is(error) || options.abortSignal?.aborted) throw error;
    return { key, versionId, deleted: false, error };
  }
}

async function sendBatch({ connection, dialect }: S3Context, bucket: string, targets: readonly Target[], options: CallOptions): Promise<DeleteObjectsResult[]> {
  const call = { operation: 'deleteObjects', resource: { type: 'bucket', name: bucket } };
  const body = document('Delete', targets.map(({ key, versionId }) => `<Object>${element('Key', key)}${element('VersionId', versionId)}</Object>`).join(''));
  const headers = { 'content-type': 'application/xml', ...checksumHeaders({ [dialect.batchDeleteDigest]: await checksumOf(dialect.batchDeleteDigest, body) }) };
  try {
    const request = { call, method: 'POST', bucket, query: { delete: '' }, headers, body, retry: 'always' } as const;
    const { document: answer } = await connection.sendForXml(request, 'DeleteResult', options);
    return readOutcomes(answer, bucket, targets);
  } catch (error) {
    if (!CloudError.is(error) || options.abortSignal?.aborted || CloudError.is(error, 'bucket_not_found')) throw error;
    return targets.map(({ key, versionId }) => ({ key, versionId, deleted: false, error: withErrorFields(error, objectResource(bucket, key)) }));
  }
}

/** What the answer says of each target. One it does not mention has an unknown fate, which is an error. */
function readOutcomes(answer: XmlElement, bucket: string, targets: readonly Target[]): DeleteObjectsResult[] {
  const outcomes = new Map<string, DeleteObjectsResult>();
  for (const entry of answer.children) {
    const target = { key: childText(entry, 'Key') ?? '', versionId: childText(entry, 'VersionId') || undefined };
    if (entry.name === 'Deleted') outcomes.set(idOf(target), toDeleted(target, entry));
    else if (entry.name === 'Error') outcomes.set(idOf(target), toFailed(target, entry, bucket));
  }
  // Some services do not repeat the version.
  const outcomeOf = ({ key, versionId }: Target): DeleteObjectsResult | undefined => outcomes.get(idOf({ key, versionId })) ?? outcomes.get(idOf({ key, versionId: undefined }));
  return targets.map(({ key, versionId }) => outcomeOf({ key, versionId }) ?? { key, versionId, deleted: false, error: notMentioned(bucket, key) });
}

function toDeleted({ key, versionId }: Target, entry: XmlElement): DeleteObjectsResult {
  const isDeleteMarker = childText(entry, 'DeleteMarker') === 'true';
  const version = childText(entry, 'DeleteMarkerVersionId') || versionId;
  return { key, deleted: true, versionId: version, isDeleteMarker: version === undefined ? undefined : isDeleteMarker };
}

function toFailed({ key, versionId }: Target, entry: XmlElement, bucket: string): DeleteObjectsResult {
  const error = errorOfElement(entry, 200);
  if (error.code === 'not_found') return { key, deleted: true };
  return { key, versionId, deleted: false, error: withErrorFields(error, objectResource(bucket, key)) };
}

function notMentioned(bucket: string, key: string): CloudError {
  return new CloudError('unknown', 'The service did not say what became of the key', { phase: 'response', ...objectResource(bucket, key) });
}

function objectResource(bucket: string, key: string): { operation: string; resource: { type: string; name: string } } {
  return { operation: 'deleteObjects', resource: { type: 'object', name: `${bucket}/${key}` } };
}

function idOf({ key, versionId }: Target): string {
  return `${versionId ?? ''}\n${key}`;
}
