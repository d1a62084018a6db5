import {
  ChecksumMismatchError,
  type CallOptions,
  type ChecksumAlgorithm,
  type Checksums,
  type ContentHeaders,
  type PutObjectOptions,
  type PutObjectResult,
  type StorageClient,
} from '@cmx/cloud-core';
import type { CopyResult, TransferItem } from '../copy-options.ts';

/** One object to copy, with everything the run decided. */
export interface CopyJob {
  readonly item: TransferItem;
  /** Relative to the target end. */
  readonly targetKey: string;
  /** Fail with `precondition_failed` or `already_exists` rather than replace. */
  readonly createOnly: boolean;
  readonly partSizeInBytes: number;
  /** Parts of this object on their way at once. */
  readonly partConcurrency: number;
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  readonly headers?: ContentHeaders | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly storageClass?: string | undefined;
  /** Go on with what was broken off; keep what is sent when this is. Both ends can. */
  readonly resume: boolean;
  readonly call: CallOptions;
  /** Called with all bytes of this object moved so far. */
  readonly onBytes: (transferredInBytes: number) => void;
}

/** A copy that was made and verified. */
export type Copied = Required<Pick<CopyResult, 'sizeInBytes' | 'how' | 'verified'>> & Pick<CopyResult, 'notCarried'>;

/** Copies one object between two ends. */
export type CopyPair = (job: CopyJob) => Promise<Copied>;

/** Algorithms that run everywhere; what a target prefers comes after what the caller and the source said. */
const PREFERRED: readonly ChecksumAlgorithm[] = ['sha256', 'crc32', 'md5', 'sha1'];

/** The checksum that copies into a store are sent and verified with, where nobody asks for another. `undefined` where it keeps none of them. */
export function preferredChecksum(target: StorageClient): ChecksumAlgorithm | undefined {
  return PREFERRED.find((algorithm) => target.capabilities.checksums.includes(algorithm));
}

/** The options that are the same for every upload of a job. */
export function putOptions(job: CopyJob, target: StorageClient, known: Checksums | undefined): PutObjectOptions {
  const keeps = target.capabilities.checksums;
  const carried = job.checksumAlgorithm ? undefined : carriedChecksum(known, keeps);
  return {
    ...job.call,
    ...(carried ? { checksums: carried } : { checksumAlgorithm: job.checksumAlgorithm ?? preferredChecksum(target) }),
    ifNoneMatch: job.createOnly && target.capabilities.createOnlyPut ? '*' : undefined,
    storageClass: job.storageClass,
    resume: job.resume || undefined,
    partSizeInBytes: job.partSizeInBytes,
    concurrency: job.partConcurrency,
    onProgress: ({ transferredInBytes }) => job.onBytes(transferredInBytes),
  };
}

/** A digest the source keeps and the target can check: it proves the bytes from end to end. */
function carriedChecksum(known: Checksums | undefined, keeps: readonly ChecksumAlgorithm[]): Checksums | undefined {
  const algorithm = known && keeps.find((candidate) => known[candidate] !== undefined);
  return algorithm && { [algorithm]: known[algorithm] };
}

/**
 * What an upload proved.
 *
 * @throws {ChecksumMismatchError} The target stored another number of bytes than the source has.
 */
export function verifiedUpload(put: PutObjectResult, sent: PutObjectOptions, sizeInBytes: number): 'checksum' | 'size' {
  if (put.sizeInBytes !== sizeInBytes) throw new ChecksumMismatchError(`The source has ${String(sizeInBytes)} bytes, the target stored ${String(put.sizeInBytes)}`);
  return sent.checksums || sent.checksumAlgorithm ? 'checksum' : 'size';
}
