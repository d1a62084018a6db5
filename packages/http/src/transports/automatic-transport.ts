import type { SocketTransportOptions } from '../connection/socket-options.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { fetchTransport } from './fetch-transport.ts';
import { nodeHttpTransport } from './node-http-transport.ts';
import type { Undici } from './undici-pool.ts';
import { UndiciTransport } from './undici-transport.ts';

/**
 * The default: in Node, `node:http` for the first request, so that a single call starts at once; from the second request on,
 * undici is loaded in the background, and takes over when it is there. Outside Node, `fetch`.
 */
export function automaticTransport(options: SocketTransportOptions = {}): Transport {
  return isNode() ? new AutomaticTransport(options) : fetchTransport();
}

class AutomaticTransport implements Transport {
  readonly name = 'automatic';
  readonly #first: Transport;
  readonly #undici: UndiciTransport;
  #current: Transport;
  #requests = 0;

  constructor(options: SocketTransportOptions) {
    this.#first = nodeHttpTransport(options);
    this.#undici = new UndiciTransport(options, loadUndici);
    this.#current = this.#first;
  }

  request(request: TransportRequest): Promise<TransportResponse> {
    this.#requests += 1;
    if (this.#requests === 2) void this.#switch();
    return this.#current.request(request);
  }

  abort(owner: object, reason: unknown): void {
    this.#first.abort?.(owner, reason);
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

function isNode(): boolean {
  const { process, Deno, Bun } = globalThis as { process?: { versions?: { node?: string } }; Deno?: unknown; Bun?: unknown };
  return process?.versions?.node !== undefined && Deno === undefined && Bun === undefined;
}
