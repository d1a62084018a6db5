import { systemClock, type Clock } from '../clock.ts';

/** A rate: so many calls in so many milliseconds, of which `burst` (default: all of them) may come at once. */
export interface RateLimit {
  readonly calls: number;
  readonly perMs: number;
  readonly burst?: number | undefined;
}

/**
 * A token bucket. Waiting calls are served in the order they came. Learns from 429: {@link RateLimiter.penalize} empties the bucket for as
 * long as the service says.
 */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  /** The moment from which the next call may start, in the virtual time of an even flow. */
  #nextFreeAt = 0;
  #blockedUntil = 0;

  constructor(limit: RateLimit, clock: Clock = systemClock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Waits for a place. @returns Milliseconds waited. Rejects with the signal's reason. */
  acquire(abortSignal?: AbortSignal): number | Promise<number> {
    const now = this.#clock.now();
    const interval = this.#limit.perMs / this.#limit.calls;
    const burst = this.#limit.burst ?? this.#limit.calls;
    const earliest = Math.max(this.#nextFreeAt, now - interval * (burst - 1));
    const startAt = Math.max(earliest, this.#blockedUntil, now);
    this.#nextFreeAt = Math.max(earliest, this.#blockedUntil) + interval;
    const wait = startAt - now;
    return wait <= 0 ? 0 : this.#clock.sleep(wait, abortSignal).then(() => wait);
  }

  /** The service said "too many": nobody starts before the time is over. */
  penalize(waitInMs: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#clock.now() + waitInMs);
  }
}
