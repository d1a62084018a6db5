import type { Logger, Telemetry } from '@cmx/cloud-core';

export interface LocalStorageClientOptions {
  /** The directory whose subdirectories are the buckets. Made when the first bucket is. */
  readonly root: string;
  /**
   * Flush every file and its directory to the disk before a write counts as done, so that it survives a power failure.
   * Default `true`. `false` is several times faster for many small files; writes stay atomic towards other readers.
   */
  readonly durable?: boolean | undefined;
  /** Told of symbolic links and other things that are passed over. Default: silent. */
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
}
