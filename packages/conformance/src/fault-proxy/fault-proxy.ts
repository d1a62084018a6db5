import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { runExchange } from './exchange.ts';
import type { ExchangeOutcome, Target } from './exchange.ts';
import { FaultRules } from './fault-rules.ts';
import type { FaultKind, FaultRule } from './faults.ts';
import { fromRawHeaders, toRecord } from './headers.ts';

/** How a fault proxy is started. */
export interface FaultProxyOptions {
  /** The server to stand in front of: `http://host:port`. TLS ends before the proxy, so `https:` is refused. */
  readonly target: string | URL;
  /** Chooses every draw of `probability`: the same requests in the same order meet the same faults. Default: 1. */
  readonly seed?: number;
  /** The first rules. Default: none, and everything passes unchanged. */
  readonly rules?: readonly FaultRule[];
  /** The proxy's clock, in milliseconds. Default: `Date.now`. */
  readonly now?: () => number;
}

/** A request the proxy has seen. Headers are as the client sent them, credentials included: for assertions, not for print. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The fault that befell it. */
  readonly fault?: FaultKind;
  /** Absent while the exchange goes on. */
  readonly outcome?: ExchangeOutcome;
}

/** A server in front of another one that does as its rules say. */
export interface FaultProxy extends AsyncDisposable {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** The rules in force, first one first. */
  readonly rules: readonly FaultRule[];
  /** Requests in the order they came. */
  readonly requests: readonly SeenRequest[];
  /** Connections that clients hold open at this moment. */
  readonly openConnections: number;
  /** Adds a rule behind those in force. */
  use(rule: FaultRule): void;
  /** Removes all rules, forgets the requests seen and starts the seed's sequence again. */
  clear(): void;
  /** Stops listening and drops all connections: new ones are refused by the operating system. */
  refuseConnections(): Promise<void>;
  /** Listens again, on the same port. */
  acceptConnections(): Promise<void>;
  /** Drops all connections and stops. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a proxy that injects faults on the wire, in front of any HTTP server, bound to the loopback interface.
 *
 * Requests pass with their `Host` and signature untouched, answers byte for byte, except where a rule says otherwise.
 *
 * @throws {InvalidArgumentError} The target is not a plain `http:` URL.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const target = parseTarget(options.target);
  const { createServer, request } = await import('node:http');
  const rules = new FaultRules(options.seed ?? 1);
  for (const rule of options.rules ?? []) rules.use(rule);
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const proxy = new HttpFaultProxy(server, { request, hostname: target.hostname, port: target.port || '80' }, rules, options.now ?? Date.now);
  await proxy.acceptConnections();
  return proxy;
}

class HttpFaultProxy implements FaultProxy {
  readonly #server: Server;
  readonly #target: Target;
  readonly #rules: FaultRules;
  readonly #now: () => number;
  readonly #requests: SeenRequest[] = [];
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(server: Server, target: Target, rules: FaultRules, now: () => number) {
    this.#server = server;
    this.#target = target;
    this.#rules = rules;
    this.#now = now;
    server.on('request', (request, response) => void this.#handle(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get rules(): readonly FaultRule[] {
    return this.#rules.rules;
  }

  get requests(): readonly SeenRequest[] {
    return this.#requests;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  use(rule: FaultRule): void {
    this.#rules.use(rule);
  }

  clear(): void {
    this.#rules.clear();
    this.#requests.length = 0;
  }

  async refuseConnections(): Promise<void> {
    if (!this.#server.listening) return;
    const closing = [this.#server, ...this.#sockets].map((handle) => new Promise((resolve) => handle.once('close', resolve)));
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closing);
  }

  async acceptConnections(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.refuseConnections();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    const headers = fromRawHeaders(request.rawHeaders);
    const chosen = this.#rules.choose({ method, path, headers, now: this.#now() });
    const seen: { -readonly [Name in keyof SeenRequest]: SeenRequest[Name] } = { method, path, headers: toRecord(headers), fault: chosen?.kind };
    this.#requests.push(seen);
    seen.outcome = await runExchange(request, response, this.#target, chosen?.plan ?? {});
  }
}

function parseTarget(target: string | URL): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.protocol === 'http:') return url;
  throw new InvalidArgumentError(`The target of a fault proxy is a URL like http://127.0.0.1:9000, not ${url ? `one with ${url.protocol}` : 'other text'}.`);
}
