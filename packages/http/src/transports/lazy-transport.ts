import { untilAborted } from '@cmx/cloud-core';
import { closedError } from '../connection/closed-error.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';

/** A transport whose code is loaded at the first request, so that a bundle that is split holds none of it in its entry. */
export class LazyTransport implements Transport {
  readonly name: string;
  readonly takesSharedMemory: boolean;
  readonly #load: () => Promise<Transport>;
  /** Aborts of the requests that wait for the code, with the owner of each. */
  readonly #waiting = new Map<AbortController, object | undefined>();
  #loading: Promise<Transport> | undefined;
  #loaded: Transport | undefined;
  #closed = false;

  constructor(name: string, load: () => Promise<Transport>, { takesSharedMemory = false }: Pick<Transport, 'takesSharedMemory'> = {}) {
    this.name = name;
    this.takesSharedMemory = takesSharedMemory;
    this.#load = load;
  }

  request(request: TransportRequest): Promise<TransportResponse> {
    return this.#loaded ? this.#loaded.request(request) : this.#loadAndRequest(request);
  }

  abort(owner: object, reason: unknown): void {
    this.#loaded?.abort?.(owner, reason);
    for (const [controller, other] of this.#waiting) if (other === owner) controller.abort(reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const controller of this.#waiting.keys()) controller.abort(closedError());
    await this.#loading?.then((transport) => transport.close(), () => undefined);
  }

  async #loadAndRequest(request: TransportRequest): Promise<TransportResponse> {
    request.abortSignal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const controller = new AbortController();
    this.#waiting.set(controller, request.owner);
    try {
      this.#loading ??= this.#load();
      this.#loaded = await untilAborted(untilAborted(this.#loading, controller.signal), request.abortSignal);
    } finally {
      this.#waiting.delete(controller);
    }
    return this.#loaded.request(request);
  }
}
