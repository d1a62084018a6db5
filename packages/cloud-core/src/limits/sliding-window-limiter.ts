import { systemClock, type Clock } from '../clock.ts';
import { RateLimiter, type WindowLimit } from './rate-limiter.ts';

/** Requests reach the server closer together than they left; so much longer than the service's is our window. */
const MARGIN_IN_MS = 200;
/** What a 429 leaves of the limit: 5 becomes 3. */
const SHRINK = 0.6;
const LONGEST_BLOCK_IN_MS = 120_000;
const FORGET_AFTER_IN_MS = 600_000;

/**
 * Never more than so many starts in *any* window of the given length, whichever way the server counts its windows, and all of them at
 * once while there is room. (A token bucket of the same figures lets almost twice as many through in the first window.)
 *
 * A 429 means that the limit is lower than thought, or that somebody else spends it too: everybody waits as long as the service says,
 * twice as long for each further 429, and the limit shrinks until ten minutes have passed without one.
 */
export class SlidingWindowLimiter extends RateLimiter {
  #allowed: number;
  /** The newest starts, oldest first, at most as many as a window holds. */
  readonly #starts: number[] = [];
  #blockedUntil = -Infinity;
  #penalties = 0;

  constructor(limit: WindowLimit, clock: Clock = systemClock) {
    super(limit, clock);
    this.#allowed = limit.calls;
  }

  override penalize(waitInMs: number): void {
    const now = this.clock.now();
    // Calls that were under way together are refused together; that is one lesson, not many.
    if (now >= this.#blockedUntil) {
      this.#penalties = now - this.#blockedUntil < this.limit.perMs * 4 ? this.#penalties + 1 : 1;
      this.#allowed = Math.max(1, Math.floor(this.#allowed * SHRINK));
    }
    const doubled = Math.min(waitInMs * 2 ** (this.#penalties - 1), LONGEST_BLOCK_IN_MS);
    this.#blockedUntil = Math.max(this.#blockedUntil, now + Math.max(waitInMs, doubled));
  }

  protected override waitInMs(): number {
    const now = this.clock.now();
    if (now > this.#blockedUntil + FORGET_AFTER_IN_MS) this.#allowed = this.limit.calls;
    const limiting = this.#starts.at(-this.#allowed) ?? -Infinity;
    return Math.max(this.#blockedUntil, limiting + this.limit.perMs + MARGIN_IN_MS) - now;
  }

  protected override take(): void {
    this.#starts.push(this.clock.now());
    if (this.#starts.length > this.limit.calls) this.#starts.shift();
  }
}
