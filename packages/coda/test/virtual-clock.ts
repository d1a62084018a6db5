import type { Clock } from '@cmx/cloud-core';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** A clock for tests: when nobody has anything to do but to sleep, it jumps to the first who wakes. */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now: number;
  #isTicking = false;

  constructor(startInMs = Date.UTC(2026, 10, 23)) {
    this.#now = startInMs;
  }

  now(): number {
    return this.#now;
  }

  /** Moves the time on without waking anybody in between. */
  skip(timeInMs: number): void {
    this.#now += timeInMs;
  }

  async sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void> {
    abortSignal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper = { wakesAt: this.#now + timeInMs, wake: resolve };
      this.#sleepers.add(sleeper);
      abortSignal?.addEventListener(
        'abort',
        () => {
          this.#sleepers.delete(sleeper);
          reject(abortSignal.reason as Error);
        },
        { once: true },
      );
      void this.#tick();
    });
  }

  /** One jump at a time, each after all work that is ready has been done. */
  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    while (this.#sleepers.size > 0) {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...this.#sleepers].sort((a, b) => a.wakesAt - b.wakesAt);
      if (!next) break;
      this.#sleepers.delete(next);
      this.#now = Math.max(this.#now, next.wakesAt);
      next.wake();
    }
    this.#isTicking = false;
  }
}
