import { systemClock, type Clock } from './clock.ts';
import { CloudError, type CloudErrorFields, type ErrorResource } from './errors/cloud-error.ts';
import { TimeoutError, withErrorFields } from './errors/errors.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { silentLogger, type Logger } from './logger.ts';
import type { CallOptions } from './models/call-options.ts';
import type { ProviderName } from './models/provider.ts';
import { DEFAULT_RETRY_POLICY, RetryBudget, retryDelayInMs, type RetryPolicy } from './retry/retry-policy.ts';
import type { Telemetry } from './telemetry.ts';

/** One call of one method. */
export interface OperationInfo {
  /** The method as it is spelt on the client: `putObject`. */
  readonly operation: string;
  readonly resource?: ErrorResource | undefined;
  /**
   * Whether an attempt may be repeated after it was sent: `always` (idempotent), or `refused` (only when the service says it did
   * not run it, 429, or the request never left). Default `always`.
   */
  readonly retry?: 'always' | 'refused' | 'never' | undefined;
  /** The limiter of this class of call, asked before each attempt. */
  readonly limiter?: RateLimiter | undefined;
}

/** What one attempt knows of the call it is part of. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** The caller's signal, joined with the call's deadline when there is one. */
  readonly abortSignal: AbortSignal | undefined;
}

export interface OperationRunnerOptions {
  readonly provider: ProviderName;
  readonly service?: string | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly retryBudget?: RetryBudget | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  /** Makes a `CloudError` of whatever an attempt threw. Default: `unknown`, with the error as `cause`. */
  readonly toCloudError?: ((error: unknown) => CloudError) | undefined;
}

/**
 * The funnel every method of a client passes: deadline, rate limit, attempts with backoff and budget, error mapping, abort,
 * span and log. The only retry loop there is.
 */
export class OperationRunner {
  readonly #options: OperationRunnerOptions;
  readonly #policy: RetryPolicy;
  readonly #budget: RetryBudget;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(options: OperationRunnerOptions) {
    this.#options = options;
    this.#policy = { ...DEFAULT_RETRY_POLICY, ...options.retry };
    this.#budget = options.retryBudget ?? new RetryBudget();
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
  }

  /**
   * Runs one call.
   *
   * @throws {CloudError} Whatever went wrong last, with provider, operation, resource and attempts filled in.
   * @throws The reason of `options.abortSignal`, unwrapped, when it is aborted.
   */
  async run<T>(info: OperationInfo, options: CallOptions, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    options.abortSignal?.throwIfAborted();
    const span = this.#options.telemetry?.startSpan?.(`${this.#options.service ?? this.#options.provider}.${info.operation}`, this.#attributes(info));
    try {
      const result = options.timeoutInMs === undefined ? await this.#attempts(info, options.abortSignal, attempt) : await this.#withDeadline(info, options, attempt);
      span?.end();
      return result;
    } catch (error) {
      span?.end(error);
      throw error;
    }
  }

  async #withDeadline<T>(info: OperationInfo, { abortSignal, timeoutInMs }: CallOptions, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const timeout = new TimeoutError(`The call took longer than its timeout of ${String(timeoutInMs)} ms`, this.#fields(info, { phase: 'total' }));
    const expired = new Promise<never>((_, reject) => controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true }));
    const timer = setTimeout(() => controller.abort(timeout), timeoutInMs);
    const forward = (): void => controller.abort(abortSignal?.reason);
    abortSignal?.addEventListener('abort', forward, { once: true });
    try {
      return await Promise.race([this.#attempts(info, controller.signal, attempt), expired]);
    } finally {
      clearTimeout(timer);
      abortSignal?.removeEventListener('abort', forward);
    }
  }

  async #attempts<T>(info: OperationInfo, abortSignal: AbortSignal | undefined, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const startedAt = this.#clock.now();
    for (let number = 1; ; number++) {
      try {
        if (info.limiter) await this.#waitForLimit(info, info.limiter, abortSignal);
        const result = await attempt({ number, abortSignal });
        this.#budget.refill();
        return result;
      } catch (thrown) {
        if (abortSignal?.aborted) throw abortSignal.reason;
        const error = this.#describe(thrown, info, number);
        const delayInMs = this.#delayBeforeNext(error, info, number, startedAt);
        if (delayInMs === undefined) throw error;
        this.#announceRetry(info, number, delayInMs, error);
        await this.#clock.sleep(delayInMs, abortSignal);
      }
    }
  }

  async #waitForLimit(info: OperationInfo, limiter: RateLimiter, abortSignal: AbortSignal | undefined): Promise<void> {
    const waited = limiter.acquire(abortSignal);
    if (waited === 0) return;
    this.#options.telemetry?.onThrottle?.({ operation: info.operation, waitedInMs: await waited });
  }

  #delayBeforeNext(error: CloudError, info: OperationInfo, number: number, startedAt: number): number | undefined {
    if (error.code === 'rate_limited' && info.limiter && error.retryAfterInMs !== undefined) info.limiter.penalize(error.retryAfterInMs);
    if (!error.retryable || number >= this.#policy.maxAttempts || !mayRepeat(error, info.retry ?? 'always')) return undefined;
    const delayInMs = retryDelayInMs(error, number, this.#policy, this.#options.random);
    if (delayInMs === undefined || this.#clock.now() - startedAt + delayInMs > this.#policy.maxTotalTimeInMs) return undefined;
    return this.#budget.take(error) ? delayInMs : undefined;
  }

  #describe(thrown: unknown, info: OperationInfo, attempts: number): CloudError {
    const error = CloudError.is(thrown) ? thrown : this.#options.toCloudError ? this.#options.toCloudError(thrown) : unknownError(thrown);
    return withErrorFields(error, this.#fields(info, { attempts }));
  }

  #announceRetry(info: OperationInfo, attempt: number, delayInMs: number, error: CloudError): void {
    this.#options.telemetry?.onRetry?.({ operation: info.operation, attempt, delayInMs, error });
    this.#logger.warn({ operation: info.operation, attempt, delayInMs, code: error.code, status: error.status }, 'Trying again');
  }

  #fields(info: OperationInfo, more: CloudErrorFields): CloudErrorFields {
    return { provider: this.#options.provider, service: this.#options.service, operation: info.operation, resource: info.resource, ...more };
  }

  #attributes(info: OperationInfo): Record<string, string | undefined> {
    return { 'cmx.provider': this.#options.provider, 'cmx.service': this.#options.service, 'cmx.operation': info.operation, 'cmx.resource': info.resource?.name };
  }
}

/** A call that may have run is repeated only when that does no harm; one the service refused or that never left always may be. */
function mayRepeat(error: CloudError, retry: 'always' | 'refused' | 'never'): boolean {
  if (retry === 'always') return true;
  return retry === 'refused' && (error.code === 'rate_limited' || error.phase === 'connect' || error.applied === false);
}

function unknownError(thrown: unknown): CloudError {
  return new CloudError('unknown', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
