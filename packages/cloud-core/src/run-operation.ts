import { systemClock, type Clock } from './clock.ts';
import { CloudError, type CloudErrorFields, type ErrorResource } from './errors/cloud-error.ts';
import { TimeoutError, UnavailableError, withErrorFields } from './errors/errors.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { silentLogger, type Logger } from './logger.ts';
import type { CallOptions } from './models/call-options.ts';
import type { ProviderName } from './models/provider.ts';
import { RetryBudget, retryDelayInMs, toRetryPolicy, type RetryPolicy } from './retry/retry-policy.ts';
import type { SpanAttributes, Telemetry, TelemetrySpan } from './telemetry.ts';

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
  /** Milliseconds an attempt may take to clean up after the call's deadline, before the call fails all the same. Default 0. */
  readonly graceInMs?: number | undefined;
  /** What the call's span is to say besides: asked when there is one. */
  readonly attributes?: (() => SpanAttributes) | undefined;
}

/** What one attempt knows of the call it is part of. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** The caller's signal, joined with the call's deadline when there is one; otherwise one that fires when the runner is closed. */
  readonly abortSignal: AbortSignal;
  /** The call's span, where spans are made. */
  readonly span: TelemetrySpan | undefined;
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
  readonly #closing = new AbortController();
  /** The calls under way. */
  readonly #underWay: CallRing = new CallRing();

  constructor(options: OperationRunnerOptions) {
    this.#options = options;
    this.#policy = toRetryPolicy(options.retry);
    this.#budget = options.retryBudget ?? new RetryBudget();
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
  }

  /** Aborts when the runner is closed: the signal of the attempts of calls that have none of their own. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Runs one call.
   *
   * @throws {CloudError} Whatever went wrong last, with provider, operation, resource and attempts filled in.
   * @throws The reason of `options.abortSignal`, unwrapped, when it is aborted.
   */
  async run<T>(info: OperationInfo, options: CallOptions, attempt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const { abortSignal = this.#closing.signal, timeoutInMs } = options;
    if (this.#closing.signal.aborted) throw this.#closedError(info, 'arguments');
    abortSignal.throwIfAborted();
    const span = this.#options.telemetry?.startSpan?.(`${this.#options.service ?? this.#options.provider}.${info.operation}`, this.#attributes(info));
    try {
      const attempts = (signal: AbortSignal): Promise<T> => this.#attempts(info, signal, (number) => attempt({ number, abortSignal: signal, span }));
      const work = timeoutInMs === undefined ? attempts(abortSignal) : this.#withDeadline(info, abortSignal, timeoutInMs, attempts);
      const result = await this.#untilClosed(info, work);
      span?.end();
      return result;
    } catch (error) {
      span?.end(error);
      throw error;
    }
  }

  /** Ends the calls under way, also while they wait; further calls fail. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new UnavailableError('The client has been closed', { retryable: false }));
    this.#underWay.endAll();
  }

  #untilClosed<T>(info: OperationInfo, work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const call = new CallUnderWay(this.#underWay, () => reject(this.#closedError(info)));
      work.then(
        (result) => {
          call.leave();
          resolve(result);
        },
        (error: Error) => {
          call.leave();
          reject(error);
        },
      );
    });
  }

  #closedError(info: OperationInfo, phase?: 'arguments'): CloudError {
    return withErrorFields(this.#closing.signal.reason as CloudError, this.#fields(info, { phase }));
  }

  async #withDeadline<T>(info: OperationInfo, abortSignal: AbortSignal, timeoutInMs: number, attempts: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const { signal } = controller;
    const timeout = new TimeoutError(`The call took longer than its timeout of ${String(timeoutInMs)} ms`, this.#fields(info, { phase: 'total' }));
    const forward = (): void => controller.abort(abortSignal.reason);
    abortSignal.addEventListener('abort', forward, { once: true });
    let timer = setTimeout(() => controller.abort(timeout), timeoutInMs);
    const expired = new Promise<never>((_, reject) => {
      const expire = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        if (info.graceInMs === undefined) expire();
        else timer = setTimeout(expire, info.graceInMs);
      });
    });
    try {
      return await Promise.race([attempts(signal), expired]);
    } finally {
      clearTimeout(timer);
      abortSignal.removeEventListener('abort', forward);
    }
  }

  async #attempts<T>(info: OperationInfo, abortSignal: AbortSignal, attempt: (number: number) => Promise<T>): Promise<T> {
    const startedAt = this.#clock.now();
    for (let number = 1; ; number++) {
      try {
        if (info.limiter) await this.#waitForLimit(info, info.limiter, abortSignal);
        const result = await attempt(number);
        this.#budget.refill();
        return result;
      } catch (thrown) {
        abortSignal.throwIfAborted();
        this.#closing.signal.throwIfAborted();
        const error = this.#describe(thrown, info, number);
        const delayInMs = this.#delayBeforeNext(error, info, number, startedAt);
        if (delayInMs === undefined) throw error;
        this.#announceRetry(info, number, delayInMs, error);
        await this.#clock.sleep(delayInMs, abortSignal);
        this.#closing.signal.throwIfAborted();
      }
    }
  }

  async #waitForLimit(info: OperationInfo, limiter: RateLimiter, abortSignal: AbortSignal): Promise<void> {
    const waitedInMs = await limiter.acquire(abortSignal);
    if (waitedInMs > 0) this.#options.telemetry?.onThrottle?.({ operation: info.operation, waitedInMs });
  }

  #delayBeforeNext(error: CloudError, info: OperationInfo, number: number, startedAt: number): number | undefined {
    const delayInMs = retryDelayInMs(error, number, this.#policy, this.#options.random);
    if (error.code === 'rate_limited') info.limiter?.penalize(error.retryAfterInMs ?? delayInMs ?? 0);
    if (!error.retryable || number >= this.#policy.maxAttempts || !mayRepeat(error, info.retry ?? 'always')) return undefined;
    if (delayInMs === undefined || this.#clock.now() - startedAt + delayInMs > this.#policy.maxTotalTimeInMs) return undefined;
    return this.#budget.take(error) ? delayInMs : undefined;
  }

  #describe(thrown: unknown, info: OperationInfo, attempts: number): CloudError {
    const error = CloudError.is(thrown) ? thrown : this.#options.toCloudError ? this.#options.toCloudError(thrown) : unknownError(thrown);
    // A call inside this one counted its own attempts.
    return withErrorFields(error, this.#fields(info, { attempts: Math.max(attempts, error.attempts ?? 0) }));
  }

  #announceRetry(info: OperationInfo, attempt: number, delayInMs: number, error: CloudError): void {
    this.#options.telemetry?.onRetry?.({ operation: info.operation, attempt, delayInMs, error });
    this.#logger.warn({ operation: info.operation, attempt, delayInMs, code: error.code, status: error.status }, 'Trying again');
  }

  #fields(info: OperationInfo, more: CloudErrorFields): CloudErrorFields {
    return { provider: this.#options.provider, service: this.#options.service, operation: info.operation, resource: info.resource, ...more };
  }

  #attributes(info: OperationInfo): SpanAttributes {
    return { 'cmx.provider': this.#options.provider, 'cmx.service': this.#options.service, 'cmx.operation': info.operation, 'cmx.resource': info.resource?.name, ...info.attributes?.() };
  }
}

/** Calls under way, each linked to the next: joining and leaving cost next to nothing, where a `Set` would cost more than the rest of the runner. */
class CallRing {
  first: CallUnderWay | undefined;

  endAll(): void {
    for (let call = this.first; call; call = call.next) call.end();
  }
}

class CallUnderWay {
  readonly end: () => void;
  next: CallUnderWay | undefined;
  readonly #ring: CallRing;
  #previous: CallUnderWay | undefined;

  constructor(ring: CallRing, end: () => void) {
    this.end = end;
    this.#ring = ring;
    this.next = ring.first;
    if (ring.first) ring.first.#previous = this;
    ring.first = this;
  }

  leave(): void {
    if (this.#previous) this.#previous.next = this.next;
    else this.#ring.first = this.next;
    if (this.next) this.next.#previous = this.#previous;
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
