import type { Clock } from './clock.ts';
import { CloudError, type CloudErrorFields } from './errors/cloud-error.ts';
import { ConflictError, UnsupportedOperationError, withErrorFields } from './errors/errors.ts';
import type { CallOptions } from './models/call-options.ts';
import { waitUntil } from './wait-until.ts';

/** Where a slow thing stands. */
export type PollerState = 'pending' | 'running' | 'succeeded' | 'failed' | 'canceled';

/** How to wait for the end. */
export interface PollOptions extends CallOptions {
  /** Milliseconds between the first looks; later ones come further apart, up to ten times that. Default: the poller's, usually 1,000. */
  readonly pollIntervalInMs?: number | undefined;
}

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
  /**
   * Waits for the end. Aborting stops the waiting, not the work.
   *
   * @throws {TimeoutError} `timeoutInMs` passed first; `details` hold the `id` and the text to `resume` from.
   */
  result(options?: PollOptions): Promise<T>;
  /** Asks the service to stop what has not ended. Throws `UnsupportedOperationError` where it cannot be stopped. */
  cancel(options?: CallOptions): Promise<void>;
  toString(): string;
}

/**
 * Work the service has accepted and does by itself. A `Poller` is awaitable, so a promise of one would wait for the end; this is what a
 * promise can hold: `const accepted = await client.createFunction(input); const made = await accepted.applied();`.
 */
export interface Accepted<T> {
  /** What the service calls it: the work, or the thing it makes or changes where the answer names that. The work's own is `applied().id`. */
  readonly id: string;
  /** Follows the work. Nothing is asked before the poller is awaited or polled. */
  applied(): Poller<T>;
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
  /** How it stands before the first look. Default pending. */
  readonly initial?: PollerStatus<T> | undefined;
  /** Looks once. Retries of the request are its own business. */
  readonly poll: (options: CallOptions) => Promise<PollerStatus<T>>;
  /** Asks the service to stop, and resolves to how the work stands then; to `undefined` where only the next look will tell. */
  readonly cancel?: ((options: CallOptions) => Promise<PollerStatus<T> | undefined>) | undefined;
  /** The text to resume from. Default: the id. */
  readonly token?: string | undefined;
  /** Default 1,000; grows by half each time, up to ten times. */
  readonly pollIntervalInMs?: number | undefined;
  /** How long to wait for the end where the caller does not say. Default: without limit. */
  readonly timeoutInMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Makes a poller of one "how does it stand" function. Once the work has ended nothing more is asked. */
export function createPoller<T>(options: CreatePollerOptions<T>): Poller<T> {
  return new PollerOf(options);
}

class PollerOf<T> implements Poller<T> {
  readonly id: string;
  readonly #options: CreatePollerOptions<T>;
  #status: PollerStatus<T>;

  constructor(options: CreatePollerOptions<T>) {
    this.id = options.id;
    this.#options = options;
    this.#status = options.initial ?? { state: 'pending' };
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

  result(options: PollOptions = {}): Promise<T> {
    const { clock, where, pollIntervalInMs, timeoutInMs } = this.#options;
    return waitUntil<T>(
      async (call) => {
        await this.poll(call);
        const status = this.#status;
        if (status.state === 'succeeded') return { result: status.result };
        if (isUnderWay(status)) return { retryAfterInMs: status.retryAfterInMs };
        throw this.#failure(status);
      },
      {
        abortSignal: options.abortSignal,
        timeoutInMs: options.timeoutInMs ?? timeoutInMs,
        pollIntervalInMs: options.pollIntervalInMs ?? pollIntervalInMs,
        clock,
        where: { ...where, details: { id: this.id, resume: this.toString() } },
      },
    );
  }

  async cancel(options: CallOptions = {}): Promise<void> {
    const { cancel, where } = this.#options;
    if (!cancel) throw new UnsupportedOperationError('The work cannot be stopped', where);
    if (isUnderWay(this.#status)) this.#status = (await cancel(options)) ?? this.#status;
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
