/** The work's outcome, or the signal's reason as soon as it fires: the work itself goes on. No listener stays. */
export function untilAborted<T>(work: Promise<T>, abortSignal: AbortSignal | undefined): Promise<T> {
  if (!abortSignal) return work;
  if (abortSignal.aborted) {
    work.catch(() => undefined);
    return Promise.reject(abortSignal.reason as Error);
  }
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(abortSignal.reason as Error);
    abortSignal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => abortSignal.removeEventListener('abort', stop));
  });
}
