import { CloudError, UnsupportedOperationError, waitUntil, type CallOptions, type Clock, type Poller, type PollerState } from '@cmx/cloud-core';
import { withMoreDetails } from '../api/coda-errors.ts';
import type { AppliedOptions } from './queued-change.ts';

/** For so long after it was accepted, a 404 means that not every server knows of the work yet. */
const LAG_IN_MS = 30_000;
/** No work is done sooner. */
export const FIRST_POLL_IN_MS = 2_000;
const SLOWEST_POLL_IN_MS = 15_000;
const DEADLINE_IN_MS = 600_000;

export interface CodaPollerOptions<T> {
  readonly id: string;
  /** From which another process can go on. */
  readonly text: string;
  /** For messages: `change`, `export`. */
  readonly what: string;
  readonly clock: Clock;
  /** Milliseconds from now for which asking is useless; 0 for work that began long ago. */
  readonly silentInMs: number;
  /** Asks once: the result, or `undefined` while there is none. Throws when there will be none. */
  check(options: CallOptions): Promise<T | undefined>;
}

/** Waits for something the service does by itself, patient with servers that have not heard of it yet. */
export class CodaPoller<T> implements Poller<T> {
  readonly id: string;
  readonly #options: CodaPollerOptions<T>;
  readonly #startedAt: number;
  #state: PollerState = 'pending';
  #result: T | undefined;
  #failure: unknown;

  constructor(options: CodaPollerOptions<T>) {
    this.id = options.id;
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  get state(): PollerState {
    return this.#state;
  }

  /** The service does not tell. */
  get progress(): undefined {
    return undefined;
  }

  /** Asks once; not in the first moments, in which the answer is known. */
  async poll(options: CallOptions = {}): Promise<PollerState> {
    if (this.#state === 'succeeded' || this.#state === 'failed' || this.#ageInMs() < this.#options.silentInMs) return this.#state;
    try {
      this.#result = await this.#options.check(options);
      this.#state = this.#result === undefined ? 'running' : 'succeeded';
    } catch (error) {
      if (this.#isLag(error)) return this.#state;
      if (!isFinal(error)) throw error;
      this.#failure = error;
      this.#state = 'failed';
    }
    return this.#state;
  }

  /** @throws {TimeoutError} The time was up first; the work goes on, and `details.resume` says how to go on waiting. */
  async result({ abortSignal, timeoutInMs = DEADLINE_IN_MS, pollIntervalInMs = FIRST_POLL_IN_MS }: AppliedOptions = {}): Promise<T> {
    const { id, text, what, clock } = this.#options;
    const wait = { abortSignal, timeoutInMs, pollIntervalInMs, maxPollIntervalInMs: SLOWEST_POLL_IN_MS, clock, where: { provider: 'coda' } };
    try {
      return await waitUntil((options) => this.#look(options), wait);
    } catch (error) {
      if (!CloudError.is(error, 'timeout') || error.phase !== 'total') throw error;
      throw withMoreDetails(error, `: the ${what} is queued, not confirmed`, { requestId: id, resume: text });
    }
  }

  async cancel(): Promise<void> {
    throw new UnsupportedOperationError(`The service cannot stop a ${this.#options.what} it has accepted`, { provider: 'coda' });
  }

  then<A = T, B = never>(onFulfilled?: ((value: T) => A | PromiseLike<A>) | null, onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<A | B> {
    return this.result().then(onFulfilled, onRejected);
  }

  toString(): string {
    return this.#options.text;
  }

  async #look(options: CallOptions): Promise<{ result: T } | Record<string, never>> {
    const state = await this.poll(options);
    if (state === 'failed') throw this.#failure;
    return state === 'succeeded' ? { result: this.#result as T } : {};
  }

  #ageInMs(): number {
    return this.#options.clock.now() - this.#startedAt;
  }

  #isLag(error: unknown): boolean {
    return CloudError.is(error, 'not_found') && error.status === 404 && this.#ageInMs() < LAG_IN_MS;
  }
}

function isFinal(error: unknown): boolean {
  return CloudError.is(error) && !error.retryable;
}
