import type { CopyObjectsOptions } from '@cmx/transfer';
import type { CopyInput } from './copy-input.ts';

/** The part of the input that goes to the engine. */
export function engineOptions(input: CopyInput): CopyObjectsOptions {
  const { contentType, cacheControl, contentEncoding, contentDisposition, metadata = [] } = input;
  const headers = Object.fromEntries(Object.entries({ contentType, cacheControl, contentEncoding, contentDisposition }).filter(([, value]) => value !== undefined));
  return {
    ifExists: input.ifExists,
    dryRun: input.dryRun,
    failFast: input.failFast,
    concurrency: input.concurrency,
    partSizeInBytes: input.partSizeInMib * 1024 * 1024,
    memoryInBytes: input.memoryInMib * 1024 * 1024,
    checksumAlgorithm: input.checksum,
    storageClass: input.storageClass,
    resume: input.resume,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(metadata.length > 0 && { metadata: toMetadata(metadata) }),
  };
}

function toMetadata(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
