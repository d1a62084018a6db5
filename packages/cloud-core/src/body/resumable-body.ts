import { systemClock, type Clock } from '../clock.ts';
import { CloudError, type CloudErrorFields } from '../errors/cloud-error.ts';
import { ChangedDuringReadError, InvalidArgumentError, TimeoutError, UnavailableError, withErrorFields } from '../errors/errors.ts';
import { retryDelayInMs, toRetryPolicy, type RetryPolicy } from '../retry/retry-policy.ts';
import { AnswerReader, type BodyAnswer } from './answer-reader.ts';
import { ChecksumCheck } from './checksum-check.ts';
import { concatenate } from './concatenate.ts';
import type { ResumableBodyOptions } from './resumable-body-options.ts';
import type { ReadableBody } from './types.ts';

/** Unread bodies up to this size are kept in memory instead of being asked for again. */
const SMALL_BODY_BYTES = 64 * 1024;

/**
 * The body of a download. Counts what arrives; on a break asks for the rest of the same state of the object and goes on; checks
 * the digest at the end. Reading it either delivers every byte or fails: it never ends early, and it always ends.
 *
 * Reading throws `timeout` (`phase` `idle` or `total`), `unavailable` (the way to the service broke too often),
 * `changed_during_read`, `checksum_mismatch`, or the abort signal's reason.
 */
export class ResumableBody implements ReadableBody {
  readonly sizeInBytes: number | undefined;
  readonly #options: ResumableBodyOptions;
  readonly #policy: RetryPolicy;
  readonly #clock: Clock;
  /** The bytes at hand, or being brought. */
  #whole: Uint8Array | Promise<Uint8Array> | undefined;
  #reader: AnswerReader | undefined;
  #delivered = 0;
  #used = false;
  /** Why nothing more will come, once that is so. */
  #stopped: { readonly reason: unknown } | undefined;
  #parkTimer: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  readonly #onAbort = (): void => void this.#stop(this.#options.abortSignal?.reason);

  constructor(options: ResumableBodyOptions) {
    this.#options = options;
    this.#policy = toRetryPolicy(options.retry);
    this.#clock = options.clock ?? systemClock;
    this.sizeInBytes = options.sizeInBytes;
    if (options.body instanceof Uint8Array) this.#whole = options.body;
    else this.#watch(options.body);
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#use();
    return this.#read();
  }

  stream(): ReadableStream<Uint8Array> {
    const chunks = this[Symbol.asyncIterator]();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.discard(),
      },
      { highWaterMark: 0 },
    );
  }

  async bytes(): Promise<Uint8Array> {
    this.#use();
    const { checksums, onProgress } = this.#options;
    if (this.#whole instanceof Uint8Array && this.#whole.length === this.sizeInBytes && !checksums && !onProgress) return this.#whole;
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#read()) chunks.push(chunk);
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : concatenate(chunks);
  }

  async text(): Promise<string> {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await this.bytes());
  }

  async json<T = unknown>(): Promise<T> {
    const text = await this.text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new CloudError('unknown', 'The body is not JSON', { ...this.#options.where, phase: 'body', cause });
    }
  }

  async discard(): Promise<void> {
    this.#used = true;
    await this.#stop(new CloudError('unknown', 'The body was discarded', { ...this.#options.where, phase: 'body' }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.discard();
  }

  #use(): void {
    if (this.#used) throw new InvalidArgumentError('The body has been read or discarded already: use one reader, once', this.#options.where);
    this.#used = true;
    clearTimeout(this.#parkTimer);
    if (!(this.#whole instanceof Uint8Array)) this.#listen();
  }

  /** Minds an open answer: abort, deadline, and what becomes of it when nobody reads it. */
  #watch(answer: BodyAnswer): void {
    const { timeoutInMs, parkAfterInMs = 2000, where } = this.#options;
    this.#reader = this.#readerOf(answer);
    if (!this.#canReopen()) this.#reader.closeWhenForgotten(this);
    this.#listen();
    this.#parkTimer = unref(setTimeout(() => this.#park(), parkAfterInMs));
    if (timeoutInMs === undefined) return;
    const expire = (): void => void this.#stop(new TimeoutError('The body was not read within the timeout of the call', { ...where, phase: 'total' }));
    this.#deadline = unref(setTimeout(expire, timeoutInMs));
  }

  #listen(): void {
    const { abortSignal } = this.#options;
    if (abortSignal?.aborted) this.#onAbort();
    else abortSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  #unlisten(): void {
    this.#options.abortSignal?.removeEventListener('abort', this.#onAbort);
  }

  #readerOf(answer: BodyAnswer): AnswerReader {
    const { idleTimeoutInMs = 30_000, where } = this.#options;
    return new AnswerReader(answer, { idleTimeoutInMs, where, park: this.#canReopen() ? () => this.#release() : undefined });
  }

  #canReopen(): boolean {
    return this.#options.reopen !== undefined && this.#options.etag !== undefined;
  }

  /** Nobody has begun to read: gives the connection back, keeping what is small. */
  #park(): void {
    const reader = this.#reader;
    if (!reader) return;
    if (this.sizeInBytes !== undefined && this.sizeInBytes <= SMALL_BODY_BYTES) {
      const whole = (this.#whole = reader.rest());
      const forget = (): void => {
        // Whoever reads later asks again then, or meets the error.
        if (this.#whole === whole) this.#whole = undefined;
        this.#release();
      };
      whole.then(() => this.#release(), forget);
    } else if (this.#canReopen()) {
      this.#release();
    }
    this.#unlisten();
  }

  /** Gives the connection back. Reading on asks again. */
  #release(): void {
    void this.#reader?.close();
    this.#reader = undefined;
  }

  async #stop(reason: unknown): Promise<void> {
    if (!this.#stopped) {
      this.#stopped = { reason };
      clearTimeout(this.#parkTimer);
      clearTimeout(this.#deadline);
      this.#unlisten();
    }
    await this.#reader?.close(reason);
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { checksums, mustVerify, onProgress, where } = this.#options;
    try {
      const check = checksums && (await ChecksumCheck.begin(checksums, mustVerify === true, where));
      for await (const chunk of this.#chunks()) {
        check?.update(chunk);
        this.#delivered += chunk.length;
        if (this.sizeInBytes !== undefined && this.#delivered > this.sizeInBytes) throw new UnavailableError(`More than the ${String(this.sizeInBytes)} announced bytes arrived`, { ...where, phase: 'body', retryable: false });
        onProgress?.({ transferredInBytes: this.#delivered, totalInBytes: this.sizeInBytes });
        yield chunk;
      }
      check?.finish();
    } finally {
      await this.discard();
    }
  }

  /** The bytes from where we are to the end, over as many answers as it takes. */
  async *#chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    let failures = 0;
    for (;;) {
      try {
        const next = await this.#next();
        if (next === undefined) return;
        failures = 0;
        yield next;
      } catch (error) {
        await this.#prepareResume(error, ++failures);
      }
    }
  }

  /** The next bytes; `undefined` at the true end. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#stopped) throw this.#stopped.reason;
    const isComplete = this.#delivered === this.sizeInBytes;
    const chunk = this.#whole === undefined ? await this.#nextFromAnswer(isComplete) : this.#delivered === 0 ? nonEmpty(await this.#whole) : undefined;
    if (chunk !== undefined || this.sizeInBytes === undefined || isComplete) return chunk;
    throw new UnavailableError(`The body ended after ${String(this.#delivered)} of ${String(this.sizeInBytes)} bytes`, { ...this.#options.where, phase: 'body' });
  }

  async #nextFromAnswer(isComplete: boolean): Promise<Uint8Array | undefined> {
    this.#reader ??= await this.#reopen();
    return this.#reader.next(isComplete);
  }

  /** Decides whether the rest may be asked for, and waits as long as one should before. */
  async #prepareResume(thrown: unknown, failures: number): Promise<void> {
    const { where, abortSignal, telemetry, retryBudget } = this.#options;
    this.#release();
    this.#whole = undefined;
    if (this.#stopped) throw this.#stopped.reason;
    const error = CloudError.is(thrown) ? withErrorFields(thrown, where) : new UnavailableError(`The body broke: ${String(thrown)}`, { ...where, phase: 'body', cause: thrown });
    const delayInMs = retryDelayInMs(error, failures, this.#policy);
    const mayResume = error.retryable && this.#canReopen() && failures < this.#policy.maxAttempts && delayInMs !== undefined;
    if (!mayResume || retryBudget?.take(error) === false) throw error;
    telemetry?.onResume?.({ operation: where.operation ?? 'getObject', offsetInBytes: this.#delivered, error });
    await this.#clock.sleep(delayInMs, abortSignal);
  }

  /** Asks for the rest and makes sure that it is the rest, of the same object. */
  async #reopen(): Promise<AnswerReader> {
    const { reopen, etag, startInBytes = 0, abortSignal, where } = this.#options;
    const start = startInBytes + this.#delivered;
    const end = this.sizeInBytes === undefined ? undefined : startInBytes + this.sizeInBytes - 1;
    if (!reopen || etag === undefined) throw new UnavailableError('The body broke and cannot be asked for again', { ...where, phase: 'body', retryable: false });
    const answer = await reopen({ start, end }, { ifMatch: etag, abortSignal }).catch((cause: unknown) => {
      const gone = CloudError.is(cause) && (cause.code === 'precondition_failed' || cause.code === 'not_found' || cause.code === 'range_not_satisfiable');
      if (gone) throw new ChangedDuringReadError('The object was replaced or deleted while it was read', { ...where, cause });
      throw cause;
    });
    const reader = this.#readerOf(answer);
    const wrong = wrongAnswer(answer, etag, start, end, where);
    if (!wrong && !this.#stopped) return reader;
    await reader.close();
    throw wrong ?? (this.#stopped?.reason as Error);
  }
}

function wrongAnswer({ range, etag }: BodyAnswer, expectedEtag: string, start: number, end: number | undefined, where: CloudErrorFields): CloudError | undefined {
  if (etag !== undefined && etag !== expectedEtag) return new ChangedDuringReadError('The object was replaced while it was read', where);
  if (range === undefined && start === 0) return undefined;
  if (range?.start === start && (end === undefined || range.end === end)) return undefined;
  const got = range ? `bytes ${String(range.start)} to ${String(range.end)}` : 'the whole object';
  return new UnavailableError(`The rest was asked for from byte ${String(start)}; the service answered with ${got}`, { ...where, phase: 'body', retryable: false });
}

function nonEmpty(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length > 0 ? bytes : undefined;
}

/** A timer that does not keep the process alive. Browsers have no such thing and need none. */
function unref<Timer>(timer: Timer): Timer {
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
