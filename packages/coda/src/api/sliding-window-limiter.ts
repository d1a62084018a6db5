import { RateLimiter, type Clock, type RateLimit } from '@cmx/cloud-core';

/** Requests reach the server closer together or further apart than they left; this much of a window is kept as a reserve. */
const RESERVE = 0.02;
/** What a 429 leaves of the limit: 5 becomes 3. */
const SHRINK = 0.6;
const LONGEST_BLOCK_IN_MS = 120_000;
const FORGET_AFTER_IN_MS = 600_000;

/**
 * Never more than so many starts in any window of the given length, whichever way the server counts its windows; a full burst at once
 * while there is room. Calls that wait are served in the order they came.
 *
 * A 429 means that the limit is lower than thought, or that somebody else spends it too: everybody waits, twice as long for each
 * further 429, and the limit shrinks until ten minutes have passed without one.
 */
export class SlidingWindowLimiter extends RateLimiter {
  readonly #clock: Clock;
  readonly #windowInMs: number;
  readonly #published: number;
  #allowed: number;
  /** The newest starts, oldest first, at most `#allowed` of them. */
  #starts: number[] = [];
  #blockedUntil = 0;
  #penalties = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(limit: RateLimit, clock: Clock) {
    super(limit, clock);
    this.#clock = clock;
    this.#windowInMs = limit.perMs * (1 + RESERVE);
    this.#published = limit.calls;
    this.#allowed = limit.calls;
  }

  override acquire(abortSignal?: AbortSignal): number | Promise<number> {
    if (this.#waiting === 0 && this.#waitInMs() <= 0) return this.#start();
    this.#waiting += 1;
    const turn = this.#queue.then(() => this.#waitForRoom(abortSignal)).finally(() => (this.#waiting -= 1));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  override penalize(waitInMs: number): void {
    const now = this.#clock.now();
    // Calls that were under way together are refused together; that is one lesson, not many.
    if (now < this.#blockedUntil) return;
    this.#penalties = now - this.#blockedUntil < this.#windowInMs * 4 ? this.#penalties + 1 : 1;
    this.#allowed = Math.max(1, Math.floor(this.#allowed * SHRINK));
    this.#blockedUntil = now + Math.min(Math.max(waitInMs, waitInMs * 2 ** (this.#penalties - 1)), Math.max(waitInMs, LONGEST_BLOCK_IN_MS));
  }

  async #waitForRoom(abortSignal?: AbortSignal): Promise<number> {
    const since = this.#clock.now();
    for (let waitInMs = this.#waitInMs(); waitInMs > 0; waitInMs = this.#waitInMs()) {
      await this.#clock.sleep(waitInMs, abortSignal);
    }
    this.#start();
    return this.#clock.now() - since;
  }

  #waitInMs(): number {
    const now = this.#clock.now();
    if (this.#allowed < this.#published && now > this.#blockedUntil + FORGET_AFTER_IN_MS) this.#allowed = this.#published;
    const limiting = this.#starts[this.#starts.length - this.#allowed];
    return Math.max(this.#blockedUntil, limiting === undefined ? 0 : limiting + this.#windowInMs) - now;
  }

  #start(): number {
    this.#starts.push(this.#clock.now());
    if (this.#starts.length > this.#published) this.#starts.shift();
    return 0;
  }
}
