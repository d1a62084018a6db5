import { checksumFactory } from '../body/checksum.ts';
import type { RateLimiter } from './rate-limiter.ts';

const limiters = new Map<string, WeakRef<RateLimiter>>();

/**
 * The limiter all clients of the same credentials share in this process. It lives as long as a client holds it.
 *
 * @param scope - What is limited: provider, host and class of call.
 * @param secret - The token or key; only a digest of it is kept.
 * @param make - Makes the limiter when there is none yet.
 */
export function sharedRateLimiter<T extends RateLimiter>(scope: string, secret: string, make: () => T): T {
  const key = `${scope} ${digestOf(`${scope}\0${secret}`)}`;
  const known = limiters.get(key)?.deref();
  if (known) return known as T;
  for (const [other, reference] of limiters) if (!reference.deref()) limiters.delete(other);
  const limiter = make();
  limiters.set(key, new WeakRef(limiter));
  return limiter;
}

/** A digest without a way back. Where the platform has none that is synchronous, a short one that hardly tells anything does. */
function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const sha256 = checksumFactory('sha256')?.();
  if (sha256) {
    sha256.update(bytes);
    return sha256.digest();
  }
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return String(hash >>> 0);
}
