import { CloudError, UnsupportedOperationError } from '@cmx/cloud-core';
import { concatChunks } from '../body/collected-body.ts';
import { bodySizeInBytes } from '../body/request-body.ts';
import { Exchange } from '../connection/exchange.ts';
import { errorCode, isConnectFailure } from '../connection/transport-errors.ts';
import type { ResponseHeaders } from '../transport.ts';

/** Time granted for sending a body, since fetch does not tell how it proceeds: a second for so many bytes. */
const SLOWEST_UPLOAD_IN_BYTES_PER_SECOND = 64 * 1024;

/** An exchange carried by `fetch`. */
export class FetchExchange extends Exchange {
  protected override readonly writesAsItReads = false;
  readonly #controller = new AbortController();
  #resumed: (() => void) | undefined;
  #paused = false;

  /** Sends the request and follows it. Never rejects. */
  async run(fetch: typeof globalThis.fetch, url: URL, init: RequestInit): Promise<void> {
    try {
      const body = await this.#wholeBody();
      if (this.finished) return;
      this.sent(this.request.timeouts.connectInMs + (body ? (body.byteLength / SLOWEST_UPLOAD_IN_BYTES_PER_SECOND) * 1000 : 0));
      const response = await fetch(url, { ...init, body, signal: this.#controller.signal });
      if (this.finished) return;
      refuseWhatFetchHides(response, this.request.method);
      this.answered(response.status, new FetchHeaders(response.headers));
      if (response.body) await this.#read(response.body.getReader());
      this.ended();
    } catch (error) {
      this.#fail(error);
    }
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#resumed?.();
  }

  protected closeConnection(reason: unknown): void {
    this.#controller.abort(reason);
    this.#resumed?.();
  }

  async #wholeBody(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { body } = this.request;
    if (body === undefined || bodySizeInBytes(body) === 0) return null;
    if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
    const chunks: Uint8Array[] = [];
    for await (const slice of this.slices(body)) chunks.push(slice);
    return concatChunks(chunks);
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    while (!this.finished) {
      if (this.#paused) await new Promise<void>((resolve) => (this.#resumed = resolve));
      const { done, value } = await reader.read();
      if (done) return;
      this.received(value);
    }
  }

  /** fetch does not say how far it came; only a cause that names a failed connection tells that nothing was sent. */
  #fail(error: unknown): void {
    if (CloudError.is(error)) this.abort(error);
    else this.failed(error, this.stage === 'first_byte' && isConnectFailure(errorCode(error)) ? 'connect' : this.stage);
  }
}

/** @throws {UnsupportedOperationError} The answer is not what the server sent, or is hidden. */
function refuseWhatFetchHides(response: Response, method: string): void {
  if (response.type === 'opaqueredirect') throw new CloudError('unknown', 'The service answered with a redirect, which a browser does not show', { phase: 'response' });
  const encoding = response.headers.get('content-encoding');
  if (encoding && encoding !== 'identity' && method !== 'HEAD' && response.body) {
    throw new UnsupportedOperationError(`fetch would deliver a decoded body (Content-Encoding: ${encoding}); read it with another transport`, { phase: 'response' });
  }
}

class FetchHeaders implements ResponseHeaders {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#headers.entries();
  }
}
