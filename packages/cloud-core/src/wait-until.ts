import { untilAborted } from './abort.ts';
import { systemClock, type Clock } from './clock.ts';
import type { CloudErrorFields } from './errors/cloud-error.ts';
import { TimeoutError } from './errors/errors.ts';
import type { CallOptions } from './models/call-options.ts';

export interface WaitOptions extends CallOptions {
  /** Milliseconds before the second look. Default 1,000; grows by half each time. */
  readonly pollIntervalInMs?: number | undefined;
  /** Longest pause between two looks. Default ten times the first. */
  readonly maxPollIntervalInMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Provider, operation and resource for the error. */
  readonly where?: CloudErrorFields | undefined;
}

/** Not yet: look again, after the service's own pause where it gives one. */
export interface NotYet {
  readonly retryAfterInMs?: number | undefined;
}

/**
 * Looks until there is a result. Giving up stops the waiting, not what is waited for.
 *
 * @param look - Resolves to `{ result }` at the end and to `{}` before. What it throws ends the wait.
 * @throws {TimeoutError} `timeoutInMs` passed first (`phase: 'total'`).
 */
export async function waitUntil<T>(look: (options: CallOptions) => Promise<{ readonly result: T } | NotYet>, options: WaitOptions = {}): Promise<T> {
  const { abortSignal, timeoutInMs = Infinity, pollIntervalInMs = 1000, maxPollIntervalInMs = pollIntervalInMs * 10, clock = systemClock, where } = options;
  const deadline = clock.now() + timeoutInMs;
  abortSignal?.throwIfAborted();
  for (let pauseInMs = pollIntervalInMs; ; pauseInMs = Math.min(pauseInMs * 1.5, maxPollIntervalInMs)) {
    const seen = await untilAborted(look({ abortSignal }), abortSignal);
    if ('result' in seen) return seen.result;
    const nextInMs = Math.max(pauseInMs, seen.retryAfterInMs ?? 0);
    if (clock.now() + nextInMs > deadline) throw new TimeoutError(`It was not finished within ${String(timeoutInMs)} ms and may still go on`, { ...where, phase: 'total', retryable: false });
    await clock.sleep(nextInMs, abortSignal);
  }
}
