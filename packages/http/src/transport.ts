/** Milliseconds each stage of one attempt may take. */
export interface Timeouts {
  /** Until the connection stands (TLS and proxy included). Waiting for a free place in the pool does not count. */
  readonly connectInMs: number;
  /** From the request being sent to the first byte of the answer. */
  readonly firstByteInMs: number;
  /** Between two chunks of a body, either way, while somebody wants them; also how long an answer's body may go unread. */
  readonly idleInMs: number;
}

/**
 * A body to send: whole and therefore replayable, or a function that opens it anew for each attempt
 * (then `sizeInBytes` must be exact).
 */
export type RequestBody = Uint8Array | readonly Uint8Array[] | { readonly sizeInBytes: number; open(): AsyncIterable<Uint8Array> };

/**
 * One attempt, ready for the wire: nothing is decoded or re-encoded, and nothing is added but what frames the message
 * (`host`, `content-length`, `connection`).
 */
export interface TransportRequest {
  readonly method: string;
  /** Scheme, host and port: `https://s3.example.com`. */
  readonly origin: string;
  /** Encoded path and query, sent to the letter. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body?: RequestBody | undefined;
  readonly timeouts: Timeouts;
  readonly abortSignal?: AbortSignal | undefined;
  /**
   * Collect the body of a 2xx answer before resolving: cheaper for small answers, and such a body can be read any number of
   * times. Other answers are never collected, so that an error's body cannot fill the memory.
   */
  readonly collect?: boolean | undefined;
  /** Whose request this is: what {@link Transport.abort} names. */
  readonly owner?: object | undefined;
}

/** Headers of an answer. Names are compared without case; repeated ones are joined with `, `. */
export interface ResponseHeaders extends Iterable<readonly [name: string, value: string]> {
  /** The value, as it came; characters beyond ASCII are taken for Latin-1. */
  get(name: string): string | undefined;
}

/**
 * The answer's body as the wire has it: nothing is decoded. An error while reading is a `CloudError` with its phase.
 *
 * Read it or discard it. One that nobody begins to read for as long as the idle timer runs gives its connection back;
 * reading it after that fails with an `UnavailableError` of phase `body`.
 */
export interface TransportBody extends AsyncIterable<Uint8Array> {
  /** Reads all of it; the result is its own buffer. */
  bytes(): Promise<Uint8Array>;
  /** Closes the connection unless the body has ended already. */
  discard(): Promise<void>;
}

/** An answer whose head has come. */
export interface TransportResponse {
  /** 200 to 599: interim answers are passed over. */
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: TransportBody;
}

/** Carries one attempt to a server. All transports behave alike; one suite in this package proves it. */
export interface Transport {
  /** For logs and tests. */
  readonly name: string;
  /** Whether the bytes of a request's body may lie in a `SharedArrayBuffer`. `fetch` refuses them. Default `false`. */
  readonly takesSharedMemory?: boolean | undefined;
  /**
   * Resolves with the answer's head. Redirects are never followed.
   *
   * @throws {TimeoutError} `phase` is `connect`, `first_byte` or `idle`.
   * @throws {UnavailableError} Refused, reset, DNS or TLS failure; `phase` is `connect` when nothing was sent.
   * @throws {InvalidArgumentError} A path or header that cannot be sent.
   * @throws The abort signal's reason, unwrapped; the socket is closed.
   */
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Ends the requests of one owner, bodies being read included, with the reason. */
  abort?(owner: object, reason: unknown): void;
  /** Ends all requests and closes all connections. */
  close(): Promise<void>;
}
