import { CloudError, UnavailableError, type CallOptions } from '@cmx/cloud-core';
import type { HttpResponse } from '@cmx/http';
import type { CodaApi } from '../api/coda-api.ts';

/** How often a link is made anew before giving up. */
const MAX_LINKS = 3;

/** Makes a new link: each is good for five minutes, the content behind it for days. */
export type RenewLink = (options: CallOptions) => Promise<string>;

/**
 * The content of an exported page. Nothing is downloaded until it is read; a link that has died by then is replaced by a new one.
 * Each reader downloads anew.
 */
export class ExportedPage implements AsyncIterable<Uint8Array> {
  readonly #api: CodaApi;
  readonly #renew: RenewLink;
  #link: string;

  constructor(api: CodaApi, link: string, renew: RenewLink) {
    this.#api = api;
    this.#link = link;
    this.#renew = renew;
  }

  /** The content as UTF-8 bytes, decompressed, while it arrives. */
  async *stream(options: CallOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    for (let links = 1; ; links++) {
      const chunks = await this.#open(options);
      if (chunks) {
        yield* chunks;
        return;
      }
      if (links === MAX_LINKS) throw new UnavailableError('The download link of the export was dead each time', { provider: 'coda', operation: 'exportPage', phase: 'response' });
      this.#link = await this.#renew(options);
    }
  }

  /** The whole content as text. */
  async text(options: CallOptions = {}): Promise<string> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of this.stream(options)) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    return this.stream();
  }

  /** The content, or `undefined` when the link is dead: the store behind it says so with 403, or with XML and any status. */
  async #open(options: CallOptions): Promise<AsyncGenerator<Uint8Array> | undefined> {
    const response = await this.#download(options);
    if (!response) return undefined;
    const chunks = decompressed(response)[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (first.done) return rest(undefined, chunks);
    if (!isStoreError(first.value)) return rest(first.value, chunks);
    await chunks.return?.();
    return undefined;
  }

  async #download(options: CallOptions): Promise<HttpResponse | undefined> {
    const { origin, pathname, search } = new URL(this.#link);
    try {
      return await this.#api.http.request({ operation: 'exportPage', method: 'GET', origin, path: `${pathname}${search}`, headers: { 'accept-encoding': 'gzip' } }, options);
    } catch (error) {
      if (CloudError.is(error, 'permission_denied') || CloudError.is(error, 'not_found') || CloudError.is(error, 'invalid_argument')) return undefined;
      throw error;
    }
  }
}

function decompressed({ headers, body }: HttpResponse): AsyncIterable<Uint8Array> {
  if (headers.get('content-encoding') !== 'gzip') return body;
  return streamOf(body).pipeThrough(new DecompressionStream('gzip'));
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

function isStoreError(firstChunk: Uint8Array): boolean {
  return new TextDecoder().decode(firstChunk.subarray(0, 5)) === '<?xml';
}

async function* rest(first: Uint8Array | undefined, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (first) yield first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}
