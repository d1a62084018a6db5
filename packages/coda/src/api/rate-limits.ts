import { DEFAULT_RATES, sharedRateLimiter, systemClock, type Clock, type RateLimiter, type WindowLimit } from '@cmx/cloud-core';

/**
 * The service's classes of call; each has its own limit, counted per user over all tokens, docs and hosts. `DEFAULT_RATES.coda` of
 * `@cmx/cloud-core` has the published ones; where a user's limit is lower, the first 429 teaches it.
 */
export type LimitClass = keyof typeof DEFAULT_RATES.coda;

export type CodaRateLimits = Readonly<Record<LimitClass, WindowLimit>>;

export type CodaLimiters = Readonly<Record<LimitClass, RateLimiter>>;

/** The limiters of a token, one per class: all clients of one token in this process wait in the same queues. */
export function limitersOf(token: string, limits: Partial<CodaRateLimits> = {}, clock: Clock = systemClock): CodaLimiters {
  const published = Object.entries(DEFAULT_RATES.coda) as [LimitClass, WindowLimit][];
  const limiters = published.map(([name, limit]) => [name, sharedRateLimiter(`coda ${name}`, token, limits[name] ?? limit, clock)]);
  return Object.fromEntries(limiters) as CodaLimiters;
}
