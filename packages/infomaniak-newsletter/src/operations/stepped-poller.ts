import { CloudError, TimeoutError, type CallOptions, type Clock, type Poller, type PollerState } from '@cmx/cloud-core';
import { SERVICE } from '../api/newsletter-errors.ts';

/** Where the work stands after one question. */
export type Step<T> =
  | { readonly state: 'pending' | 'running'; readonly progress?: number | undefined }
  | { readonly state: 'succeeded'; readonly result: T }
  | { readonly state: 'failed'; readonly error: CloudError };

export interface SteppedPollerOptions<T> {
  readonly id: string;
  /** What `toString()` gives. */
  readonly text: string;
  /** Where the work stands to begin with. Default: nobody has asked yet. */
  readonly initial?: Step<T> | undefined;
  readonly clock: Clock;
  ask(options: CallOptions): Promise<Step<T>>;
  cancel(options: CallOptions): Promise<void>;
}

/** Each question is a request, and there are sixty a minute for everything. */
const DEFAULT_POLL_INTERVAL_IN_MS = 3_000;

/** A poller made of one "ask once" function. */
export class SteppedPoller<T> implements Poller<T> {
  readonly id: string;
  readonly #options: SteppedPollerOptions<T>;
  #step: Step<T>;
  #isCanceled = false;

  constructor(options: SteppedPollerOptions<T>) {
    this.id = options.id;
    this.#options = options;
    this.#step = options.initial ?? { state: 'pending' };
  }

  get state(): PollerState {
    return this.#isCanceled ? 'canceled' : this.#step.state;
  }

  get progress(): number | undefined {
    if (this.#step.state === 'succeeded') return 1;
    return 'progress' in this.#step ? this.#step.progress : undefined;
  }

  async poll(options: CallOptions = {}): Promise<PollerState> {
    if (!this.#hasEnded()) this.#step = await this.#options.ask(options);
    return this.state;
  }

  async result({
    pollIntervalInMs = DEFAULT_POLL_INTERVAL_IN_MS,
    timeoutInMs = Infinity,
    abortSignal,
  }: CallOptions & { pollIntervalInMs?: number } = {}): Promise<T> {
    const { clock } = this.#options;
    const deadline = clock.now() + timeoutInMs;
    while (!this.#hasEnded()) {
      await this.poll({ abortSignal });
      if (this.#hasEnded()) break;
      if (clock.now() + pollIntervalInMs > deadline)
        throw this.#error('timeout', `The operation was still ${this.state} when the time to wait was over`);
      await clock.sleep(pollIntervalInMs, abortSignal);
    }
    return this.#outcome();
  }

  async cancel(options: CallOptions = {}): Promise<void> {
    if (this.#hasEnded()) return;
    await this.#options.cancel(options);
    this.#isCanceled = true;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result().then(onFulfilled, onRejected);
  }

  toString(): string {
    return this.#options.text;
  }

  #hasEnded(): boolean {
    return this.#isCanceled || this.#step.state === 'succeeded' || this.#step.state === 'failed';
  }

  #outcome(): T {
    if (this.#step.state === 'succeeded') return this.#step.result;
    if (this.#step.state === 'failed') throw this.#step.error;
    throw this.#error('conflict', 'The operation was canceled');
  }

  #error(code: 'timeout' | 'conflict', reason: string): CloudError {
    const fields = { ...SERVICE, resource: { type: 'operation', name: this.id } };
    return code === 'timeout' ? new TimeoutError(reason, { ...fields, phase: 'total' }) : new CloudError(code, reason, { ...fields, applied: false });
  }
}
