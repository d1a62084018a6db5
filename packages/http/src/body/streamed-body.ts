import { InvalidArgumentError } from '@cmx/cloud-core';
import type { TransportBody } from '../transport.ts';
import { concatChunks, ownBytes } from './collected-body.ts';

/** Where a streamed body's bytes come from. */
export interface BodySource {
  /** A reader waits for the next bytes. */
  onWanted(): void;
  /** No reader waits: it has what it wanted, or has not asked yet. */
  onServed(): void;
  pause(): void;
  resume(): void;
  /** The rest is not wanted: close the connection. */
  cancel(): void;
}

/** Bytes kept for a reader that is slower than the network; beyond it the socket is paused. */
const HIGH_WATER_MARK_IN_BYTES = 256 * 1024;

interface Waiter {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

/** A body that is read while it comes, once, at the reader's pace. */
export class StreamedBody implements TransportBody, AsyncIterator<Uint8Array, undefined> {
  readonly #source: BodySource;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #waiter: Waiter | undefined;
  #paused = false;
  #state: 'open' | 'ended' | 'failed' = 'open';
  #error: unknown;
  #readerTaken = false;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** Whether somebody has begun to read. */
  get readerTaken(): boolean {
    return this.#readerTaken;
  }

  /** Takes what came from the network. */
  push(chunk: Uint8Array): void {
    if (this.#state !== 'open' || chunk.byteLength === 0) return;
    const waiter = this.#waiter;
    if (waiter) {
      this.#waiter = undefined;
      this.#source.onServed();
      waiter.resolve({ done: false, value: chunk });
      return;
    }
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.byteLength;
    if (!this.#paused && this.#queuedBytes >= HIGH_WATER_MARK_IN_BYTES) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#waiter?.resolve({ done: true, value: undefined });
    this.#waiter = undefined;
  }

  /** What was received before is still delivered; then reading fails. */
  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#error = error;
    this.#waiter?.reject(error);
    this.#waiter = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#readerTaken) throw new InvalidArgumentError('A streamed body can be read only once');
    this.#readerTaken = true;
    this.#source.onServed();
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#queue.shift();
    if (chunk) return this.#take(chunk);
    if (this.#state === 'ended') return { done: true, value: undefined };
    if (this.#state === 'failed') throw this.#error;
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#source.onWanted();
    });
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#drop();
    return { done: true, value: undefined };
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#state === 'ended' && !this.#readerTaken) return this.#takeAll();
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    return concatChunks(chunks);
  }

  async discard(): Promise<void> {
    // A reader that waits at this moment must not take the end for the end of the body.
    this.#waiter?.reject(new InvalidArgumentError('The body was discarded while it was being read'));
    this.#waiter = undefined;
    this.#drop();
  }

  /** Small answers are often here as a whole before anybody asks: no need to wait for them chunk by chunk. */
  #takeAll(): Uint8Array {
    const chunks = this.#queue;
    this.#readerTaken = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    return ownBytes(chunks);
  }

  #drop(): void {
    this.#readerTaken = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#state !== 'open') return;
    this.end();
    this.#source.cancel();
  }

  #take(chunk: Uint8Array): IteratorResult<Uint8Array, undefined> {
    this.#queuedBytes -= chunk.byteLength;
    if (this.#paused && this.#queuedBytes < HIGH_WATER_MARK_IN_BYTES / 2) {
      this.#paused = false;
      this.#source.resume();
    }
    return { done: false, value: chunk };
  }
}
