import type { CloudError, CallOptions, Clock, ErrorResource, Logger, ProviderName, RateLimiter, RetryBudget, RetryPolicy, Telemetry } from '@cmx/cloud-core';
import type { RequestBody, ResponseHeaders, Timeouts, Transport, TransportBody } from './transport.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** A request on its way to the auth hook: headers may be added, the path may be replaced (query signing). */
export interface OutgoingRequest {
  readonly method: HttpMethod;
  readonly origin: string;
  path: string;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: RequestBody | undefined;
  /** The client's best guess of the server's time, in milliseconds since the epoch: the clock plus the learned skew. */
  readonly now: number;
}

/** How requests are authenticated. */
export interface HttpAuth {
  /** Called once per attempt, so that a retry is signed anew. Keep it synchronous where the credentials are at hand. */
  authorize(request: OutgoingRequest, options: CallOptions): void | Promise<void>;
  /**
   * Called on a 401 (or on an error the decoder marked `unauthenticated`), once for all calls that meet it together. Resolve `true`
   * when the credentials were renewed: each of them is sent once more. No caller's signal is in the options, for no caller owns it.
   */
  renew?(options: CallOptions): Promise<boolean>;
}

/** An answer that is not a success, its body read (at most 1 MiB). */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Uint8Array;
  readonly request: { readonly operation: string; readonly method: HttpMethod; readonly path: string; readonly resource?: ErrorResource | undefined };
}

/**
 * Makes a typed error of an answer, redirects and 304 included. `status`, `requestId`, `retryAfterInMs` and `phase` are filled in
 * by the client when the decoder does not. `decodeHttpError` is there to fall back on.
 */
export type ErrorDecoder = (response: ErrorResponse) => CloudError;

export interface HttpClientOptions {
  readonly provider: ProviderName;
  readonly service?: string | undefined;
  /** Scheme, host and port, optionally with a path that is put before every request's path. */
  readonly baseUrl: string;
  /**
   * Default: `automaticTransport()`: `socketTransport()` in Node, `fetchTransport()` elsewhere. One that is passed in is not closed
   * with the client, so that clients may share it.
   */
  readonly transport?: Transport | undefined;
  readonly auth?: HttpAuth | undefined;
  readonly decodeError?: ErrorDecoder | undefined;
  /**
   * Whether an error means that the request was signed at a time the service does not accept. Such a request is signed once more,
   * with the time learned from the answer's `Date`. Default: by the usual codes (`RequestTimeTooSkewed`…), and any 401 or 403 while
   * the clocks are minutes apart; what this says is added to that.
   */
  readonly isClockSkewError?: ((error: CloudError) => boolean) | undefined;
  /** Headers of every request, names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: connect 10 s, first byte 60 s, idle 30 s. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly retryBudget?: RetryBudget | undefined;
  readonly logger?: Logger | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  /** Header names that may carry the service's request id, the first present wins. Default: the usual ones. */
  readonly requestIdHeaders?: readonly string[] | undefined;
}

/** The options of an `HttpFunnel`, which knows no service's errors and ids by itself. */
export interface HttpFunnelOptions extends HttpClientOptions {
  readonly decodeError: ErrorDecoder;
  readonly requestIdHeaders: readonly string[];
}

/** One call: what it is, and what goes on the wire. */
export interface HttpRequest {
  /** The client method: `putObject`. */
  readonly operation: string;
  readonly resource?: ErrorResource | undefined;
  /** See `OperationInfo.retry`. Default: `always` for GET, HEAD, PUT, DELETE, OPTIONS; `refused` for POST and PATCH. */
  readonly retry?: 'always' | 'refused' | 'never' | undefined;
  readonly limiter?: RateLimiter | undefined;
  readonly method: HttpMethod;
  /** Encoded path, with the query if there is one, joined to the base URL. */
  readonly path: string;
  /** Another origin than the base URL's for this call. */
  readonly origin?: string | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestBody | undefined;
  /** Statuses besides 2xx that are answers, not errors: `[304, 404]`. */
  readonly accept?: readonly number[] | undefined;
  /** Read the body before resolving. Default `false`: it streams. */
  readonly collect?: boolean | undefined;
  /** Checks a success for an error inside it (`200` with `<Error>`); runs inside the retry loop. Only with `collect`. */
  readonly verify?: ((response: HttpResponse) => void | Promise<void>) | undefined;
}

/** An answer. With `collect`, `body.bytes()` is at hand; otherwise read or discard it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: TransportBody;
  readonly requestId: string | undefined;
}
