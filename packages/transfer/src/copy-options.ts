import type { CallOptions, ChecksumAlgorithm, CloudError, ContentHeaders } from '@cmx/cloud-core';
import type { CopyProgressListener } from './engine/progress-meter.ts';

/** One object or file to copy, named relative to its end. */
export interface TransferItem {
  readonly key: string;
  /** As listed; what is there when the copy begins counts. */
  readonly sizeInBytes: number;
  readonly etag?: string | undefined;
  readonly lastModified?: Date | undefined;
}

/** Something a walk found and cannot copy: reported as a result, the walk goes on. */
export interface UncopyableItem {
  readonly key: string;
  readonly skipped?: string | undefined;
  readonly error?: Error | undefined;
}

export interface CopyObjectsOptions extends CallOptions {
  /** Copy exactly these instead of everything below the source. */
  items?: AsyncIterable<TransferItem> | Iterable<TransferItem> | undefined;
  /** Leave out what it answers `false` for. Receives the key relative to the source. */
  filter?: ((key: string) => boolean) | undefined;
  /** The key relative to the target. Default: the same as at the source. */
  rename?: ((key: string) => string) | undefined;
  /** What to do with a key the target holds already. Default `overwrite`. `skip` and `fail` cost one more request an object where the target cannot create conditionally. */
  ifExists?: 'overwrite' | 'skip' | 'fail' | undefined;
  /** Delete each object at the source once its copy is verified: a move. Default `false`. */
  deleteSource?: boolean | undefined;
  /** Say what would be done and do nothing. Default `false`. */
  dryRun?: boolean | undefined;
  /** Stop at the first object that fails: its result is yielded, then its error thrown. Default `false`. */
  failFast?: boolean | undefined;
  /** Objects on their way at once. Default 16. */
  concurrency?: number | undefined;
  /** Bytes of a part of a large object. Default 8 MiB. */
  partSizeInBytes?: number | undefined;
  /** Bytes that all bodies under way may hold together; at least two parts. Default 128 MiB. */
  memoryInBytes?: number | undefined;
  /** Checksum that uploads are sent and verified with. Default: what the source knows already, else SHA-256, else the target's own choice. */
  checksumAlgorithm?: ChecksumAlgorithm | undefined;
  /** Stored with every object instead of what the source has or its name suggests. */
  headers?: ContentHeaders | undefined;
  /** User metadata of every object instead of the source's. */
  metadata?: Readonly<Record<string, string>> | undefined;
  storageClass?: string | undefined;
  /**
   * Go on with large objects where an earlier copy of them was broken off, and keep what was sent or written when this one is. Where that
   * cannot be done, the copy is refused before any request: into stores without `resumableUploads`, inside one service, and between two
   * directories. Default `false`.
   */
  resume?: boolean | undefined;
  onProgress?: CopyProgressListener | undefined;
  /** Least time between two calls of `onProgress`. Default 200. */
  progressIntervalInMs?: number | undefined;
}

/** What became of one object. */
export interface CopyResult {
  /** The key relative to the source. */
  readonly key: string;
  /** In full: path, or bucket and key. */
  readonly source: string;
  readonly target: string;
  readonly outcome: 'copied' | 'skipped' | 'failed' | 'planned';
  /** Bytes copied, or to copy. */
  readonly sizeInBytes: number;
  /** `server-side`: the bytes did not pass through this process. */
  readonly how?: 'server-side' | 'streamed' | undefined;
  /** What proves the copy: a checksum of the bytes, the service that copied by itself, or the size alone. */
  readonly verified?: 'checksum' | 'service' | 'size' | undefined;
  /** Why it was skipped. */
  readonly reason?: string | undefined;
  /** What the target cannot keep and the copy therefore lacks: `metadata`, `contentEncoding`. */
  readonly notCarried?: readonly string[] | undefined;
  /** Set when `failed`. */
  readonly error?: CloudError | undefined;
}

/** Sums over all results so far. Bytes are those of copied (or planned) objects. */
export interface CopyTotals {
  readonly copied: number;
  readonly skipped: number;
  readonly failed: number;
  readonly planned: number;
  readonly sizeInBytes: number;
}

/**
 * A copy under way, once. It begins with the first `for await`, yields one result per object in the order they finish, and
 * stops (in-flight requests aborted) when the loop is left.
 */
export interface CopyRun extends AsyncIterable<CopyResult> {
  readonly totals: CopyTotals;
  /** Runs to the end without looking at the single results; failed ones are kept. */
  finish(): Promise<CopyTotals & { readonly failures: readonly CopyResult[] }>;
}
