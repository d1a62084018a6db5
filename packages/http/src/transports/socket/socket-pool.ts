import type { DeadlineWatch } from '../../deadline-watch.ts';
import { proxyAuthorization } from '../../connection/proxy.ts';
import type { Route, SocketConnector } from '../../connection/socket-connector.ts';
import type { SocketLimits } from '../../connection/socket-options.ts';
import type { OriginLines } from './request-head.ts';
import { SocketConnection, type ConnectionKeeper } from './socket-connection.ts';
import type { SocketExchange } from './socket-exchange.ts';

/** What the pools of one transport share. */
export interface PoolContext {
  readonly connector: SocketConnector;
  readonly limits: SocketLimits;
  readonly idleWatch: DeadlineWatch<SocketConnection>;
  readonly memory: Buffer;
}

/** A server says how long it keeps a connection; we are through with it a little earlier. */
const IDLE_MARGIN_IN_MS = 1000;

/** The connections to one origin, and the exchanges that wait for one, in the order they came. */
export class SocketPool implements ConnectionKeeper {
  readonly #context: PoolContext;
  readonly #route: Route;
  readonly #lines: OriginLines;
  readonly #onEmpty: () => void;
  readonly #connections = new Set<SocketConnection>();
  /** The one used last is used next: the others may grow old. */
  readonly #idle: SocketConnection[] = [];
  /** Those for which a connection is made first. */
  readonly #waiting = new Set<SocketExchange>();
  #connecting = 0;

  constructor(context: PoolContext, route: Route, onEmpty: () => void) {
    this.#context = context;
    this.#route = route;
    this.#lines = originLines(route);
    this.#onEmpty = onEmpty;
  }

  dispatch(exchange: SocketExchange): void {
    const connection = this.#idle.pop();
    if (connection) return this.#carry(connection, exchange);
    this.#waiting.add(exchange);
    this.#connectIfNeeded(exchange);
  }

  onFree(connection: SocketConnection): void {
    const next = this.#nextWaiting();
    if (next) return this.#carry(connection, next);
    const { idleWatch, limits } = this.#context;
    this.#idle.push(connection);
    connection.rest();
    idleWatch.expect(connection, Math.max(1, Math.min(limits.keepAliveInMs, connection.promisedIdleInMs - IDLE_MARGIN_IN_MS)));
  }

  onGone(connection: SocketConnection): void {
    this.#context.idleWatch.delete(connection);
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#connectForWaiting();
    this.#tellIfEmpty();
  }

  close(reason: Error): void {
    for (const exchange of this.#waiting) exchange.abort(reason);
    for (const connection of this.#connections) connection.destroy(reason);
  }

  #carry(connection: SocketConnection, exchange: SocketExchange): void {
    connection.deadline = Infinity;
    connection.carry(exchange, this.#lines);
  }

  #nextWaiting(): SocketExchange | undefined {
    for (const exchange of this.#waiting) {
      this.#waiting.delete(exchange);
      if (!exchange.finished) return exchange;
    }
    return undefined;
  }

  #connectForWaiting(): void {
    for (const exchange of this.#waiting) {
      if (this.#connections.size + this.#connecting >= this.#context.limits.maxConnectionsPerOrigin) return;
      if (exchange.finished) this.#waiting.delete(exchange);
      else if (!exchange.cancelConnect) this.#connectIfNeeded(exchange);
    }
  }

  #connectIfNeeded(exchange: SocketExchange): void {
    const { connector, limits, memory, idleWatch } = this.#context;
    if (this.#connections.size + this.#connecting >= limits.maxConnectionsPerOrigin) return;
    const connection = new SocketConnection(this, memory);
    this.#connecting += 1;
    exchange.cancelConnect = connector.connect(
      this.#route,
      exchange.request.timeouts.connectInMs,
      (error, socket) => {
        this.#connecting -= 1;
        exchange.cancelConnect = undefined;
        if (!socket) return this.#onConnectFailed(exchange, error);
        this.#connections.add(connection);
        idleWatch.add(connection);
        connection.attach(socket, readsItself(this.#route));
        this.onFree(connection);
      },
      connection.onread,
    );
  }

  /** Whoever the connection was made for is told, unless another one has been free for it meanwhile. */
  #onConnectFailed(exchange: SocketExchange, error: Error | null): void {
    if (this.#waiting.delete(exchange)) exchange.failed(error ?? new Error('No connection'));
    this.#connectForWaiting();
    this.#tellIfEmpty();
  }

  #tellIfEmpty(): void {
    if (this.#connections.size + this.#connecting + this.#waiting.size === 0) this.#onEmpty();
  }
}

/** A socket whose bytes come out of a tunnel cannot read into memory of ours. */
function readsItself({ proxy, forwarded }: Route): boolean {
  return proxy === undefined || forwarded;
}

function originLines({ origin, proxy, forwarded }: Route): OriginLines {
  const authorization = proxy && forwarded ? proxyAuthorization(proxy) : undefined;
  return {
    host: origin.host,
    pathPrefix: forwarded ? origin.origin : '',
    extraHeaders: authorization === undefined ? '' : `proxy-authorization: ${authorization}\r\n`,
  };
}
