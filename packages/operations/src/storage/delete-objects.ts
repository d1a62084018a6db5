import { InvalidArgumentError, type StorageClient } from '@cmx/cloud-core';
import { listEnd, type BucketEnd } from '@cmx/transfer';
import { z } from 'zod';
import { badAddress, formatAddress, parseAddress, type RemoteLocation } from '../addresses.ts';
import { errorReportSchema, toErrorReport } from '../error-report.ts';
import { literalKey, parseGlob } from '../globs.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { address, dryRun, glob, recursive } from './schemas.ts';
import { callOptions, selectSource } from './select-source.ts';

/** Keys that are gathered before a request deletes them. */
const BATCH = 1000;

const deletion = z.object({ address: z.string(), outcome: z.enum(['deleted', 'planned', 'failed']), error: errorReportSchema.optional() });

export const deleteOperation = defineOperation({
  name: 'storage_delete_objects',
  summary: 'Delete objects',
  description: 'An object that is gone already counts as deleted. A key that fails stops none of the others. Files on this machine are left to the system.',
  risk: 'DELETE',
  riskOf: (input) => (input.dryRun ? 'PLAN' : 'DELETE'),
  input: z.object({ addresses: z.array(address).min(1).describe('Addresses or patterns of objects'), recursive, glob, dryRun }),
  output: deletion,
  returns: 'items',
  cli: {
    command: 'rm',
    arguments: [{ field: 'addresses', label: 'ADDRESS', variadic: true, complete: 'address' }],
    short: { recursive: 'r', dryRun: 'n' },
    columns: ['outcome', 'address'],
    primary: 'address',
    quiet: true,
    confirm: (input) => (!input.dryRun && isMany(input) ? `Delete everything that ${input.addresses.join(' ')} selects?` : undefined),
    examples: [
      ['cmx rm prod:tmp/a.txt', 'one object'],
      ["cmx rm 'prod:tmp/**/*.log' --dry-run", 'what a pattern would delete'],
    ],
  },
  async *handler(input, context) {
    for (const place of input.addresses) {
      const location = parseAddress(place, context.defaultConnection);
      if (location.kind !== 'remote' || location.bucket === '') throw badAddress(place, 'only objects are deleted: connection:bucket/key');
      yield* deleteSelected(location, place, input, context);
    }
  },
});

function isMany({ addresses, recursive: below, glob: wild }: { addresses: string[]; recursive: boolean; glob: boolean }): boolean {
  return below || (wild && addresses.some((place) => parseGlob(place) !== undefined));
}

type DeleteInput = { readonly recursive: boolean; readonly glob: boolean; readonly dryRun: boolean };

async function* deleteSelected(location: RemoteLocation, place: string, input: DeleteInput, context: OperationContext): AsyncGenerator<z.input<typeof deletion>> {
  const client = await context.storage(location.connection);
  const base = `${location.connection}:${location.bucket}/`;
  let batch: string[] = [];
  for await (const key of selectedKeys(location, place, input, context)) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield* deleteBatch(client, location.bucket, base, batch, input.dryRun, context);
    batch = [];
  }
  yield* deleteBatch(client, location.bucket, base, batch, input.dryRun, context);
}

async function* selectedKeys(location: RemoteLocation, place: string, input: DeleteInput, context: OperationContext): AsyncGenerator<string> {
  if (!input.recursive && !(input.glob && parseGlob(location.key))) {
    const key = input.glob ? literalKey(location.key) : location.key;
    if (key === '') {
      const resource = { type: 'address', name: formatAddress(location) };
      throw new InvalidArgumentError('This is a bucket: say --recursive for everything in it, or use rb', { operation: 'storage_delete_objects', resource });
    }
    yield key;
    return;
  }
  const { end, filter } = await selectSource(place, input, context);
  const { prefix } = end as BucketEnd;
  for await (const item of listEnd(end, callOptions(context))) if (!filter || filter(item.key)) yield prefix + item.key;
}

async function* deleteBatch(
  client: StorageClient,
  bucket: string,
  base: string,
  keys: readonly string[],
  planOnly: boolean,
  context: OperationContext,
): AsyncGenerator<z.input<typeof deletion>> {
  if (planOnly) {
    for (const key of keys) yield { address: base + key, outcome: 'planned' };
    return;
  }
  if (keys.length === 0) return;
  for (const result of await client.deleteObjects(bucket, keys, callOptions(context))) {
    yield result.deleted ? { address: base + result.key, outcome: 'deleted' } : { address: base + result.key, outcome: 'failed', error: toErrorReport(result.error) };
  }
}
