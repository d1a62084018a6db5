import type { OnReadOpts, Socket } from 'node:net';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { DeadlineWatch, type Watched } from '../deadline-watch.ts';
import { nodeModule } from './node-modules.ts';
import { portOf, proxyAuthorization, proxyFor, type ProxySettings } from './proxy.ts';
import type { SocketTransportOptions } from './socket-options.ts';
import { connectTimeout } from './transport-errors.ts';
import { openTunnel } from './tunnel.ts';

/** How an origin is reached. */
export interface Route {
  readonly origin: URL;
  readonly proxy: URL | undefined;
  /** Whether requests are handed to the proxy whole (`GET http://…`), as is done for plain HTTP. Otherwise a tunnel hides them. */
  readonly forwarded: boolean;
}

/** Called once: with the connected socket, or with why there is none. */
export type Connected = (error: Error | null, socket: Socket | null) => void;

/** Ends a connection attempt; does nothing after it has come to an end by itself. */
export type CancelConnect = (reason: Error) => void;

const MOST_SESSIONS = 100;

/** Opens sockets for the transports of Node: plain or TLS, direct or through a proxy, within the connect timeout. */
export class SocketConnector {
  readonly #watch = new DeadlineWatch();
  readonly #proxies: ProxySettings;
  readonly #ca: readonly string[];
  readonly #sessions = new Map<string, Buffer>();
  #trusted: string[] | undefined;

  constructor({ proxy, ca }: SocketTransportOptions) {
    this.#proxies = proxy || {};
    this.#ca = typeof ca === 'string' ? [ca] : (ca ?? []);
  }

  /** @throws {InvalidArgumentError} The origin is not one. */
  route(origin: string): Route {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InvalidArgumentError('An origin is http://host:port or https://host:port');
    const proxy = proxyFor(url, this.#proxies);
    return { origin: url, proxy, forwarded: proxy !== undefined && url.protocol === 'http:' };
  }

  /**
   * Connects, TLS included. The callback comes at the earliest after this has returned.
   *
   * @param onread - Where the socket is to put what it reads. A socket within a tunnel does not heed it.
   */
  connect(route: Route, timeoutInMs: number, callback: Connected, onread?: OnReadOpts): CancelConnect {
    const attempt = new ConnectAttempt(this.#watch, callback, () => connectTimeout(route.origin.origin, timeoutInMs));
    this.#watch.expect(attempt, timeoutInMs);
    if (!route.proxy || route.forwarded) this.#open(attempt, route.proxy ?? route.origin, onread);
    else this.#openThroughTunnel(attempt, route.proxy, route.origin);
    return (reason) => attempt.fail(reason);
  }

  #open(attempt: ConnectAttempt, { protocol, hostname, port }: URL, onread: OnReadOpts | undefined): void {
    const host = bareHost(hostname);
    if (protocol === 'https:') return this.#openTls(attempt, { host, port: Number(port || 443), onread });
    const socket = nodeModule('node:net').connect({ host, port: Number(port || 80), noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000, onread });
    attempt.follow(socket, 'connect');
  }

  #openThroughTunnel(attempt: ConnectAttempt, proxy: URL, target: URL): void {
    const tunnel = openTunnel({ proxy, target: `${target.hostname}:${portOf(target)}`, authorization: proxyAuthorization(proxy), ca: this.#authorities() }, (error, socket) => {
      if (error || !socket) attempt.fail(error ?? new Error('No tunnel'));
      else this.#openTls(attempt, { host: bareHost(target.hostname), socket });
    });
    attempt.onCancel = tunnel;
  }

  #openTls(attempt: ConnectAttempt, target: { host: string; port?: number; socket?: Socket; onread?: OnReadOpts | undefined }): void {
    const { host } = target;
    const socket = nodeModule('node:tls').connect({
      ...target,
      ...(nodeModule('node:net').isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['http/1.1'],
      ca: this.#authorities(),
      session: this.#sessions.get(host),
    });
    socket.setNoDelay(true);
    socket.on('session', (session) => this.#keepSession(host, session));
    attempt.follow(socket, 'secureConnect');
  }

  /** A TLS session spares the next connection to the host half of its handshake. */
  #keepSession(host: string, session: Buffer): void {
    this.#sessions.delete(host);
    this.#sessions.set(host, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
  }

  /** `undefined` leaves the choice to Node. */
  #authorities(): string[] | undefined {
    if (this.#ca.length === 0) return undefined;
    const tls = nodeModule('node:tls');
    return (this.#trusted ??= [...tls.getCACertificates('default'), ...this.#ca]);
  }
}

/** A connection on its way. */
class ConnectAttempt implements Watched {
  deadline = Infinity;
  slot = -1;
  /** Ends what comes before there is a socket. */
  onCancel: ((reason: Error) => void) | undefined;
  readonly #watch: DeadlineWatch;
  readonly #callback: Connected;
  readonly #timeout: () => Error;
  #socket: Socket | undefined;
  #done = false;

  constructor(watch: DeadlineWatch, callback: Connected, timeout: () => Error) {
    this.#watch = watch;
    this.#callback = callback;
    this.#timeout = timeout;
    watch.add(this);
  }

  follow(socket: Socket, connected: 'connect' | 'secureConnect'): void {
    if (this.#done) {
      socket.on('error', ignore).destroy();
      return;
    }
    this.#socket = socket;
    const fail = (error: Error): void => this.fail(error);
    const closed = (): void => this.fail(new Error('The connection was closed while it was being set up'));
    socket.once('error', fail).once('close', closed);
    socket.once(connected, () => {
      socket.off('error', fail).off('close', closed);
      this.#end(null, socket);
    });
  }

  fail(reason: Error): void {
    if (this.#done) return;
    this.onCancel?.(reason);
    this.#socket?.on('error', ignore).destroy();
    this.#end(reason, null);
  }

  expire(): void {
    this.fail(this.#timeout());
  }

  #end(error: Error | null, socket: Socket | null): void {
    this.#done = true;
    this.#watch.delete(this);
    this.#callback(error, socket);
  }
}

function ignore(): void {
  // The socket is being thrown away; what it still says does not matter.
}

/** A host name without the brackets of an IPv6 address. */
function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
