import type { OnReadOpts, Socket } from 'node:net';
import { smallBody } from '../../body/request-body.ts';
import type { Watched } from '../../deadline-watch.ts';
import type { RequestBody, ResponseHeaders } from '../../transport.ts';
import { requestHead, type OriginLines } from './request-head.ts';
import { ResponseParser, type ResponseSink } from './response-parser.ts';
import type { Carrier, SocketExchange } from './socket-exchange.ts';

/** Bodies up to this size are copied behind their head: one write is cheaper than two. */
const ONE_WRITE_UP_TO_BYTES = 32 * 1024;

/** Who keeps connections. */
export interface ConnectionKeeper {
  /** An answer has ended and the connection can carry the next request. */
  onFree(connection: SocketConnection): void;
  /** The connection is of no use any more. */
  onGone(connection: SocketConnection): void;
}

/** One connection to a server: carries one exchange at a time. */
export class SocketConnection implements Carrier, ResponseSink, Watched {
  /** When an unused connection is closed. */
  deadline = Infinity;
  slot = -1;
  /** Milliseconds the server said it keeps an unused connection. */
  promisedIdleInMs = Infinity;
  readonly onread: OnReadOpts;
  readonly #keeper: ConnectionKeeper;
  readonly #parser = new ResponseParser(this);
  readonly #memory: Buffer;
  #socket: Socket | undefined;
  #exchange: SocketExchange | undefined;
  #sending = false;
  #paused = false;
  /** Whether the bytes at hand are in memory that the next read writes over. */
  #isLent = true;
  #gone = false;

  /** @param memory - What is received goes there; connections may share it, since each has used it before the next reads. */
  constructor(keeper: ConnectionKeeper, memory: Buffer) {
    this.#keeper = keeper;
    this.#memory = memory;
    this.onread = { buffer: memory, callback: (size) => this.#onRead(size) };
  }

  /** Takes over a connected socket. @param reads - Whether the socket was made with {@link onread}. */
  attach(socket: Socket, reads: boolean): void {
    this.#socket = socket;
    if (!reads) socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('end', () => this.#onEndOfInput());
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The connection was closed')));
    socket.resume();
  }

  /** Sends a request and leads its answer to the exchange. */
  carry(exchange: SocketExchange, lines: OriginLines): void {
    const socket = this.#socket;
    if (!socket) return;
    const { body, method } = exchange.request;
    let head: string;
    try {
      head = requestHead(exchange.request, lines);
    } catch (error) {
      exchange.failed(error);
      return this.#keeper.onFree(this);
    }
    socket.ref();
    this.#exchange = exchange;
    exchange.carrier = this;
    exchange.started();
    this.#parser.expect(method);
    const small = body === undefined ? undefined : smallBody(body);
    if (body === undefined) socket.write(head, 'latin1');
    else if (small && small.byteLength <= ONE_WRITE_UP_TO_BYTES) socket.write(joined(head, small));
    else return void this.#sendBody(socket, exchange, head, small ?? body);
    exchange.sent();
  }

  /** Lets the process end while the connection is not used. */
  rest(): void {
    this.#socket?.unref();
  }

  pause(): void {
    this.#paused = true;
    this.#socket?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket?.resume();
  }

  destroy(reason: Error): void {
    this.#fail(reason);
  }

  expire(): void {
    this.#fail(new Error('The connection was not used'));
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const [, seconds] = /timeout=(\d+)/i.exec(headers.get('keep-alive') ?? '') ?? [];
    if (seconds !== undefined) this.promisedIdleInMs = Number(seconds) * 1000;
    this.#exchange?.answered(status, headers);
  }

  onBody(bytes: Uint8Array, start: number, end: number): void {
    this.#exchange?.received(this.#isLent ? Uint8Array.prototype.slice.call(bytes, start, end) : bytes.subarray(start, end));
  }

  onEnd(keepAlive: boolean): void {
    const exchange = this.#exchange;
    const isReusable = keepAlive && !this.#sending;
    this.#release();
    if (isReusable) this.#keeper.onFree(this);
    exchange?.ended();
    if (!isReusable) this.#fail(new Error('The connection is of no use any more'));
  }

  #onRead(size: number): boolean {
    this.#push(this.#memory, size);
    return true;
  }

  #onData(chunk: Buffer): void {
    this.#isLent = false;
    this.#push(chunk, chunk.length);
  }

  #push(bytes: Buffer, size: number): void {
    if (this.#gone) return;
    try {
      this.#parser.push(bytes, size);
    } catch (error) {
      this.#fail(error);
    }
  }

  #onEndOfInput(): void {
    if (!this.#parser.close()) this.#fail(new Error('The connection was closed'));
  }

  async #sendBody(socket: Socket, exchange: SocketExchange, head: string, body: RequestBody): Promise<void> {
    this.#sending = true;
    socket.write(head, 'latin1');
    try {
      for await (const slice of exchange.slices(body)) {
        if (exchange.finished) return;
        if (!socket.write(slice)) await drained(socket);
        exchange.progressed();
      }
      this.#sending = false;
      exchange.sent();
    } catch {
      // `slices` has told the exchange.
    }
  }

  #fail(error: unknown): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#socket?.destroy();
    this.#keeper.onGone(this);
    const exchange = this.#exchange;
    this.#release();
    exchange?.failed(error);
  }

  /** The exchange is over, as far as the connection goes. Its last bytes may have come while its reader was behind. */
  #release(): void {
    if (this.#exchange) this.#exchange.carrier = undefined;
    this.#exchange = undefined;
    if (this.#paused) this.resume();
  }
}

function joined(head: string, body: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(head.length + body.byteLength);
  message.write(head, 'latin1');
  message.set(body, head.length);
  return message;
}

/** Resolves when the connection takes more bytes, or none ever again. */
async function drained(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
