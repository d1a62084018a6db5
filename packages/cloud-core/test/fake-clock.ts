import type { Clock } from '../src/clock.ts';

/** A clock whose time passes only when it is told to. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) return reject(abortSignal.reason as Error);
      const sleeper = { at: this.#now + timeInMs, wake: resolve };
      this.#sleepers.add(sleeper);
      abortSignal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(abortSignal.reason as Error);
      });
    });
  }

  /** Lets time pass, waking sleepers in their order, each with the time it set. */
  async advance(timeInMs: number): Promise<void> {
    const end = this.#now + timeInMs;
    for (;;) {
      await settle();
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets everything run that can run without time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
