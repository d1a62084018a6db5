import type { Clock } from '@cmx/cloud-core';

/** A clock that a test moves by hand. */
export interface FakeClock extends Clock {
  /** Milliseconds of every sleep that was asked for, in order. */
  readonly sleeps: readonly number[];
  /** Moves the time on, waking who sleeps until then, earliest first; code that follows a wake-up runs before the next one. */
  advance(timeInMs: number): Promise<void>;
}

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/**
 * Creates a clock that stands still until it is advanced.
 *
 * @param startInMs - What it shows at first, in milliseconds since the epoch.
 */
export function createFakeClock(startInMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let time = startInMs;
  const sleeps: number[] = [];
  const sleepers = new Set<Sleeper>();
  return {
    sleeps,
    now: () => time,
    sleep(timeInMs, abortSignal) {
      sleeps.push(timeInMs);
      return new Promise((resolve, reject) => {
        if (abortSignal?.aborted) return reject(abortSignal.reason as Error);
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(abortSignal?.reason as Error);
        };
        const sleeper: Sleeper = {
          wakesAt: time + timeInMs,
          wake() {
            abortSignal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        sleepers.add(sleeper);
        abortSignal?.addEventListener('abort', stop, { once: true });
      });
    },
    async advance(timeInMs) {
      const end = time + timeInMs;
      for (let next = earliest(sleepers, end); next; next = earliest(sleepers, end)) {
        sleepers.delete(next);
        time = next.wakesAt;
        next.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      time = end;
    },
  };
}

/** A clock whose sleeps take no time: it jumps ahead instead, and keeps what it was asked for. */
export interface SkippingClock extends Clock {
  /** Milliseconds of every sleep that was skipped, in order. */
  readonly sleeps: readonly number[];
}

/**
 * Creates a clock that runs with the machine's and skips every sleep.
 *
 * @param offsetInMs - How far it is ahead of the machine's clock at first. Default 0.
 */
export function createSkippingClock(offsetInMs = 0): SkippingClock {
  let ahead = offsetInMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => Date.now() + ahead,
    async sleep(timeInMs, abortSignal) {
      abortSignal?.throwIfAborted();
      sleeps.push(timeInMs);
      ahead += timeInMs;
    },
  };
}

function earliest(sleepers: ReadonlySet<Sleeper>, end: number): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) {
    if (sleeper.wakesAt <= end && (first === undefined || sleeper.wakesAt < first.wakesAt)) first = sleeper;
  }
  return first;
}
