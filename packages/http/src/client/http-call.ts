import { CloudError, withErrorFields, type Attempt, type CallOptions, type RequestEvent } from '@cmx/cloud-core';
import { CollectedBody } from '../body/collected-body.ts';
import type { ErrorDecoder, HttpAuth, HttpRequest, HttpResponse, OutgoingRequest } from '../http-client-options.ts';
import type { Timeouts, Transport, TransportResponse } from '../transport.ts';
import type { ClockSkew } from './clock-skew.ts';
import type { CredentialRenewal } from './credential-renewal.ts';
import { readErrorBody } from './error-body.ts';
import { HttpAnswer } from './http-answer.ts';
import { requestIdOf } from './request-id.ts';
import { retryAfterInMs } from './retry-after.ts';

/** What all calls of one client share. */
export interface CallContext {
  readonly owner: object;
  readonly origin: string;
  /** Path of the base URL, without a slash at its end. */
  readonly basePath: string;
  readonly transport: Transport;
  readonly auth: HttpAuth | undefined;
  readonly renewal: CredentialRenewal | undefined;
  readonly skew: ClockSkew;
  readonly decodeError: ErrorDecoder;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Timeouts;
  readonly requestIdHeaders: readonly string[];
  readonly onRequest: ((event: RequestEvent) => void) | undefined;
  /** Aborts when the client is closed. The transport is told by other means. */
  readonly closing: AbortSignal;
}

/** What was true when an attempt was signed. */
interface Signing {
  readonly offsetInMs: number;
  readonly renewals: number;
}

/** One call of the funnel: makes attempts, and knows what was already done to save it. */
export class HttpCall {
  readonly #context: CallContext;
  readonly #request: HttpRequest;
  readonly #options: CallOptions;
  #renewed = false;
  #signedAgain = false;

  constructor(context: CallContext, request: HttpRequest, options: CallOptions) {
    this.#context = context;
    this.#request = request;
    this.#options = options;
  }

  /** One attempt; sent once more at once when that may heal expired credentials or a wrong clock. */
  async attempt(attempt: Attempt): Promise<HttpResponse> {
    for (;;) {
      const { skew, renewal } = this.#context;
      const signing: Signing = { offsetInMs: skew.offsetInMs, renewals: renewal?.renewals ?? 0 };
      try {
        const answer = await (this.#context.onRequest === undefined ? this.#send(attempt.abortSignal) : this.#sendAndTell(attempt, this.#context.onRequest));
        attempt.span?.setAttributes({ 'http.response.status_code': answer.status, 'http.request.resend_count': attempt.number > 1 ? attempt.number - 1 : undefined, 'cmx.request_id': answer.requestId });
        return answer;
      } catch (error) {
        if (!CloudError.is(error) || !(await this.#heals(error, signing, attempt.abortSignal))) throw error;
      }
    }
  }

  async #sendAndTell({ number, abortSignal }: Attempt, onRequest: (event: RequestEvent) => void): Promise<HttpResponse> {
    const { answeredEvent, failedEvent } = await import('./request-event.ts');
    const { origin, path } = this.#outgoing();
    const sent = { request: this.#request, origin, path, attempt: number, startedAt: performance.now() };
    try {
      const answer = await this.#send(abortSignal);
      onRequest(answeredEvent(sent, answer));
      return answer;
    } catch (error) {
      onRequest(failedEvent(sent, error));
      throw error;
    }
  }

  async #send(abortSignal: AbortSignal | undefined): Promise<HttpResponse> {
    const { transport, timeouts, owner, closing } = this.#context;
    const outgoing = this.#outgoing();
    const authorizing = this.#context.auth?.authorize(outgoing, this.#options);
    if (authorizing) await authorizing;
    closing.throwIfAborted();
    const response = await transport.request({
      method: outgoing.method,
      origin: outgoing.origin,
      path: outgoing.path,
      headers: namesAndValues(outgoing.headers),
      body: outgoing.body,
      timeouts,
      abortSignal: abortSignal === closing ? undefined : abortSignal,
      collect: this.#request.collect,
      owner,
    });
    return this.#accept(response);
  }

  #outgoing(): OutgoingRequest {
    const { origin, basePath, headers, skew } = this.#context;
    const { method, path, body } = this.#request;
    return {
      method,
      origin: this.#request.origin ?? origin,
      path: this.#request.origin === undefined ? basePath + path : path,
      headers: { ...headers, ...this.#request.headers },
      body,
      now: skew.now(),
    };
  }

  async #accept(response: TransportResponse): Promise<HttpResponse> {
    const { accept, collect, verify } = this.#request;
    const { status } = response;
    const success = status >= 200 && status < 300;
    if (!success && !accept?.includes(status)) throw await this.#toError(response);
    const body = collect && !success ? new CollectedBody([await response.body.bytes()]) : response.body;
    const answer = new HttpAnswer(response, body, this.#context.requestIdHeaders);
    if (verify) await verify(answer);
    return answer;
  }

  async #toError(response: TransportResponse): Promise<CloudError> {
    const { skew, decodeError, requestIdHeaders } = this.#context;
    const { operation, method, path, resource } = this.#request;
    const { status, headers } = response;
    skew.learn(status, headers);
    const body = await readErrorBody(response.body);
    const error = decodeError({ status, headers, body, request: { operation, method, path, resource } });
    return withErrorFields(error, { status, requestId: requestIdOf(headers, requestIdHeaders), retryAfterInMs: retryAfterInMs(headers, skew.now()), phase: 'response' });
  }

  /** Whether sending the request again, signed anew, may help: once for a wrong clock, once for expired credentials. */
  async #heals(error: CloudError, signing: Signing, abortSignal: AbortSignal | undefined): Promise<boolean> {
    const { auth, skew, renewal } = this.#context;
    if (auth && !this.#signedAgain && skew.explains(error, signing.offsetInMs)) return (this.#signedAgain = true);
    if (!renewal || this.#renewed || error.code !== 'unauthenticated') return false;
    this.#renewed = true;
    return renewal.renewAfter(signing.renewals, abortSignal);
  }
}

function namesAndValues(headers: Readonly<Record<string, string>>): string[] {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] as string);
  return flat;
}
