import type { UploadTarget } from './upload-target.ts';

export const DEFAULT_PART_BYTES = 8 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

/** How large the parts of an upload are. */
export interface PartPlan {
  /** Bodies up to this size go in one request. */
  readonly wholeBytes: number;
  /** Bytes of a part, by its number from 1. */
  readonly sizeOf: (partNumber: number) => number;
}

/**
 * Decides part sizes. With a known size they are equal and as large as `maxParts` demands. With an unknown one they stay as asked for
 * half of `maxParts` (39 GiB at 8 MiB), then grow fourfold every tenth, so that any object the service can hold fits.
 */
export function planParts({ limits, multipart }: UploadTarget, sizeInBytes: number | undefined, wanted = DEFAULT_PART_BYTES): PartPlan {
  const { maxParts, minPartBytes, maxPartBytes, maxSinglePutBytes } = limits;
  const needed = sizeInBytes !== undefined && sizeInBytes > wanted * maxParts ? Math.ceil(sizeInBytes / maxParts / MEBIBYTE) * MEBIBYTE : 0;
  const base = Math.min(Math.max(wanted, minPartBytes, needed), maxPartBytes, maxSinglePutBytes);
  const grows = sizeInBytes === undefined && !multipart?.equalParts;
  const tenth = Math.max(1, Math.floor(maxParts / 10));
  return {
    wholeBytes: multipart ? base : maxSinglePutBytes,
    sizeOf: (partNumber) => (grows ? Math.min(maxPartBytes, base * 4 ** Math.max(0, Math.floor((partNumber - 1) / tenth) - 4)) : base),
  };
}
