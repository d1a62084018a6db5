import type { CallOptions } from '@cmx/cloud-core';
import type { HttpClientOptions, HttpRequest, HttpResponse } from './http-client-options.ts';

/** The one request funnel of every HTTP client of cmx. */
export declare class HttpClient {
  constructor(options: HttpClientOptions);
  /**
   * Sends one call: rate limit, auth, attempts, timers, typed errors.
   *
   * @throws {CloudError} What the decoder made of the answer, or of the failed connection.
   */
  request(request: HttpRequest, options?: CallOptions): Promise<HttpResponse>;
  /** As `request`, with the body read and parsed as JSON. @throws {CloudError} `unknown` with `phase: 'response'` when it is not JSON (a proxy's HTML). */
  requestJson<T>(request: HttpRequest, options?: CallOptions): Promise<T>;
  close(): Promise<void>;
}
