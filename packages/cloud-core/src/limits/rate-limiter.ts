import { systemClock, type Clock } from '../clock.ts';

/** So many calls in so many milliseconds. */
export interface WindowLimit {
  readonly calls: number;
  readonly perMs: number;
}

/** A rate, of which `burst` (default: all calls of the window) may come at once after a pause. */
export interface RateLimit extends WindowLimit {
  readonly burst?: number | undefined;
}

interface Waiting {
  readonly since: number;
  start(waitedInMs: number): void;
}

/**
 * A token bucket. Waiting calls are served in the order they came; one that is aborted gives its place to the next. Learns from
 * 429: {@link RateLimiter.penalize} empties the bucket and holds everybody back for as long as the service says.
 */
export class RateLimiter {
  protected readonly limit: RateLimit;
  protected readonly clock: Clock;
  /** When the bucket would have its next token if it had none to spare: lies in the past while it has. */
  #nextTokenAt = -Infinity;
  readonly #queue: Waiting[] = [];
  /** Ends the sleep until the first of the queue may start. */
  #sleeping: AbortController | undefined;

  constructor(limit: RateLimit, clock: Clock = systemClock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Waits for a place. @returns Milliseconds waited. Rejects with the signal's reason. */
  acquire(abortSignal?: AbortSignal): number | Promise<number> {
    if (this.#queue.length === 0 && this.waitInMs() <= 0) {
      this.take();
      return 0;
    }
    if (abortSignal?.aborted) return Promise.reject(abortSignal.reason as Error);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        if (this.#queue.length === 0) this.#sleeping?.abort();
        reject(abortSignal?.reason as Error);
      };
      const start = (waitedInMs: number): void => {
        abortSignal?.removeEventListener('abort', leave);
        resolve(waitedInMs);
      };
      const waiting: Waiting = { since: this.clock.now(), start };
      abortSignal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      if (!this.#sleeping) void this.#serve();
    });
  }

  /** The service said "too many": nobody starts before the time is over, and then one after the other. */
  penalize(waitInMs: number): void {
    this.#nextTokenAt = Math.max(this.#nextTokenAt, this.clock.now() + waitInMs);
  }

  /** Serves the queue until it is empty. */
  async #serve(): Promise<void> {
    const sleeping = (this.#sleeping = new AbortController());
    while (this.#queue.length > 0) {
      const waitInMs = this.waitInMs();
      if (waitInMs > 0) {
        await this.clock.sleep(waitInMs, sleeping.signal).catch(() => undefined);
        if (sleeping.signal.aborted) break;
      } else {
        const first = this.#queue.shift();
        this.take();
        first?.start(this.clock.now() - first.since);
      }
    }
    this.#sleeping = undefined;
    if (this.#queue.length > 0) void this.#serve();
  }

  /** Milliseconds until the next call may start; at most 0 when it may start now. */
  protected waitInMs(): number {
    return this.#nextTokenAt - this.clock.now();
  }

  /** Books the start of a call. */
  protected take(): void {
    const { calls, perMs, burst = calls } = this.limit;
    const interval = perMs / calls;
    this.#nextTokenAt = Math.max(this.#nextTokenAt, this.clock.now() - interval * (burst - 1)) + interval;
  }
}
