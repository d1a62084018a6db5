import { CloudError, type MultipartUpload, type StorageClient } from '@cmx/cloud-core';
import { z } from 'zod';
import { formatAddress, parseBucketAddress, parseObjectAddress, type RemoteLocation } from '../addresses.ts';
import { errorReportSchema, toErrorReport } from '../error-report.ts';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { dryRun, time } from './schemas.ts';
import { callOptions } from './select-source.ts';

const upload = { address: z.string(), uploadId: z.string(), startedAt: time.optional() };
const LARGEST_PAGE = 1000;
const HOUR_IN_MS = 3_600_000;
const DAY_IN_HOURS = 24;

export const listUploadsOperation = defineOperation({
  name: 'storage_list_uploads',
  summary: 'List uploads that were begun and not finished',
  description: 'Their parts take room, and are paid for, until the upload is gone on with (cmx cp --resume) or aborted.',
  risk: 'READ',
  input: z.object({
    address: z.string().min(1).describe('connection:bucket, or connection:bucket/beginning-of-keys'),
    sizes: z.boolean().default(false).describe('Also count the parts of each and their bytes, by a request for each'),
    ...listRange,
  }),
  output: z.object({ ...upload, parts: z.number().optional(), sizeInBytes: z.number().optional() }),
  returns: 'items',
  cli: {
    command: 'uploads ls',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    columns: ['startedAt', 'parts', 'sizeInBytes', 'uploadId', 'address'],
    primary: 'address',
    examples: [['cmx uploads ls prod:videos --sizes', 'what they hold']],
  },
  async *handler({ address, sizes, ...range }, context) {
    const location = parseBucketAddress(address, context.defaultConnection);
    const client = await context.storage(location.connection);
    const uploads = client.listMultipartUploads(location.bucket, { ...callOptions(context), prefix: location.key });
    const scope = { operation: 'storage_list_uploads', of: [formatAddress(location)] };
    const found = listFrom(uploads, range, scope, { toResult: (item) => item, largestPage: LARGEST_PAGE });
    let next = await found.next();
    for (; !next.done; next = await found.next()) {
      yield { ...describe(next.value, location), ...(sizes && (await measure(client, location.bucket, next.value, context))) };
    }
    return next.value;
  },
});

export const abortUploadsOperation = defineOperation({
  name: 'storage_abort_uploads',
  summary: 'Abort unfinished uploads and remove their parts',
  description: 'Of one object all of them, or below a prefix those that were begun a day ago or earlier: younger ones may be at work.',
  risk: 'DELETE',
  riskOf: (input) => (input.dryRun ? 'PLAN' : 'DELETE'),
  input: z.object({
    address: z.string().min(1).describe('connection:bucket/key; with --recursive a bucket or prefix'),
    recursive: z.boolean().default(false).describe('Of all objects below a bucket or prefix'),
    uploadId: z.string().min(1).optional().describe('Only the upload of this id'),
    olderThanInHours: z.number().min(0).optional().describe('Only uploads begun so many hours ago or earlier (default: 24 with --recursive, else 0)').meta({ flag: 'older-than' }),
    dryRun,
  }),
  output: z.object({ ...upload, outcome: z.enum(['aborted', 'planned', 'failed']), error: errorReportSchema.optional() }),
  returns: 'items',
  cli: {
    command: 'uploads abort',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    short: { recursive: 'r', dryRun: 'n' },
    columns: ['outcome', 'startedAt', 'uploadId', 'address'],
    primary: 'address',
    quiet: true,
    confirm: ({ address, recursive, olderThanInHours = DAY_IN_HOURS, dryRun: planOnly }) =>
      recursive && !planOnly ? `Abort the unfinished uploads below ${address} that were begun ${String(olderThanInHours)} hours ago or earlier?` : undefined,
    examples: [
      ['cmx uploads abort prod:videos/film.mov', 'those of one object'],
      ['cmx uploads abort -r prod:videos --older-than 72 --yes', 'what was left for three days'],
    ],
  },
  async *handler({ address, recursive, uploadId, olderThanInHours = recursive ? DAY_IN_HOURS : 0, dryRun: planOnly }, context) {
    const location = recursive ? parseBucketAddress(address, context.defaultConnection) : parseObjectAddress(address, context.defaultConnection);
    const client = await context.storage(location.connection);
    const prefix = recursive && location.key !== '' && !location.key.endsWith('/') ? `${location.key}/` : location.key;
    const latest = Date.now() - olderThanInHours * HOUR_IN_MS;
    for await (const found of client.listMultipartUploads(location.bucket, { ...callOptions(context), prefix })) {
      const isMeant = (recursive || found.key === location.key) && (uploadId === undefined || found.uploadId === uploadId) && isOldEnough(found, olderThanInHours, latest);
      if (isMeant) yield planOnly ? { ...describe(found, location), outcome: 'planned' as const } : await abort(client, location, found, context);
    }
  },
});

/** An upload whose age is not told is somebody's until all are meant. */
function isOldEnough({ startedAt }: MultipartUpload, hours: number, latest: number): boolean {
  return hours === 0 || (startedAt !== undefined && startedAt.getTime() <= latest);
}

async function abort(client: StorageClient, location: RemoteLocation, found: MultipartUpload, context: OperationContext) {
  try {
    await client.abortMultipartUpload(location.bucket, found.key, found.uploadId, callOptions(context));
    return { ...describe(found, location), outcome: 'aborted' as const };
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    return { ...describe(found, location), outcome: 'failed' as const, error: toErrorReport(error) };
  }
}

function describe({ key, uploadId, startedAt }: MultipartUpload, { connection, bucket }: RemoteLocation) {
  return { address: formatAddress({ kind: 'remote', connection, bucket, key }), uploadId, startedAt: startedAt?.toISOString() };
}

/** Nothing for an upload that was ended since it was listed. */
async function measure(client: StorageClient, bucket: string, { key, uploadId }: MultipartUpload, context: OperationContext): Promise<{ parts?: number; sizeInBytes?: number }> {
  const sum = { parts: 0, sizeInBytes: 0 };
  try {
    for await (const part of client.listParts(bucket, key, uploadId, callOptions(context))) {
      sum.parts += 1;
      sum.sizeInBytes += part.sizeInBytes;
    }
  } catch (error) {
    if (CloudError.is(error, 'not_found')) return {};
    throw error;
  }
  return sum;
}
