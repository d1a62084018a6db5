import { closedError } from '../../connection/closed-error.ts';
import { ExchangeWatch } from '../../connection/exchange-watch.ts';
import { SocketConnector } from '../../connection/socket-connector.ts';
import { socketLimits, type SocketTransportOptions } from '../../connection/socket-options.ts';
import { DeadlineWatch } from '../../deadline-watch.ts';
import type { Transport, TransportRequest, TransportResponse } from '../../transport.ts';
import type { SocketConnection } from './socket-connection.ts';
import { SocketExchange } from './socket-exchange.ts';
import { SocketPool, type PoolContext } from './socket-pool.ts';

/** Bytes taken from a socket at once. */
const READ_IN_BYTES = 256 * 1024;

/** See `socketTransport`. */
export class SocketTransport implements Transport {
  readonly name = 'socket';
  readonly #watch = new ExchangeWatch();
  readonly #context: PoolContext;
  readonly #pools = new Map<string, SocketPool>();
  #closed = false;

  constructor(options: SocketTransportOptions) {
    this.#context = {
      connector: new SocketConnector(options),
      limits: socketLimits(options),
      idleWatch: new DeadlineWatch<SocketConnection>(),
      memory: Buffer.allocUnsafeSlow(READ_IN_BYTES),
    };
  }

  request(request: TransportRequest): Promise<TransportResponse> {
    return new Promise((resolve, reject) => {
      request.abortSignal?.throwIfAborted();
      if (this.#closed) throw closedError();
      const pool = this.#poolFor(request.origin);
      pool.dispatch(new SocketExchange(request, this.#watch, { resolve, reject }));
    });
  }

  abort(owner: object, reason: unknown): void {
    this.#watch.abortOwner(owner, reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const reason = closedError();
    this.#watch.abortAll(reason);
    for (const pool of this.#pools.values()) pool.close(reason);
    this.#pools.clear();
  }

  #poolFor(origin: string): SocketPool {
    const known = this.#pools.get(origin);
    if (known) return known;
    const pool: SocketPool = new SocketPool(this.#context, this.#context.connector.route(origin), () => this.#dropIfUnused(origin, pool));
    this.#pools.set(origin, pool);
    return pool;
  }

  /** Whoever talks to thousands of origins, a bucket each, keeps only those in use. */
  #dropIfUnused(origin: string, pool: SocketPool): void {
    if (this.#pools.get(origin) === pool) this.#pools.delete(origin);
  }
}
