import type { Dispatcher } from 'undici';
import { MissingDependencyError } from '@cmx/cloud-core';
import { closedError } from '../connection/closed-error.ts';
import { ExchangeWatch } from '../connection/exchange-watch.ts';
import { SocketConnector } from '../connection/socket-connector.ts';
import { socketLimits, type SocketLimits, type SocketTransportOptions } from '../connection/socket-options.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { UndiciExchange } from './undici-exchange.ts';
import { createOriginPool, type OriginPool, type Undici } from './undici-pool.ts';

/** See `undiciTransport`. */
export class UndiciTransport implements Transport {
  readonly name = 'undici';
  readonly #load: () => Promise<Undici>;
  readonly #limits: SocketLimits;
  readonly #watch = new ExchangeWatch();
  readonly #connector: SocketConnector;
  readonly #pools = new Map<string, OriginPool>();
  #undici: Undici | undefined;
  #closed = false;

  constructor(options: SocketTransportOptions, load: () => Promise<Undici>) {
    this.#limits = socketLimits(options);
    this.#connector = new SocketConnector(options);
    this.#load = load;
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    request.abortSignal?.throwIfAborted();
    if (this.#closed) throw closedError();
    return new Promise((resolve, reject) => {
      const exchange = new UndiciExchange(request, this.#watch, { resolve, reject });
      if (this.#undici) this.#dispatch(this.#undici, exchange);
      else void this.#loadAndDispatch(exchange);
    });
  }

  /** Loads undici, if that has not been done. @throws {MissingDependencyError} */
  async load(): Promise<Undici> {
    try {
      return (this.#undici ??= await this.#load());
    } catch (error) {
      throw new MissingDependencyError('undici', { cause: error });
    }
  }

  abort(owner: object, reason: unknown): void {
    this.#watch.abortOwner(owner, reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    this.#watch.abortAll(closedError());
    await Promise.all(pools.map(({ pool }) => pool.destroy(closedError())));
  }

  async #loadAndDispatch(exchange: UndiciExchange): Promise<void> {
    try {
      this.#dispatch(await this.load(), exchange);
    } catch (error) {
      exchange.failed(error);
    }
  }

  #dispatch(undici: Undici, exchange: UndiciExchange): void {
    if (exchange.finished) return;
    try {
      const origin = this.#poolFor(undici, exchange.request);
      origin.pool.dispatch(dispatchOptions(exchange, origin), exchange);
    } catch (error) {
      exchange.failed(error);
    }
  }

  /** A pool connects with one timeout, so an origin has one for each connect timeout in use: in practice one. */
  #poolFor(undici: Undici, { origin, timeouts: { connectInMs } }: TransportRequest): OriginPool {
    const key = `${origin} ${String(connectInMs)}`;
    const known = this.#pools.get(key);
    if (known) return known;
    const pool = createOriginPool({ undici, connector: this.#connector, route: this.#connector.route(origin), connectInMs, limits: this.#limits });
    this.#pools.set(key, pool);
    pool.pool.on('disconnect', () => this.#dropIfUnused(key, pool));
    return pool;
  }

  /** Whoever talks to thousands of origins, a bucket each, keeps only those in use. */
  #dropIfUnused(key: string, { pool }: OriginPool): void {
    const { connected, size } = pool.stats;
    if (connected + size > 0 || this.#pools.get(key)?.pool !== pool) return;
    this.#pools.delete(key);
    void pool.close();
  }
}

function dispatchOptions(exchange: UndiciExchange, { pathPrefix, extraHeaders }: OriginPool): Dispatcher.DispatchOptions {
  const { method, path, headers } = exchange.request;
  const { body, lengthHeader } = exchange.wireBody();
  return {
    method,
    path: pathPrefix + path,
    headers: extraHeaders.length + lengthHeader.length === 0 ? (headers as string[]) : [...headers, ...extraHeaders, ...lengthHeader],
    // undici takes async iterables too; its types do not say so.
    body: body as Uint8Array | null,
    // Our own deadlines hold instead.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Without it, undici closes the connection after every HEAD.
    reset: false,
  };
}
