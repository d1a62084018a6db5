import { TimeoutError, type Call, type CallOptions } from '@cmx/cloud-core';

/**
 * Runs work of several requests under the one deadline the caller gave for all of it.
 *
 * @throws {TimeoutError} With `phase: 'total'`.
 */
export async function withinDeadline<T>(call: Call, { abortSignal, timeoutInMs }: CallOptions, work: (options: CallOptions) => Promise<T>): Promise<T> {
  if (timeoutInMs === undefined) return work({ abortSignal });
  abortSignal?.throwIfAborted();
  const controller = new AbortController();
  const expire = (): void => controller.abort(new TimeoutError(`The call took longer than its timeout of ${String(timeoutInMs)} ms`, { ...call, phase: 'total' }));
  const forward = (): void => controller.abort(abortSignal?.reason);
  const timer = setTimeout(expire, timeoutInMs);
  abortSignal?.addEventListener('abort', forward, { once: true });
  try {
    return await work({ abortSignal: controller.signal });
  } finally {
    clearTimeout(timer);
    abortSignal?.removeEventListener('abort', forward);
  }
}
