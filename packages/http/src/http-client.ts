import type { CallOptions } from '@cmx/cloud-core';
import { decodeHttpError } from './client/decode-error.ts';
import { parseJson } from './client/parse-json.ts';
import { REQUEST_ID_HEADERS } from './client/request-id.ts';
import type { HttpClientOptions, HttpRequest, HttpResponse } from './http-client-options.ts';
import { HttpFunnel } from './http-funnel.ts';

/** The request funnel with what most services need: JSON, the usual errors and request ids. */
export class HttpClient extends HttpFunnel {
  /** @throws {InvalidArgumentError} The base URL is not one, or has a user, a query or a fragment; a timeout is not above 0. */
  constructor(options: HttpClientOptions) {
    super({ ...options, decodeError: options.decodeError ?? decodeHttpError, requestIdHeaders: options.requestIdHeaders ?? REQUEST_ID_HEADERS });
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
}
