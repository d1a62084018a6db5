import { CloudError, InvalidArgumentError, OperationRunner, systemClock, TimeoutError, withErrorFields, type CallOptions, type CloudErrorFields, type OperationInfo } from '@cmx/cloud-core';
import { CallBody } from './client/call-body.ts';
import { CallDeadline } from './client/call-deadline.ts';
import { ClockSkew } from './client/clock-skew.ts';
import { CredentialRenewal } from './client/credential-renewal.ts';
import { HttpAnswer } from './client/http-answer.ts';
import { HttpCall, type CallContext } from './client/http-call.ts';
import type { HttpFunnelOptions, HttpRequest, HttpResponse } from './http-client-options.ts';
import { requestAttributes } from './telemetry/request-attributes.ts';
import type { Timeouts } from './transport.ts';
import { automaticTransport } from './transports/transports.ts';

const DEFAULT_TIMEOUTS: Timeouts = { connectInMs: 10_000, firstByteInMs: 60_000, idleInMs: 30_000 };

/** The one request funnel of every HTTP client of cmx, for services that have their own words for errors. Whoever has not takes `HttpClient`. */
export class HttpFunnel {
  readonly #options: HttpFunnelOptions;
  readonly #context: CallContext;
  readonly #runner: OperationRunner;

  /** @throws {InvalidArgumentError} The base URL is not one, or has a user, a query or a fragment; a timeout is not above 0. */
  constructor(options: HttpFunnelOptions) {
    const { transport, auth, decodeError, requestIdHeaders, headers = {}, timeouts, telemetry, clock = systemClock } = options;
    this.#options = options;
    this.#runner = new OperationRunner(options);
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
      onRequest: telemetry?.onRequest?.bind(telemetry),
      closing: this.#runner.closing,
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
  request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    return request.collect ? this.#run(request, options) : this.#stream(request, options);
  }

  /**
   * Ends the calls under way, bodies being read included; later calls fail. Closes the transport unless it was passed in: that
   * one may have other users.
   */
  async close(): Promise<void> {
    this.#runner.close();
    this.#context.transport.abort?.(this, this.#runner.closing.reason);
    if (this.#options.transport === undefined) await this.#context.transport.close();
  }

  #run(request: HttpRequest, options: CallOptions): Promise<HttpResponse> {
    const mistake = mistakeIn(request);
    if (mistake !== undefined) return Promise.reject(new InvalidArgumentError(mistake, this.#fields(request)));
    const call = new HttpCall(this.#context, request, options);
    return this.#runner.run(this.#operationInfo(request), options, (attempt) => call.attempt(attempt));
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

  #operationInfo({ operation, resource, limiter, method, origin = this.#context.origin, retry = method === 'POST' || method === 'PATCH' ? 'refused' : 'always' }: HttpRequest): OperationInfo {
    return { operation, resource, limiter, retry, attributes: this.#options.telemetry && (() => requestAttributes(method, origin)) };
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
