import type { SocketTransportOptions } from '../connection/socket-options.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { NodeHttpTransport } from './node-http-transport.ts';
import type { Undici } from './undici-pool.ts';
import { UndiciTransport } from './undici-transport.ts';

/** What `automaticTransport` is in Node: `node:http`, until undici is loaded. */
export class NodeTransport implements Transport {
  readonly name = 'node';
  readonly #first: NodeHttpTransport;
  readonly #undici: UndiciTransport;
  #current: Transport;
  #requests = 0;

  constructor(options: SocketTransportOptions) {
    this.#first = new NodeHttpTransport(options);
    this.#undici = new UndiciTransport(options, loadUndici);
    this.#current = this.#first;
  }

  request(request: TransportRequest): Promise<TransportResponse> {
    this.#requests += 1;
    if (this.#requests === 2) void this.#switch();
    return this.#current.request(request);
  }

  abort(owner: object, reason: unknown): void {
    this.#first.abort(owner, reason);
    this.#undici.abort(owner, reason);
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#undici.close()]);
  }

  /** Without undici (a bundle that left it out) everything simply stays with `node:http`. */
  async #switch(): Promise<void> {
    try {
      await this.#undici.load();
      this.#current = this.#undici;
    } catch {
      this.#current = this.#first;
    }
  }
}

/** A specifier that bundlers cannot follow: the default transport must not put undici into every bundle. */
async function loadUndici(): Promise<Undici> {
  const specifier = 'undici';
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ specifier)) as Undici;
}
