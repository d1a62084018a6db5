import { RateLimiter, type Clock, type RateLimit } from '@cmx/cloud-core';

/** The documented limit: 60 requests a minute for each token. */
export const DOCUMENTED_RATE_LIMIT: RateLimit = { calls: 60, perMs: 60_000 };

/** Requests overtake one another on their way; so much longer than the service's is our window. */
const MARGIN_IN_MS = 250;

/**
 * A limiter that lets as many calls through as the window holds, at once if they come at once, and never more in *any* stretch
 * of that length. (A token bucket with the same figures would let almost twice as many through in the first minute.)
 */
export class RequestWindow extends RateLimiter {
  readonly #lengthInMs: number;
  readonly #clock: Clock;
  /** When the last calls started or will start, a ring of as many as the window holds. */
  readonly #starts: Float64Array;
  #next = 0;
  #blockedUntil = 0;

  constructor(limit: RateLimit, clock: Clock) {
    super(limit, clock);
    this.#lengthInMs = limit.perMs + MARGIN_IN_MS;
    this.#clock = clock;
    this.#starts = new Float64Array(limit.calls).fill(-Infinity);
  }

  override acquire(abortSignal?: AbortSignal): number | Promise<number> {
    const now = this.#clock.now();
    const oldest = this.#starts[this.#next] ?? -Infinity;
    const startAt = Math.max(now, oldest + this.#lengthInMs, this.#blockedUntil);
    this.#starts[this.#next] = startAt;
    this.#next = (this.#next + 1) % this.#starts.length;
    const wait = startAt - now;
    return wait === 0 ? 0 : this.#clock.sleep(wait, abortSignal).then(() => wait);
  }

  override penalize(waitInMs: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#clock.now() + waitInMs);
  }
}

/** One window for each clock, server and token, so that all clients of a token keep its limit together. */
const windows = new WeakMap<Clock, Map<string, RequestWindow>>();

/** The window all clients of this token share in this process. */
export function sharedWindow(limit: RateLimit, clock: Clock, baseUrl: string, token: string): RequestWindow {
  const ofClock = windows.get(clock) ?? new Map<string, RequestWindow>();
  windows.set(clock, ofClock);
  const key = `${String(limit.calls)}/${String(limit.perMs)} ${baseUrl} ${token}`;
  const window = ofClock.get(key) ?? new RequestWindow(limit, clock);
  ofClock.set(key, window);
  return window;
}
