import type { Client, Dispatcher, Pool } from 'undici';
import { proxyAuthorization } from '../connection/proxy.ts';
import type { Route, SocketConnector } from '../connection/socket-connector.ts';
import type { SocketLimits } from '../connection/socket-options.ts';
import type { UndiciExchange, ClientLink } from './undici-exchange.ts';

export type Undici = Pick<typeof import('undici'), 'Client' | 'Pool'>;

/** The connections to one origin, and what requests to it need besides. */
export interface OriginPool {
  readonly pool: Pool;
  /** Put before a path that goes to a forwarding proxy. */
  readonly pathPrefix: string;
  /** Names and values in turn. */
  readonly extraHeaders: readonly string[];
}

export interface OriginPoolOptions {
  readonly undici: Undici;
  readonly connector: SocketConnector;
  readonly route: Route;
  readonly connectInMs: number;
  readonly limits: SocketLimits;
}

/** Makes the pool of one origin. Its clients connect through our connector and know the exchange that waits for them. */
export function createOriginPool({ undici, connector, route, connectInMs, limits }: OriginPoolOptions): OriginPool {
  const LinkedClient = linkedClientClass(undici);
  const pool = new undici.Pool(route.origin.origin, {
    connections: limits.maxConnectionsPerOrigin,
    keepAliveTimeout: limits.keepAliveInMs,
    keepAliveMaxTimeout: limits.keepAliveInMs,
    allowH2: false,
    factory(origin, options) {
      const link: ClientLink = { cancelConnect: undefined };
      const connect: ClientConnect = (_options, callback) => {
        link.cancelConnect = connector.connect(route, connectInMs, (error, socket) => {
          link.cancelConnect = undefined;
          if (socket) callback(null, socket);
          else callback(error ?? new Error('No connection'), null);
        });
      };
      return new LinkedClient(origin, { ...options, connect }, link);
    },
  });
  return { pool, pathPrefix: route.forwarded ? route.origin.origin : '', extraHeaders: forwardingHeaders(route) };
}

type ClientConnect = Extract<Client.Options['connect'], (...parameters: never[]) => unknown>;

/** A client that tells an exchange which connection it is waiting for, so that an abort can close it. */
function linkedClientClass({ Client }: Undici) {
  return class LinkedClient extends Client {
    readonly #link: ClientLink;

    constructor(origin: string | URL, options: Client.Options, link: ClientLink) {
      super(origin, options);
      this.#link = link;
    }

    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      (handler as UndiciExchange).link = this.#link;
      return super.dispatch(options, handler);
    }
  };
}

function forwardingHeaders({ proxy, forwarded }: Route): readonly string[] {
  const authorization = proxy && forwarded ? proxyAuthorization(proxy) : undefined;
  return authorization === undefined ? [] : ['proxy-authorization', authorization];
}
