import type { HttpResponse } from '../http-client-options.ts';
import type { ResponseHeaders, TransportBody, TransportResponse } from '../transport.ts';
import { requestIdOf } from './request-id.ts';

/** An answer to a call. The request id is looked for only when somebody asks. */
export class HttpAnswer implements HttpResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: TransportBody;
  readonly #requestIdHeaders: readonly string[];

  constructor({ status, headers }: TransportResponse, body: TransportBody, requestIdHeaders: readonly string[]) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.#requestIdHeaders = requestIdHeaders;
  }

  get requestId(): string | undefined {
    return requestIdOf(this.headers, this.#requestIdHeaders);
  }
}
