import { z } from 'zod';
import { formatAddress, parseBucketAddress, badAddress } from '../addresses.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { bucketAddress, dryRun } from './schemas.ts';
import { callOptions } from './select-source.ts';

export const createBucketOperation = defineOperation({
  name: 'storage_create_bucket',
  summary: 'Make a bucket',
  description: 'Never a public one. Fails when there is one of that name already.',
  risk: 'WRITE',
  riskOf: (input) => (input.dryRun ? 'PLAN' : 'WRITE'),
  input: z.object({ address: bucketAddress, region: z.string().optional().describe("Default: the connection's own"), dryRun }),
  output: z.object({ address: z.string(), outcome: z.enum(['created', 'planned']), region: z.string().optional() }),
  returns: 'value',
  cli: {
    command: 'mb',
    arguments: [{ field: 'address', label: 'BUCKET', complete: 'address' }],
    short: { dryRun: 'n' },
    columns: ['outcome', 'address'],
    primary: 'address',
    examples: [['cmx mb prod:photos', 'a bucket of that name']],
  },
  async handler(input, context) {
    const { client, bucket, address } = await openBucket(input.address, context);
    if (input.dryRun) return { address, outcome: 'planned' as const, region: input.region };
    const { region } = await client.createBucket(bucket, { ...callOptions(context), region: input.region });
    return { address, outcome: 'created' as const, region };
  },
});

export const deleteBucketOperation = defineOperation({
  name: 'storage_delete_bucket',
  summary: 'Delete a bucket',
  description: 'A bucket that holds anything is refused unless it is forced. One that is gone already counts as deleted.',
  risk: 'ADMIN',
  riskOf: (input) => (input.dryRun ? 'PLAN' : 'ADMIN'),
  input: z.object({ address: bucketAddress, force: z.boolean().default(false).describe('With everything in it, versions too'), dryRun }),
  output: z.object({ address: z.string(), outcome: z.enum(['deleted', 'planned']) }),
  returns: 'value',
  cli: {
    command: 'rb',
    arguments: [{ field: 'address', label: 'BUCKET', complete: 'address' }],
    short: { dryRun: 'n' },
    columns: ['outcome', 'address'],
    primary: 'address',
    confirm: (input) => (input.force && !input.dryRun ? `Delete ${input.address} and everything in it?` : undefined),
    examples: [['cmx rb prod:tmp --force', 'with everything in it']],
  },
  async handler(input, context) {
    const { client, bucket, address } = await openBucket(input.address, context);
    if (input.dryRun) return { address, outcome: 'planned' as const };
    await client.deleteBucket(bucket, { ...callOptions(context), force: input.force });
    return { address, outcome: 'deleted' as const };
  },
});

async function openBucket(text: string, context: OperationContext) {
  const location = parseBucketAddress(text, context.defaultConnection);
  if (location.key !== '') throw badAddress(text, 'a bucket is needed here, and this goes further: connection:bucket');
  return { client: await context.storage(location.connection), bucket: location.bucket, address: formatAddress(location) };
}
