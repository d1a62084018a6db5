import type { Poller } from '@cmx/cloud-core';

/** How work that went on in the background ended. */
export interface OperationOutcome {
  readonly id: string;
  readonly executedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
  /** What the service says of it, for an export where the file is. It documents no members. */
  readonly response?: unknown;
}

/**
 * Work the service has accepted and does in the background. (A `Poller` is awaitable, so a promise of one would wait for the end;
 * this is what a promise can hold.)
 */
export interface QueuedOperation<T> {
  /** The service's identifier, for `operations.cancel`. Empty when the work was done at once. */
  readonly id: string;
  /** Follows the work: `await operation.applied()`. */
  applied(): Poller<T>;
}
