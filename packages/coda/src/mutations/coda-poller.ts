import { CloudError, TimeoutError, UnsupportedOperationError, type CallOptions, type Clock, type Poller, type PollerState } from '@cmx/cloud-core';
import type { AppliedOptions } from './queued-change.ts';

/** For so long after it was accepted, a 404 means that not every server knows of the work yet. */
const LAG_IN_MS = 30_000;
const FIRST_POLL_IN_MS = 2_000;
const SLOWEST_POLL_IN_MS = 15_000;
const DEADLINE_IN_MS = 600_000;

export interface CodaPollerOptions<T> {
  readonly id: string;
  /** From which another process can go on. */
  readonly text: string;
  /** For messages: `change`, `export`. */
  readonly what: string;
  readonly clock: Clock;
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

  async poll(options: CallOptions = {}): Promise<PollerState> {
    if (this.#state === 'succeeded' || this.#state === 'failed') return this.#state;
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
    const { clock } = this.#options;
    const deadline = clock.now() + timeoutInMs;
    for (let delay = pollIntervalInMs; ; delay = Math.min(delay * 1.5, SLOWEST_POLL_IN_MS)) {
      if (this.#state === 'pending' || this.#state === 'running') await clock.sleep(Math.max(0, Math.min(delay, deadline - clock.now())), abortSignal);
      const state = await this.poll({ abortSignal });
      if (state === 'succeeded') return this.#result as T;
      if (state === 'failed') throw this.#failure;
      if (clock.now() >= deadline) throw this.#timeout(timeoutInMs);
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

  #isLag(error: unknown): boolean {
    return CloudError.is(error, 'not_found') && error.status === 404 && this.#options.clock.now() - this.#startedAt < LAG_IN_MS;
  }

  #timeout(timeoutInMs: number): TimeoutError {
    const { id, text, what } = this.#options;
    return new TimeoutError(`The ${what} is queued but was not confirmed within ${String(timeoutInMs)} ms`, {
      provider: 'coda',
      phase: 'total',
      retryable: false,
      details: { requestId: id, resume: text },
    });
  }
}

function isFinal(error: unknown): boolean {
  return CloudError.is(error) && !error.retryable;
}
