import { systemClock, type Clock } from '../clock.ts';
import type { WindowLimit } from './rate-limiter.ts';
import { SlidingWindowLimiter } from './sliding-window-limiter.ts';

/** Clocks of tests rule limiters of their own. */
const limitersOfClock = new WeakMap<Clock, Map<string, WeakRef<SlidingWindowLimiter>>>();

/**
 * The limiter all clients of the same credentials share in this process. It lives as long as a client holds it. Clients that were
 * given another limit or clock have one of their own.
 *
 * @param scope - What is limited: provider, host and class of call.
 * @param secret - The token or key; only a digest of it is kept.
 */
export function sharedRateLimiter(scope: string, secret: string, limit: WindowLimit, clock: Clock = systemClock): SlidingWindowLimiter {
  const { calls, perMs } = limit;
  const limiters = limitersOfClock.get(clock) ?? new Map<string, WeakRef<SlidingWindowLimiter>>();
  limitersOfClock.set(clock, limiters);
  const key = `${scope} ${String(calls)}/${String(perMs)} ${digestOf(secret)}`;
  const known = limiters.get(key)?.deref();
  if (known) return known;
  for (const [other, reference] of limiters) if (!reference.deref()) limiters.delete(other);
  const limiter = new SlidingWindowLimiter(limit, clock);
  limiters.set(key, new WeakRef(limiter));
  return limiter;
}

/** FNV-1a of 64 bits: enough to tell tokens apart, and too little of them to find one again. */
function digestOf(secret: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(secret)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36);
}
