import { UnavailableError } from '@cmx/cloud-core';
import { afterPendingInput } from '../after-pending-input.ts';
import { CollectedBody } from '../body/collected-body.ts';
import { bodySlices } from '../body/request-body.ts';
import { StreamedBody, type BodySource } from '../body/streamed-body.ts';
import type { RequestBody, ResponseHeaders, TransportRequest, TransportResponse } from '../transport.ts';
import type { ExchangeWatch, WatchedExchange } from './exchange-watch.ts';
import { stageTimeout, toTransportError, type Stage } from './transport-errors.ts';

/** The two ends of the promise a transport hands out. */
export interface Settle {
  resolve(response: TransportResponse): void;
  reject(error: unknown): void;
}

/**
 * One request and its answer, whatever carries it: stages and their deadlines, abort, and the body. A transport tells it what
 * happens on the wire; it settles the promise exactly once and never leaves a listener or a deadline behind.
 */
export abstract class Exchange implements WatchedExchange, BodySource {
  deadline = Infinity;
  slot = -1;
  /** Whether slices of the body are sent one by one; otherwise they are only gathered. */
  protected readonly writesAsItReads: boolean = true;
  readonly request: TransportRequest;
  readonly #watch: ExchangeWatch;
  readonly #settle: Settle;
  #stage: Stage = 'connect';
  #finished = false;
  #chunks: Uint8Array[] | undefined;
  #body: StreamedBody | undefined;
  #head: { readonly status: number; readonly headers: ResponseHeaders } | undefined;
  #missingBytes: number | undefined;

  constructor(request: TransportRequest, watch: ExchangeWatch, settle: Settle) {
    this.request = request;
    this.#watch = watch;
    this.#settle = settle;
    watch.add(this);
  }

  /** Closes the socket of this exchange, or gives up its place in a queue. */
  protected abstract closeConnection(reason: unknown): void;
  abstract pause(): void;
  abstract resume(): void;

  /** Called once, when nothing more will happen. */
  protected onFinished(): void {
    // Only some transports need to know.
  }

  get finished(): boolean {
    return this.#finished;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /**
   * The request's body in slices. An error of the caller's own source is the caller's to see: it ends the exchange unwrapped.
   *
   * A server may answer before it has everything, and hang up: what it said is lost when we write again before we have read. So each
   * slice waits until what has come has been taken in.
   */
  async *slices(body: RequestBody): AsyncGenerator<Uint8Array> {
    try {
      for await (const slice of bodySlices(body)) {
        yield slice;
        if (this.writesAsItReads) await new Promise<void>(afterPendingInput);
      }
    } catch (error) {
      this.abort(error);
      throw error;
    }
  }

  /** The connection stands and the request is being written. */
  started(): void {
    this.#stage = 'send';
    this.#watch.expect(this, this.request.timeouts.idleInMs);
  }

  /** A part of the request's body was taken by the connection. */
  progressed(): void {
    if (this.#stage === 'send') this.#watch.expect(this, this.request.timeouts.idleInMs);
  }

  /** The request has been written, or will be within the extra time. */
  sent(extraTimeInMs = 0): void {
    if (this.#stage === 'body' || this.#finished) return;
    this.#stage = 'first_byte';
    this.#watch.expect(this, this.request.timeouts.firstByteInMs + extraTimeInMs);
  }

  /** The answer's head came. */
  answered(status: number, headers: ResponseHeaders): void {
    this.#stage = 'body';
    this.#missingBytes = declaredBytes(this.request.method, status, headers);
    this.#watch.expect(this, this.request.timeouts.idleInMs);
    this.#head = { status, headers };
    if (this.request.collect && status >= 200 && status < 300) {
      this.#chunks = [];
      return;
    }
    this.#body = new StreamedBody(this);
    this.#settle.resolve({ status, headers, body: this.#body });
  }

  received(chunk: Uint8Array): void {
    if (this.#missingBytes !== undefined) this.#missingBytes -= chunk.byteLength;
    if (this.#body) {
      this.#body.push(chunk);
      return;
    }
    this.#chunks?.push(chunk);
    this.#watch.expect(this, this.request.timeouts.idleInMs);
  }

  /** The answer is complete. */
  ended(): void {
    if (this.#finished) return;
    if (this.#missingBytes) return this.failed(new UnavailableError(`The answer from ${this.request.origin} is shorter than it said`, { phase: 'body' }));
    this.#finish();
    if (this.#body) this.#body.end();
    else if (this.#head && this.#chunks) this.#settle.resolve({ ...this.#head, body: new CollectedBody(this.#chunks) });
  }

  /** The connection failed. */
  failed(error: unknown, stage = this.#stage): void {
    if (this.#finished) return;
    this.#settleWith(toTransportError(error, stage, this.request.origin));
  }

  /** Ends the exchange with an error that is nobody's but the caller's. */
  abort(reason: unknown): void {
    if (this.#finished) return;
    this.#settleWith(reason);
    this.closeConnection(reason);
  }

  expire(): void {
    if (this.#body && !this.#body.readerTaken) this.abort(unread(this.request));
    else this.abort(stageTimeout(this.#stage, this.request.origin, this.request.timeouts));
  }

  onWanted(): void {
    this.#watch.expect(this, this.request.timeouts.idleInMs);
  }

  onServed(): void {
    this.deadline = Infinity;
  }

  cancel(): void {
    if (this.#finished) return;
    this.#finish();
    this.closeConnection(new UnavailableError('The rest of the answer was not wanted', { phase: 'body' }));
  }

  #settleWith(error: unknown): void {
    this.#finish();
    if (this.#body) this.#body.fail(error);
    else this.#settle.reject(error);
  }

  #finish(): void {
    this.#finished = true;
    this.deadline = Infinity;
    this.#watch.delete(this);
    this.onFinished();
  }
}

/** Bytes the body must have; `undefined` when nothing says so. */
function declaredBytes(method: string, status: number, headers: ResponseHeaders): number | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return undefined;
  const declared = headers.get('content-length');
  return declared === undefined ? undefined : Number(declared);
}

function unread({ origin, timeouts }: TransportRequest): UnavailableError {
  return new UnavailableError(`Nobody read the answer from ${origin} for ${String(timeouts.idleInMs)} ms, so its connection was given back`, { phase: 'body' });
}
