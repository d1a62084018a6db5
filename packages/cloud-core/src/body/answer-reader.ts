import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { TimeoutError } from '../errors/errors.ts';
import { concatenate } from './concatenate.ts';

/** One answer of a service with bytes of an object in it. */
export interface BodyAnswer {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The slice it says it is (`Content-Range`); absent for a whole object. */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
  /** The state of the object it is from. */
  readonly etag?: string | undefined;
  /** Closes the connection. Default: the iterator's `return`. */
  discard?(): Promise<void>;
}

export interface AnswerReaderOptions {
  readonly idleTimeoutInMs: number;
  readonly where: CloudErrorFields;
  /** Called when the reader of the body has paused for so long that the connection should be given back. */
  readonly park: (() => void) | undefined;
}

/** Patience for the end of a body all of whose bytes are there. */
const END_GRACE_IN_MS = 1000;

let forgotten: FinalizationRegistry<AnswerReader> | undefined;

/** Reads one answer: every wait for a chunk ends, with the chunk or with an error. */
export class AnswerReader {
  readonly #answer: BodyAnswer;
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #options: AnswerReaderOptions;
  #interrupt: ((reason: unknown) => void) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Counts chunks asked for and got, so that one slow timer can tell movement from silence. */
  #movements = 0;
  #seen = -1;
  #done = false;

  constructor(answer: BodyAnswer, options: AnswerReaderOptions) {
    this.#answer = answer;
    this.#iterator = answer.chunks[Symbol.asyncIterator]();
    this.#options = options;
  }

  /** The next chunk that is not empty, or `undefined` at the end. With `isComplete` only the end is awaited, and not for long. */
  async next(isComplete: boolean): Promise<Uint8Array | undefined> {
    for (;;) {
      this.#movements += 1;
      const next = isComplete ? await this.#end() : await this.#guarded();
      this.#movements += 1;
      if (next.done) {
        this.#done = true;
        this.#stopTimer();
        return undefined;
      }
      if (next.value.length > 0) return next.value;
    }
  }

  /** Everything that is left, in one piece. */
  async rest(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for (let chunk = await this.next(false); chunk; chunk = await this.next(false)) chunks.push(chunk);
    return concatenate(chunks);
  }

  /** Lets go of the connection; a wait under way rejects. */
  async close(reason?: unknown): Promise<void> {
    this.#stopTimer();
    forgotten?.unregister(this);
    this.#interrupt?.(reason ?? new Error('closed'));
    if (this.#done) return;
    this.#done = true;
    try {
      if (this.#answer.discard) await this.#answer.discard();
      // Not awaited: a generator finishes its pending step first, and that may never come.
      else void Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
    } catch {
      // The connection is gone, which is what was asked for.
    }
  }

  /** Closes when `owner` is garbage: the last resort for an answer that can neither be kept nor asked for again. */
  closeWhenForgotten(owner: object): void {
    forgotten ??= new FinalizationRegistry((reader) => void reader.close());
    forgotten.register(owner, this, this);
  }

  #guarded(): Promise<IteratorResult<Uint8Array>> {
    this.#timer ??= setInterval(() => this.#tick(), this.#options.idleTimeoutInMs);
    (this.#timer as { unref?: () => void }).unref?.();
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      this.#iterator.next().then(resolve, reject).finally(() => (this.#interrupt = undefined));
    });
  }

  async #end(): Promise<IteratorResult<Uint8Array>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<IteratorResult<Uint8Array>>((resolve) => {
      timer = setTimeout(() => void this.close().then(() => resolve({ done: true, value: undefined })), Math.min(END_GRACE_IN_MS, this.#options.idleTimeoutInMs));
    });
    const end = this.#iterator.next().catch(() => ({ done: true, value: undefined }) as const);
    return Promise.race([end, patience]).finally(() => clearTimeout(timer));
  }

  /** Nothing has moved for a whole period: either the service is silent, or our reader is. */
  #tick(): void {
    if (this.#movements !== this.#seen) {
      this.#seen = this.#movements;
    } else if (this.#interrupt) {
      this.#interrupt(new TimeoutError(`No bytes arrived for ${String(this.#options.idleTimeoutInMs)} ms`, { ...this.#options.where, phase: 'idle' }));
    } else {
      this.#options.park?.();
    }
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
