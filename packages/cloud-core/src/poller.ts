import type { CallOptions } from './models/call-options.ts';

/** Where a slow thing stands. */
export type PollerState = 'pending' | 'running' | 'succeeded' | 'failed' | 'canceled';

/**
 * A slow thing that the service works on by itself. Awaiting it waits for the result; `toString()` gives a text from which
 * another process can go on waiting (each client has a `resumePoller(text)` or a method named in its documentation).
 */
export interface Poller<T> extends PromiseLike<T> {
  /** The service's identifier of the work. */
  readonly id: string;
  readonly state: PollerState;
  /** Between 0 and 1 where the service tells, otherwise `undefined`. */
  readonly progress: number | undefined;
  /** Asks once and returns the state. */
  poll(options?: CallOptions): Promise<PollerState>;
  /** Waits for the end. Aborting stops the waiting, not the work. */
  result(options?: CallOptions & { pollIntervalInMs?: number }): Promise<T>;
  /** Asks the service to stop. Throws `UnsupportedOperationError` where it cannot be stopped. */
  cancel(options?: CallOptions): Promise<void>;
  toString(): string;
}
