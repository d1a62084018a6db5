import { CloudError } from '../errors/cloud-error.ts';
import { InvalidArgumentError, TimeoutError } from '../errors/errors.ts';
import { nameOf } from '../validation/checks.ts';
import type { BodySource, OpenBodyOptions } from './source.ts';

type NextChunk = { readonly done?: boolean | undefined; readonly value?: unknown };

/** The least a producer of chunks must do. A plain answer is taken without waiting, so that many tiny chunks stay cheap. */
export interface ChunkIterator {
  next(): NextChunk | Promise<NextChunk>;
  /** Tells the producer that nobody will ask again. */
  stop?(reason: unknown): unknown;
}

export type ChunkSourceOptions = OpenBodyOptions & { readonly idleTimeoutInMs: number };

/** How long a producer may take to clean up after itself before we stop waiting for it. */
const STOP_GRACE_IN_MS = 1000;

/** A body that comes in chunks of any size: small ones are gathered, large ones split, none is kept. */
export class ChunkSource implements BodySource {
  readonly sizeInBytes: number | undefined;
  readonly #chunks: ChunkIterator;
  readonly #options: ChunkSourceOptions;
  /** What of the last chunk did not fit into the last buffer. */
  #rest: Uint8Array | undefined;
  #chunkCount = 0;
  #received = 0;
  #ended = false;
  /** Why it was closed, once it is. */
  #closed: { readonly reason: Error } | undefined;
  #interrupt: ((reason: Error) => void) | undefined;
  readonly #onAbort = (): void => void this.close(this.#options.abortSignal?.reason);

  constructor(chunks: ChunkIterator, options: ChunkSourceOptions) {
    this.#chunks = chunks;
    this.#options = options;
    this.sizeInBytes = options.sizeInBytes;
    options.abortSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  fill(target: Uint8Array): Promise<number> {
    return this.#guarded(() => this.#fill(target));
  }

  async atEnd(): Promise<boolean> {
    if (this.#rest !== undefined) return false;
    await this.#guarded(async () => {
      while (this.#rest === undefined && (await this.#pull()));
    });
    return this.#rest === undefined;
  }

  async close(reason?: unknown): Promise<void> {
    this.#options.abortSignal?.removeEventListener('abort', this.#onAbort);
    if (this.#closed) return;
    const error = (reason as Error | undefined) ?? new CloudError('unknown', 'The body was closed before it was read', { ...this.#options.where, phase: 'body' });
    this.#closed = { reason: error };
    this.#rest = undefined;
    this.#interrupt?.(error);
    if (!this.#ended) await this.#stop(error);
  }

  async #stop(reason: unknown): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, STOP_GRACE_IN_MS)));
    try {
      await Promise.race([this.#chunks.stop?.(reason), grace]);
    } catch {
      // The producer's own trouble with stopping changes nothing: nobody reads it any more.
    } finally {
      clearTimeout(timer);
    }
  }

  /** One reading, which ends at once on abort, on close, and when the producer has gone silent. */
  #guarded<T>(read: () => Promise<T>): Promise<T> {
    const { abortSignal } = this.#options;
    if (abortSignal?.aborted) return Promise.reject(abortSignal.reason as Error);
    if (this.#closed) return Promise.reject(this.#closed.reason);
    return new Promise<T>((resolve, reject) => {
      const stopWatching = this.#watchSilence();
      this.#interrupt = (reason) => {
        stopWatching();
        reject(reason);
      };
      read().then(resolve, reject).finally(stopWatching);
    });
  }

  /** Looks once per period whether a chunk has come since, rather than setting a timer for each. */
  #watchSilence(): () => void {
    const { idleTimeoutInMs, where } = this.#options;
    let seen = this.#chunkCount;
    const timer = setInterval(() => {
      if (seen === this.#chunkCount) void this.close(new TimeoutError(`The body delivered nothing for ${String(idleTimeoutInMs)} ms`, { ...where, phase: 'idle', retryable: false }));
      seen = this.#chunkCount;
    }, idleTimeoutInMs);
    return () => clearInterval(timer);
  }

  async #fill(target: Uint8Array): Promise<number> {
    let filled = 0;
    for (;;) {
      filled += this.#takeRest(target, filled);
      if (filled === target.length) return filled;
      const pulled = this.#pull();
      if (!(pulled === true || (pulled !== false && (await pulled)))) return filled;
      // Closed meanwhile: the buffer may have another owner by now.
      if (this.#closed) return 0;
    }
  }

  #takeRest(target: Uint8Array, offset: number): number {
    const rest = this.#rest;
    if (rest === undefined) return 0;
    const room = target.length - offset;
    if (rest.length <= room) {
      target.set(rest, offset);
      this.#rest = undefined;
      return rest.length;
    }
    target.set(rest.subarray(0, room), offset);
    this.#rest = rest.subarray(room);
    return room;
  }

  /** Takes the next chunk into `#rest`. @returns Whether there was one. */
  #pull(): boolean | Promise<boolean> {
    if (this.#ended || this.#closed) return false;
    try {
      const next = this.#chunks.next();
      return 'then' in next ? next.then(this.#take, this.#failed) : this.#take(next);
    } catch (error) {
      return this.#failed(error);
    }
  }

  readonly #take = ({ done, value }: NextChunk): boolean => {
    this.#chunkCount += 1;
    const { sizeInBytes } = this;
    if (done) {
      this.#ended = true;
      if (sizeInBytes !== undefined && this.#received < sizeInBytes) throw this.#wrongSize(`ended after ${String(this.#received)} bytes`);
      return false;
    }
    const chunk = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    if (!(chunk instanceof Uint8Array)) throw new InvalidArgumentError(`The body delivered ${nameOf(chunk)}; its chunks must be Uint8Arrays or strings`, this.#options.where);
    this.#received += chunk.length;
    if (sizeInBytes !== undefined && this.#received > sizeInBytes) throw this.#wrongSize('has more');
    if (!this.#closed && chunk.length > 0) this.#rest = chunk;
    return true;
  };

  /** What a producer throws is not the service's failure, and trying again would not help. A cmx error is kept: it says more. */
  readonly #failed = (error: unknown): never => {
    this.#ended = true;
    if (CloudError.is(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CloudError('unknown', `The body could not be read: ${reason}`, { ...this.#options.where, phase: 'body', retryable: false, cause: error });
  };

  #wrongSize(what: string): InvalidArgumentError {
    return new InvalidArgumentError(`The body ${what}; ${String(this.sizeInBytes)} bytes were declared`, { ...this.#options.where, phase: 'body' });
  }
}
