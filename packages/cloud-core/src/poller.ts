import type { Clock } from './clock.ts';
import { CloudError, type CloudErrorFields } from './errors/cloud-error.ts';
import { ConflictError, UnsupportedOperationError, withErrorFields } from './errors/errors.ts';
import type { CallOptions } from './models/call-options.ts';
import { waitUntil } from './wait-until.ts';

/** Where a slow thing stands. */
export type PollerState = 'pending' | 'running' | 'succeeded' | 'failed' | 'canceled';

/**
 * A slow thing that the service works on by itself. Awaiting it waits for the result; `toString()` gives a text from which
 * another process can go on waiting (each client has a `resumePoller(text)` or a method named in its documentation).
 */
export interface Poller<T> extends PromiseLike<T> {
  /** The service's identifier of the work. */
  readonly id: string;
  readonly state: PollerState;
  /** Between 0 and 1 where the service tells, otherwise `undefined`. */
  readonly progress: number | undefined;
  /** Asks once and returns the state. */
  poll(options?: CallOptions): Promise<PollerState>;
  /** Waits for the end. Aborting stops the waiting, not the work. */
  result(options?: CallOptions & { pollIntervalInMs?: number }): Promise<T>;
  /** Asks the service to stop. Throws `UnsupportedOperationError` where it cannot be stopped. */
  cancel(options?: CallOptions): Promise<void>;
  toString(): string;
}

/** What one look at the work told. `retryAfterInMs` is how long the service asks to wait before the next look. */
export type PollerStatus<T> =
  | { readonly state: 'pending' | 'running'; readonly progress?: number | undefined; readonly retryAfterInMs?: number | undefined }
  | { readonly state: 'succeeded'; readonly result: T }
  | { readonly state: 'failed' | 'canceled'; readonly error?: CloudError | undefined };

type UnderWay = Extract<PollerStatus<never>, { state: 'pending' | 'running' }>;
type EndedBadly = Extract<PollerStatus<never>, { state: 'failed' | 'canceled' }>;

export interface CreatePollerOptions<T> {
  readonly id: string;
  /** Provider, operation and resource for errors. */
  readonly where: CloudErrorFields;
  /** Looks once. Retries of the request are its own business. */
  readonly poll: (options: CallOptions) => Promise<PollerStatus<T>>;
  readonly cancel?: ((options: CallOptions) => Promise<void>) | undefined;
  /** The text to resume from. Default: the id. */
  readonly token?: string | undefined;
  /** Default 1,000; grows by half each time, up to ten times. */
  readonly pollIntervalInMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Makes a poller of one "how does it stand" function. Once the work has ended nothing more is asked. */
export function createPoller<T>(options: CreatePollerOptions<T>): Poller<T> {
  return new PollerOf(options);
}

class PollerOf<T> implements Poller<T> {
  readonly id: string;
  readonly #options: CreatePollerOptions<T>;
  #status: PollerStatus<T> = { state: 'pending' };

  constructor(options: CreatePollerOptions<T>) {
    this.id = options.id;
    this.#options = options;
  }

  get state(): PollerState {
    return this.#status.state;
  }

  get progress(): number | undefined {
    if ('progress' in this.#status) return this.#status.progress;
    return this.#status.state === 'succeeded' ? 1 : undefined;
  }

  async poll(options: CallOptions = {}): Promise<PollerState> {
    if (isUnderWay(this.#status)) this.#status = await this.#options.poll(options);
    return this.state;
  }

  result(options: CallOptions & { pollIntervalInMs?: number } = {}): Promise<T> {
    const { pollIntervalInMs, clock, where } = this.#options;
    return waitUntil<T>(
      async (call) => {
        await this.poll(call);
        const status = this.#status;
        if (status.state === 'succeeded') return { result: status.result };
        if (isUnderWay(status)) return { retryAfterInMs: status.retryAfterInMs };
        throw this.#failure(status);
      },
      { pollIntervalInMs, clock, where, ...options },
    );
  }

  async cancel(options: CallOptions = {}): Promise<void> {
    const { cancel, where } = this.#options;
    if (!cancel) throw new UnsupportedOperationError('The work cannot be stopped', where);
    await cancel(options);
  }

  then<A = T, B = never>(onFulfilled?: ((value: T) => A | PromiseLike<A>) | null, onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): PromiseLike<A | B> {
    return this.result().then(onFulfilled, onRejected);
  }

  toString(): string {
    return this.#options.token ?? this.id;
  }

  #failure({ state, error }: EndedBadly): CloudError {
    const { where } = this.#options;
    if (error) return withErrorFields(error, where);
    return state === 'canceled' ? new ConflictError('The work was canceled', where) : new CloudError('unknown', 'The work failed', where);
  }
}

function isUnderWay<T>(status: PollerStatus<T>): status is UnderWay {
  return status.state === 'pending' || status.state === 'running';
}
