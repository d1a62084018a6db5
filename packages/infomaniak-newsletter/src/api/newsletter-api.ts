import { CloudError, type CallOptions, type Clock, type ErrorResource, type RateLimiter } from '@cmx/cloud-core';
import type { HttpClient, HttpMethod } from '@cmx/http';
import { readEnvelope, type Envelope } from './envelope.ts';
import { countedList, type CountedList, type ListOptions } from './lists.ts';
import { invalidArgument, unexpectedAnswer } from './newsletter-errors.ts';
import { fromWire, toWire } from './wire.ts';

/** One call of the API. */
export interface NewsletterRequest {
  /** The method as it is spelt on the client: `campaigns.list`. */
  readonly operation: string;
  readonly resource?: ErrorResource | undefined;
  readonly method?: HttpMethod | undefined;
  /** Encoded, below the domain, with the query if there is one: `/campaigns/7`. */
  readonly path: string;
  /** In our words; sent as JSON in the service's. */
  readonly body?: unknown;
  /** See `HttpRequest.retry`. */
  readonly retry?: 'always' | 'refused' | 'never' | undefined;
}

/** What every group of methods of one client works with: the domain, its limiter and the way there. */
export class NewsletterApi {
  readonly domainId: number;
  readonly clock: Clock;
  readonly #http: HttpClient;
  readonly #limiter: RateLimiter;
  readonly #root: string;

  constructor(http: HttpClient, limiter: RateLimiter, domainId: number, clock: Clock) {
    this.domainId = domainId;
    this.clock = clock;
    this.#http = http;
    this.#limiter = limiter;
    this.#root = `/1/newsletters/${String(domainId)}`;
  }

  /** Sends a call below the domain. @returns The envelope as it came. */
  send(request: NewsletterRequest, options: CallOptions): Promise<Envelope> {
    return this.sendTo(`${this.#root}${request.path}`, request, options);
  }

  /** As `send`, with the whole path given: for the few calls that are not below the domain. */
  async sendTo(path: string, { operation, resource, method = 'GET', body, retry }: NewsletterRequest, options: CallOptions): Promise<Envelope> {
    const answer: { envelope?: Envelope } = {};
    await this.#http.request(
      {
        operation,
        resource,
        method,
        path,
        retry,
        limiter: this.#limiter,
        collect: true,
        ...(body !== undefined && jsonBody(body)),
        verify: async ({ status, headers, body: bytes }) => {
          answer.envelope = readEnvelope(status, headers, await bytes.bytes());
        },
      },
      options,
    );
    return answer.envelope as Envelope;
  }

  /** Sends a call and returns what is in the envelope, in our words. */
  async fetch<T>(request: NewsletterRequest, options: CallOptions): Promise<T> {
    const { data } = await this.send(request, options);
    return fromWire(data) as T;
  }

  /**
   * As `fetch`, for answers that must be one resource.
   *
   * @throws {CloudError} `unknown`: the service answered with something else.
   */
  async fetchOne<T>(request: NewsletterRequest, options: CallOptions): Promise<T> {
    const value = await this.fetch<T>(request, options);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw unexpectedAnswer('The service answered without the resource', request);
  }

  /** A list; `parameters` are the query besides paging. */
  list<T>(request: NewsletterRequest, parameters: Readonly<Record<string, unknown>>, options: ListOptions): CountedList<T> {
    return countedList((query, callOptions) => this.send({ ...request, path: `${request.path}${query}` }, callOptions), parameters, options);
  }

  /** Deletes one resource; one that is gone already is a success. */
  async delete(request: NewsletterRequest, options: CallOptions): Promise<void> {
    try {
      await this.send({ ...request, method: 'DELETE' }, options);
    } catch (error) {
      // Only the service itself knows that it is gone: a proxy's 404 has no code.
      if (CloudError.is(error, 'not_found') && error.vendorCode === 'object_not_found') return;
      throw error;
    }
  }
}

const encoder = new TextEncoder();

/** Headers of a body are sent with a body only: with `content-type` on a GET the service takes the query for input and refuses it. */
function jsonBody(body: unknown): { headers: Record<string, string>; body: Uint8Array } {
  return { headers: { 'content-type': 'application/json' }, body: encoder.encode(JSON.stringify(toWire(body))) };
}

/** @throws {InvalidArgumentError} Nothing is in the text, or too much. */
export function checkedText(what: string, text: string, maxLength = 255): string {
  if (text.length > 0 && text.length <= maxLength) return text;
  throw invalidArgument(`${what} must have between 1 and ${String(maxLength)} characters, not ${String(text.length)}`);
}
