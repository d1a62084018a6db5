import type { Dispatcher } from 'undici';
import { bodySizeInBytes, hasHeader, smallBody } from '../body/request-body.ts';
import type { CancelConnect } from '../connection/socket-connector.ts';
import { Exchange } from '../connection/exchange.ts';
import { RecordHeaders } from '../response-headers.ts';

/** The undici client an exchange was given to, as far as it concerns the exchange. */
export interface ClientLink {
  /** Set while the client connects. */
  cancelConnect: CancelConnect | undefined;
}

/** An exchange as undici's dispatcher wants it: one object, called for each event. */
export class UndiciExchange extends Exchange implements Dispatcher.DispatchHandler {
  link: ClientLink | undefined;
  #controller: Dispatcher.DispatchController | undefined;

  /** The body as undici takes it, and the header it needs to send slices without chunked encoding. */
  wireBody(): { body: Uint8Array | AsyncIterable<Uint8Array> | null; lengthHeader: readonly string[] } {
    const { body, headers } = this.request;
    const size = bodySizeInBytes(body);
    if (body === undefined || size === 0) return { body: null, lengthHeader: [] };
    const small = smallBody(body);
    if (small) return { body: small, lengthHeader: [] };
    return { body: this.slices(body), lengthHeader: hasHeader(headers, 'content-length') ? [] : ['content-length', String(size)] };
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Aborted while it waited in a queue. Throwing drops it without harm to the connection; aborting here would close that.
    if (this.finished) throw new Error('The request was aborted before it was sent');
    this.#controller = controller;
    this.started();
  }

  onBodySent(): void {
    this.progressed();
  }

  onRequestSent(): void {
    this.sent();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    if (status >= 200) this.answered(status, new RecordHeaders(headers));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.received(chunk);
  }

  onResponseEnd(): void {
    this.ended();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.failed(error);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  protected closeConnection(reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('The request was aborted', { cause: reason });
    if (this.#controller) this.#controller.abort(error);
    else this.link?.cancelConnect?.(error);
  }
}
