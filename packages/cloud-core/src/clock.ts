/** Time, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after the time, or rejects with the signal's reason. */
  sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void>;
}

/** The machine's clock. A sleep keeps a Node process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(timeInMs, abortSignal) {
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) return reject(abortSignal.reason as Error);
      const stop = (): void => {
        clearTimeout(timer);
        reject(abortSignal?.reason as Error);
      };
      const timer = setTimeout(() => {
        abortSignal?.removeEventListener('abort', stop);
        resolve();
      }, timeInMs);
      abortSignal?.addEventListener('abort', stop, { once: true });
    });
  },
};
