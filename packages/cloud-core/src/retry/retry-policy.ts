import { CloudError } from '../errors/cloud-error.ts';

/** How often and how long to try again. */
export interface RetryPolicy {
  /** Attempts in all, the first included. Default 4; 1 switches retries off. */
  readonly maxAttempts: number;
  /** Milliseconds from the first attempt's start after which no new attempt begins. Default 120,000. */
  readonly maxTotalTimeInMs: number;
  /** Upper bound of the first random delay; doubles each time. Default 100. */
  readonly initialDelayInMs: number;
  /** Upper bound of any random delay. Default 20,000. */
  readonly maxDelayInMs: number;
  /** Longest wait a service's `Retry-After` can impose; a longer one ends the retries. Default 60,000. */
  readonly maxRetryAfterInMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 4,
  maxTotalTimeInMs: 120_000,
  initialDelayInMs: 100,
  maxDelayInMs: 20_000,
  maxRetryAfterInMs: 60_000,
};

/** The whole policy of what a caller gave; what is `undefined` is the default. */
export function toRetryPolicy(given: Partial<RetryPolicy> = {}): RetryPolicy {
  return { ...DEFAULT_RETRY_POLICY, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/**
 * A client's allowance for retries, so that an outage is not multiplied: a retry costs 5 tokens (a timeout 10), a call that
 * succeeds gives 1 back. When it is used up, calls fail with their first error.
 */
export class RetryBudget {
  readonly #capacity: number;
  #tokens: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  /** Takes the price of one retry, or says that there is not enough left. */
  take(error: unknown): boolean {
    const price = CloudError.is(error, 'timeout') ? 10 : 5;
    if (this.#tokens < price) return false;
    this.#tokens -= price;
    return true;
  }

  /** A call succeeded. */
  refill(): void {
    if (this.#tokens < this.#capacity) this.#tokens += 1;
  }
}

/**
 * Milliseconds to wait before the next attempt, or `undefined` when there must be none. A service's `Retry-After` is taken as
 * it is; without one the delay is random between 0 and a bound that doubles (full jitter).
 *
 * @param failures - Attempts that have failed, at least 1.
 */
export function retryDelayInMs(error: CloudError, failures: number, policy: RetryPolicy, random: () => number = Math.random): number | undefined {
  if (error.retryAfterInMs !== undefined) {
    return error.retryAfterInMs <= policy.maxRetryAfterInMs ? error.retryAfterInMs : undefined;
  }
  return random() * Math.min(policy.maxDelayInMs, policy.initialDelayInMs * 2 ** (failures - 1));
}
