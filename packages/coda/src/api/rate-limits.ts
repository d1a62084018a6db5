import { sharedRateLimiter, systemClock, type Clock, type RateLimit, type RateLimiter } from '@cmx/cloud-core';
import { SlidingWindowLimiter } from './sliding-window-limiter.ts';

/** The service's classes of call; each has its own limit, counted per user over all tokens, docs and hosts. */
export type LimitClass = 'reads' | 'writes' | 'contentWrites' | 'docLists' | 'analytics';

export type CodaRateLimits = Readonly<Record<LimitClass, RateLimit>>;

/**
 * The limits as the API reference publishes them. The help centre names 3 in 10 s for content writes; where a user's limit is lower than
 * the published one, the first 429 teaches it.
 *
 * @see https://coda.io/developers/apis/v1#section/Rate-Limiting
 */
export const CODA_RATE_LIMITS: CodaRateLimits = {
  reads: { calls: 100, perMs: 6_000 },
  writes: { calls: 10, perMs: 6_000 },
  contentWrites: { calls: 5, perMs: 10_000 },
  docLists: { calls: 4, perMs: 6_000 },
  analytics: { calls: 100, perMs: 6_000 },
};

export type CodaLimiters = Readonly<Record<LimitClass, RateLimiter>>;

/** Clocks of tests rule limiters of their own. */
const clockNumbers = new WeakMap<Clock, number>();
let clockCount = 0;

/** The limiters of a token, one per class: all clients of one token in this process wait in the same queues. */
export function limitersOf(token: string, limits: CodaRateLimits = CODA_RATE_LIMITS, clock: Clock = systemClock): CodaLimiters {
  const number = clockNumbers.get(clock) ?? (clockCount += 1);
  clockNumbers.set(clock, number);
  const limiter = (name: LimitClass): RateLimiter => {
    const { calls, perMs } = limits[name];
    return sharedRateLimiter(`coda ${name} ${String(calls)}/${String(perMs)} ${String(number)}`, token, () => new SlidingWindowLimiter(limits[name], clock));
  };
  return {
    reads: limiter('reads'),
    writes: limiter('writes'),
    contentWrites: limiter('contentWrites'),
    docLists: limiter('docLists'),
    analytics: limiter('analytics'),
  };
}
