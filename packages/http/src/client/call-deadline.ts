import type { CallOptions } from '@cmx/cloud-core';

/** A deadline that covers a call and the reading of its body: joined with the caller's signal until it is released. */
export class CallDeadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #abortSignal: AbortSignal | undefined;
  readonly #forward = (): void => this.#controller.abort(this.#abortSignal?.reason);

  /** @param timeout - Makes the reason of the abort when time is up. */
  constructor({ abortSignal, timeoutInMs }: CallOptions, timeout: () => Error) {
    this.#abortSignal = abortSignal;
    this.#timer = setTimeout(() => this.#controller.abort(timeout()), timeoutInMs);
    if (abortSignal?.aborted) this.#forward();
    else abortSignal?.addEventListener('abort', this.#forward, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#abortSignal?.removeEventListener('abort', this.#forward);
  }
}
