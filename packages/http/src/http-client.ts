import { CloudError, InvalidArgumentError, OperationRunner, systemClock, TimeoutError, withErrorFields, type CallOptions, type CloudErrorFields, type OperationInfo } from '@cmx/cloud-core';
import { CallBody } from './client/call-body.ts';
import { CallDeadline } from './client/call-deadline.ts';
import { ClockSkew } from './client/clock-skew.ts';
import { CredentialRenewal } from './client/credential-renewal.ts';
import { decodeHttpError } from './client/decode-error.ts';
import { HttpAnswer } from './client/http-answer.ts';
import { HttpCall, type CallContext } from './client/http-call.ts';
import { parseJson } from './client/parse-json.ts';
import { REQUEST_ID_HEADERS } from './client/request-id.ts';
import { closedError } from './connection/closed-error.ts';
import type { HttpClientOptions, HttpRequest, HttpResponse } from './http-client-options.ts';
import { CallSpans, requestAttributes } from './telemetry/call-spans.ts';
import type { Timeouts } from './transport.ts';
import { automaticTransport } from './transports/transports.ts';

const DEFAULT_TIMEOUTS: Timeouts = { connectInMs: 10_000, firstByteInMs: 60_000, idleInMs: 30_000 };

/** The one request funnel of every HTTP client of cmx. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #context: CallContext;
  readonly #runner: OperationRunner;
  readonly #spans: CallSpans | undefined;
  readonly #closing = new AbortController();
  /** Calls without a signal of their own end when the client is closed, also while they wait for a retry. */
  readonly #defaultCallOptions: CallOptions = { abortSignal: this.#closing.signal };

  /** @throws {InvalidArgumentError} The base URL is not one, or has a user, a query or a fragment; a timeout is not above 0. */
  constructor(options: HttpClientOptions) {
    const { transport, auth, decodeError = decodeHttpError, headers = {}, timeouts, clock = systemClock, requestIdHeaders = REQUEST_ID_HEADERS } = options;
    this.#options = options;
    this.#spans = options.telemetry && new CallSpans(options.telemetry);
    this.#runner = new OperationRunner({ ...options, telemetry: this.#spans?.telemetry });
    this.#context = {
      owner: this,
      ...parseBaseUrl(options.baseUrl),
      transport: transport ?? automaticTransport(),
      auth,
      renewal: auth?.renew && new CredentialRenewal(auth),
      skew: new ClockSkew(clock, options.isClockSkewError),
      decodeError,
      headers,
      timeouts: checkedTimeouts({ ...DEFAULT_TIMEOUTS, ...timeouts }),
      requestIdHeaders,
      onRequest: options.telemetry?.onRequest?.bind(options.telemetry),
      closing: this.#closing.signal,
    };
  }

  /** Whether the bytes of bodies may lie in a `SharedArrayBuffer`: see {@link Transport.takesSharedMemory}. */
  get takesSharedMemory(): boolean {
    return this.#context.transport.takesSharedMemory ?? false;
  }

  /**
   * Sends one call: rate limit, auth, attempts, timers, typed errors.
   *
   * With `collect` the body is at hand; without, read it or discard it: see {@link TransportBody}. `timeoutInMs` and the abort
   * signal hold until the body has been read. Redirects are errors.
   *
   * @throws {CloudError} What the decoder made of the answer, or of the failed connection.
   * @throws The reason of `options.abortSignal`, unwrapped.
   */
  request(request: HttpRequest, options: CallOptions = this.#defaultCallOptions): Promise<HttpResponse> {
    return request.collect ? this.#run(request, options) : this.#stream(request, options);
  }

  /** As `request`, with the body read and parsed as JSON; `undefined` for a 204. @throws {CloudError} `unknown` with `phase: 'response'` when it is not JSON (a proxy's HTML). */
  async requestJson<T>(request: HttpRequest, options?: CallOptions): Promise<T> {
    let parsed: unknown;
    const verify = async (response: HttpResponse): Promise<void> => {
      parsed = await parseJson(response);
      await request.verify?.(response);
    };
    await this.request({ ...request, collect: true, verify }, options);
    return parsed as T;
  }

  /**
   * Ends the calls under way, bodies being read included; later calls fail. Closes the transport unless it was passed in: that
   * one may have other users.
   */
  async close(): Promise<void> {
    const reason = closedError();
    this.#closing.abort(reason);
    this.#context.transport.abort?.(this, reason);
    if (this.#options.transport === undefined) await this.#context.transport.close();
  }

  #run(request: HttpRequest, options: CallOptions): Promise<HttpResponse> {
    if (this.#closing.signal.aborted) return Promise.reject(closedError());
    const mistake = mistakeIn(request);
    if (mistake !== undefined) return Promise.reject(new InvalidArgumentError(mistake, this.#fields(request)));
    const call = new HttpCall(this.#context, request, options);
    const effective = options.abortSignal ? options : { ...options, ...this.#defaultCallOptions };
    const run = (): Promise<HttpResponse> => this.#runner.run(operationInfo(request), effective, (attempt) => call.attempt(attempt));
    if (!this.#spans) return run();
    const { result, span } = this.#spans.during(requestAttributes(request.method, request.origin ?? this.#context.origin), run);
    call.span = span;
    return result;
  }

  /** A call whose body outlives it: its deadline and the description of its errors go along. */
  async #stream(request: HttpRequest, options: CallOptions): Promise<HttpResponse> {
    const deadline = options.timeoutInMs === undefined ? undefined : new CallDeadline(options, () => this.#timeout(request, options));
    const release = (): void => deadline?.release();
    try {
      const answer = await this.#run(request, deadline ? { abortSignal: deadline.signal } : options);
      const body = new CallBody(answer.body, (error) => this.#describe(error, request), release);
      return new HttpAnswer(answer, body, this.#context.requestIdHeaders);
    } catch (error) {
      release();
      throw error;
    }
  }

  #describe(error: unknown, request: HttpRequest): unknown {
    return CloudError.is(error) ? withErrorFields(error, this.#fields(request)) : error;
  }

  #timeout(request: HttpRequest, { timeoutInMs }: CallOptions): TimeoutError {
    return new TimeoutError(`The call took longer than its timeout of ${String(timeoutInMs)} ms`, { ...this.#fields(request), phase: 'total' });
  }

  #fields({ operation, resource }: HttpRequest): CloudErrorFields {
    return { provider: this.#options.provider, service: this.#options.service, operation, resource };
  }
}

function operationInfo({ operation, resource, retry, limiter, method }: HttpRequest): OperationInfo {
  return { operation, resource, limiter, retry: retry ?? (method === 'POST' || method === 'PATCH' ? 'refused' : 'always') };
}

function mistakeIn({ path, verify, collect }: HttpRequest): string | undefined {
  if (!path.startsWith('/')) return 'The path of a request begins with a slash';
  return verify && !collect ? 'Only a body that is collected can be verified' : undefined;
}

function parseBaseUrl(baseUrl: string): { origin: string; basePath: string } {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InvalidArgumentError('The base URL is not an http or https URL');
  if (url.username || url.password || url.search || url.hash) throw new InvalidArgumentError('A base URL has no user, no query and no fragment');
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') };
}

function checkedTimeouts(timeouts: Timeouts): Timeouts {
  for (const [name, value] of Object.entries(timeouts)) {
    if (!(value > 0)) throw new InvalidArgumentError(`timeouts.${name} is a number above 0`);
  }
  return timeouts;
}
