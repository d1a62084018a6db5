import { environment } from '../connection/node-modules.ts';
import { proxySettingsFromEnv } from '../connection/proxy.ts';
import { socketLimits, type SocketTransportOptions } from '../connection/socket-options.ts';
import type { Transport } from '../transport.ts';
import type { FetchTransportOptions } from './fetch-transport.ts';
import { LazyTransport } from './lazy-transport.ts';

/**
 * The default: {@link socketTransport} in Node, {@link fetchTransport} elsewhere.
 *
 * @throws {InvalidArgumentError} An option is out of range.
 */
export function automaticTransport(options: SocketTransportOptions = {}): Transport {
  return isNode() ? socketTransport(options) : fetchTransport();
}

/**
 * undici's dispatcher with a pool of kept-alive connections for each origin: for who wants the client that `fetch` in Node is made
 * of. undici is loaded at the first request.
 *
 * @throws {InvalidArgumentError} An option is out of range.
 * @see https://undici.nodejs.org/#/docs/api/Pool
 */
export function undiciTransport(options: SocketTransportOptions = {}): Transport {
  const settled = settledOptions(options);
  return new LazyTransport('undici', async () => new (await import('./undici-transport.ts')).UndiciTransport(settled, () => import('undici')));
}

/**
 * HTTP/1.1 of our own on Node's sockets: the least CPU and memory for each request, and nothing to load. Strict in what it reads.
 * Tools that intercept `node:http` do not see it: give clients under test {@link nodeHttpTransport}.
 *
 * @throws {InvalidArgumentError} An option is out of range.
 * @see https://nodejs.org/api/net.html#socketconnectoptions-connectlistener
 */
export function socketTransport(options: SocketTransportOptions = {}): Transport {
  const settled = settledOptions(options);
  return new LazyTransport('socket', async () => new (await import('./socket/socket-transport.ts')).SocketTransport(settled), { takesSharedMemory: true });
}

/**
 * `node:http`, which is part of Node and what tools such as MSW and nock intercept. Behaves as `socketTransport` does, at a higher
 * price for each request.
 *
 * @throws {InvalidArgumentError} An option is out of range.
 * @see https://nodejs.org/api/http.html
 */
export function nodeHttpTransport(options: SocketTransportOptions = {}): Transport {
  const settled = settledOptions(options);
  return new LazyTransport('node:http', async () => new (await import('./node-http-transport.ts')).NodeHttpTransport(settled));
}

/**
 * The transport for browsers, edge runtimes and everything else with a `fetch`. What fetch cannot do:
 *
 * - It normalises URLs: paths that would not arrive to the letter (`a/../b`) are refused.
 * - It decodes bodies: `accept-encoding: identity` is asked for where that is allowed, and an answer with another
 *   `Content-Encoding` is refused rather than delivered decoded. A browser may hide that header from us.
 * - It sends streams of unknown framing: an `open()` body is read whole before it is sent.
 * - It hides how far a request came: connecting, sending and waiting share one timer (phase `first_byte`), and a failure counts
 *   as phase `connect` only where its cause says so. A browser never says so.
 * - It shows no redirect in a browser, drops headers such as `host`, and keeps its connections to itself: an abort while
 *   connecting, and `close()`, end requests, not connections.
 *
 * @see https://fetch.spec.whatwg.org/
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  return new LazyTransport('fetch', async () => new (await import('./fetch-transport.ts')).FetchTransport(options));
}

/** What holds from now on, whatever becomes of the environment before the code is loaded. @throws {InvalidArgumentError} */
function settledOptions(options: SocketTransportOptions): SocketTransportOptions {
  return { ...options, ...socketLimits(options), proxy: options.proxy ?? proxySettingsFromEnv(environment()) };
}

/** Pages of Electron may have a `process` and are browsers all the same. */
function isNode(): boolean {
  const { process, Deno, Bun } = globalThis as { process?: { type?: string; versions?: { node?: string } }; Deno?: unknown; Bun?: unknown };
  return process?.versions?.node !== undefined && process.type !== 'renderer' && Deno === undefined && Bun === undefined;
}
