import { InvalidArgumentError } from '@cmx/cloud-core';
import { preferredChecksum } from '@cmx/transfer';
import type { z } from 'zod';
import { formatAddress, type Location } from '../addresses.ts';
import { streamsOf } from '../local-files.ts';
import type { OperationContext } from '../operation-context.ts';
import type { CopyInput } from './copy-input.ts';
import { engineOptions } from './engine-options.ts';
import { readSelection } from './read-selection.ts';
import type { copyOutcome } from './schemas.ts';
import { callOptions, type Selection } from './select-source.ts';

type CopyOutcome = z.input<typeof copyOutcome>;

/** Stores standard input as one object; its length need not be known. */
export async function* copyFromInput(source: string, to: Location, input: CopyInput, context: OperationContext): AsyncGenerator<CopyOutcome> {
  if (to.kind !== 'remote' || to.bucket === '' || to.key === '' || to.key.endsWith('/')) {
    throw new InvalidArgumentError('Standard input needs a whole address to go to: connection:bucket/key', { operation: 'copyObjects' });
  }
  const outcome = { source, target: formatAddress(to) };
  if (input.dryRun) {
    yield { ...outcome, outcome: 'planned', sizeInBytes: 0 };
    return;
  }
  const client = await context.storage(to.connection);
  // As files are stored, so that an upload can be resumed from either.
  const checksumAlgorithm = input.checksum ?? preferredChecksum(client);
  const put = await client.putObject(to.bucket, to.key, streamsOf(context).input, { ...callOptions(context), ...putOptions(input), checksumAlgorithm });
  yield { ...outcome, outcome: 'copied', sizeInBytes: put.sizeInBytes, how: 'streamed', verified: checksumAlgorithm ? 'checksum' : 'size' };
}

/** Writes everything that was selected to standard output, one after the other. */
export async function* copyToOutput(selections: readonly Selection[], input: CopyInput, context: OperationContext): AsyncGenerator<CopyOutcome> {
  const streams = streamsOf(context);
  for (const selection of selections) {
    for await (const { address, sizeInBytes, open } of readSelection(selection, context)) {
      if (!input.dryRun) for await (const chunk of open()) await streams.write(chunk);
      yield { source: address, target: '-', outcome: input.dryRun ? 'planned' : 'copied', sizeInBytes, ...(!input.dryRun && { how: 'streamed', verified: 'size' }) };
    }
  }
}

function putOptions(input: CopyInput) {
  const { headers, metadata, storageClass, partSizeInBytes, resume, ifExists } = engineOptions(input);
  if (ifExists === 'skip') throw new InvalidArgumentError('Standard input cannot be skipped: use --if-exists fail', { operation: 'copyObjects' });
  return { ...headers, metadata, storageClass, partSizeInBytes, resume: resume || undefined, ifNoneMatch: ifExists === 'fail' ? ('*' as const) : undefined };
}
