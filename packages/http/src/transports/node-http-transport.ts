import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { bodySizeInBytes, hasHeader } from '../body/request-body.ts';
import { closedError } from '../connection/closed-error.ts';
import { ExchangeWatch } from '../connection/exchange-watch.ts';
import { nodeModule } from '../connection/node-modules.ts';
import { proxyAuthorization } from '../connection/proxy.ts';
import { SocketConnector, type Route } from '../connection/socket-connector.ts';
import { socketLimits, type SocketLimits, type SocketTransportOptions } from '../connection/socket-options.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { NodeHttpExchange } from './node-http-exchange.ts';
import { OriginQueue } from './origin-queue.ts';

/** What we give `http.request`, and get back in our agent when it needs a connection. */
interface ExchangeOptions extends RequestOptions {
  readonly exchange: NodeHttpExchange;
  readonly route: Route;
}

/** See `nodeHttpTransport`. */
export class NodeHttpTransport implements Transport {
  readonly name = 'node:http';
  readonly #limits: SocketLimits;
  readonly #watch = new ExchangeWatch();
  readonly #connector: SocketConnector;
  readonly #origins = new Map<string, { route: Route; queue: OriginQueue }>();
  readonly #agents = new Map<string, Agent>();
  #closed = false;

  constructor(options: SocketTransportOptions) {
    this.#limits = socketLimits(options);
    this.#connector = new SocketConnector(options);
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    request.abortSignal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const { route, queue } = this.#originOf(request);
    return new Promise((resolve, reject) => {
      const exchange = new NodeHttpExchange(request, this.#watch, { resolve, reject });
      queue.enter(() => this.#start(exchange, route, queue));
    });
  }

  abort(owner: object, reason: unknown): void {
    this.#watch.abortOwner(owner, reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.abortAll(closedError());
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #start(exchange: NodeHttpExchange, route: Route, queue: OriginQueue): void {
    if (exchange.finished) return queue.leave();
    exchange.leaveQueue = () => queue.leave();
    try {
      exchange.run(this.#open(exchange, route));
    } catch (error) {
      exchange.failed(error);
    }
  }

  #open(exchange: NodeHttpExchange, route: Route): ClientRequest {
    const { protocol, hostname, port, origin } = route.origin;
    const { method, path } = exchange.request;
    if (!path.startsWith('/')) throw new InvalidArgumentError('The path of a request begins with a slash');
    const { request } = protocol === 'https:' ? nodeModule('node:https') : nodeModule('node:http');
    return request({
      protocol,
      hostname,
      port,
      method,
      path: route.forwarded ? origin + path : path,
      headers: wireHeaders(exchange.request, route),
      agent: this.#agentFor(protocol),
      exchange,
      route,
    } as ExchangeOptions);
  }

  #originOf({ origin }: TransportRequest): { route: Route; queue: OriginQueue } {
    const known = this.#origins.get(origin);
    if (known) return known;
    const added = { route: this.#connector.route(origin), queue: new OriginQueue(this.#limits.maxConnectionsPerOrigin) };
    this.#origins.set(origin, added);
    return added;
  }

  #agentFor(protocol: string): Agent {
    const known = this.#agents.get(protocol);
    if (known) return known;
    const { Agent } = protocol === 'https:' ? nodeModule('node:https') : nodeModule('node:http');
    // The agent's own limit does not count connections that are still being made; our queues do.
    const agent = new Agent({ keepAlive: true, maxFreeSockets: this.#limits.maxConnectionsPerOrigin, timeout: this.#limits.keepAliveInMs });
    agent.createConnection = (options, callback) => this.#connect(options as ExchangeOptions, callback);
    this.#agents.set(protocol, agent);
    return agent;
  }

  #connect({ exchange, route }: ExchangeOptions, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    exchange.cancelConnect = this.#connector.connect(route, exchange.request.timeouts.connectInMs, (error, socket) => {
      exchange.cancelConnect = undefined;
      callback?.(error, socket as Duplex);
    });
    return undefined;
  }
}

/** Names and values in turn. Given like this, node:http adds nothing but `Connection`. */
function wireHeaders({ method, headers, body }: TransportRequest, { origin, proxy, forwarded }: Route): string[] {
  if (headers.length % 2 !== 0) throw new InvalidArgumentError('Headers are names and values in turn');
  const authorization = proxy && forwarded ? proxyAuthorization(proxy) : undefined;
  const size = bodySizeInBytes(body);
  const framed = (size > 0 || method === 'PUT' || method === 'POST' || method === 'PATCH') && !hasHeader(headers, 'content-length');
  return [
    ...(hasHeader(headers, 'host') ? [] : ['host', origin.host]),
    ...headers,
    ...(authorization === undefined ? [] : ['proxy-authorization', authorization]),
    ...(framed ? ['content-length', String(size)] : []),
  ];
}
