import type { Clock } from '@cmx/cloud-core';

/** Time that stands still except while somebody sleeps, and then jumps. */
export class SkippingClock implements Clock {
  readonly sleeps: number[] = [];
  #now = Date.UTC(2026, 5, 1, 12);

  now(): number {
    return this.#now;
  }

  async sleep(timeInMs: number, abortSignal?: AbortSignal): Promise<void> {
    abortSignal?.throwIfAborted();
    this.sleeps.push(timeInMs);
    this.advance(timeInMs);
  }

  advance(timeInMs: number): void {
    this.#now += timeInMs;
  }
}
