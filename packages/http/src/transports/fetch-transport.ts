import { InvalidArgumentError, UnsupportedOperationError } from '@cmx/cloud-core';
import { hasHeader } from '../body/request-body.ts';
import { closedError } from '../connection/closed-error.ts';
import { ExchangeWatch } from '../connection/exchange-watch.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { FetchExchange } from './fetch-exchange.ts';

export interface FetchTransportOptions {
  /** Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** See `fetchTransport`. */
export class FetchTransport implements Transport {
  readonly name = 'fetch';
  readonly #options: FetchTransportOptions;
  readonly #watch = new ExchangeWatch();
  #closed = false;

  constructor(options: FetchTransportOptions) {
    this.#options = options;
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    request.abortSignal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const url = exactUrl(request);
    const headers = toHeaders(request);
    return new Promise((resolve, reject) => {
      const exchange = new FetchExchange(request, this.#watch, { resolve, reject });
      void exchange.run(this.#options.fetch ?? globalThis.fetch, url, {
        method: request.method,
        headers,
        redirect: 'manual',
        credentials: 'omit',
        // With it fetch adds `Cache-Control: no-cache`, which a store would keep with what is uploaded.
        ...(isRead(request) && { cache: 'no-store' }),
      });
    });
  }

  abort(owner: object, reason: unknown): void {
    this.#watch.abortOwner(owner, reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.abortAll(closedError());
  }
}

/** @throws {UnsupportedOperationError} The URL parser would send another path. */
function exactUrl({ origin, path }: TransportRequest): URL {
  const url = URL.canParse(origin + path) ? new URL(origin + path) : undefined;
  if (!url || !path.startsWith('/')) throw new InvalidArgumentError('A request needs an origin and a path that begins with a slash');
  if (url.href.slice(url.origin.length) === path) return url;
  throw new UnsupportedOperationError(`fetch would not send this path to the letter: ${path.split('?', 1).join('')}`);
}

function isRead({ method }: TransportRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function toHeaders({ headers }: TransportRequest): Headers {
  const result = new Headers();
  try {
    for (let index = 0; index + 1 < headers.length; index += 2) result.append(headers[index] ?? '', headers[index + 1] ?? '');
  } catch (error) {
    throw new InvalidArgumentError('The request cannot be sent: a header is not valid', { cause: error });
  }
  // Refused silently by browsers, which decode whatever comes.
  if (!hasHeader(headers, 'accept-encoding')) result.set('accept-encoding', 'identity');
  return result;
}
