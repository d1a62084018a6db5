import type { ClientRequest, IncomingMessage } from 'node:http';
import { Exchange } from '../connection/exchange.ts';
import type { CancelConnect } from '../connection/socket-connector.ts';
import { headersFromPairs } from '../response-headers.ts';
import { bodySizeInBytes, smallBody } from '../body/request-body.ts';

/** An exchange carried by a `ClientRequest` of node:http. */
export class NodeHttpExchange extends Exchange {
  /** Set while the agent opens a connection for this exchange. */
  cancelConnect: CancelConnect | undefined;
  /** Called when the exchange is over, if it was started. */
  leaveQueue: (() => void) | undefined;
  #outgoing: ClientRequest | undefined;
  #incoming: IncomingMessage | undefined;

  /** Sends the request and follows it. */
  run(outgoing: ClientRequest): void {
    this.#outgoing = outgoing;
    outgoing.once('socket', () => this.started());
    outgoing.once('finish', () => this.sent());
    outgoing.once('response', (incoming) => this.#follow(incoming));
    outgoing.on('error', (error) => this.failed(error));
    outgoing.once('close', () => this.failed(new Error('The connection was closed')));
    void this.#send(outgoing);
  }

  pause(): void {
    this.#incoming?.pause();
  }

  resume(): void {
    this.#incoming?.resume();
  }

  protected closeConnection(reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('The request was aborted', { cause: reason });
    this.cancelConnect?.(error);
    this.#outgoing?.destroy(error);
  }

  protected override onFinished(): void {
    this.leaveQueue?.();
  }

  #follow(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    this.answered(incoming.statusCode ?? 0, headersFromPairs(incoming.rawHeaders));
    incoming.on('data', (chunk: Uint8Array) => this.received(chunk));
    incoming.once('end', () => (incoming.complete ? this.ended() : this.failed(new Error('The answer was cut short'))));
    incoming.on('error', (error) => this.failed(error));
    incoming.once('close', () => this.failed(new Error('The connection was closed')));
  }

  async #send(outgoing: ClientRequest): Promise<void> {
    const { body } = this.request;
    if (body === undefined || bodySizeInBytes(body) === 0) return void outgoing.end();
    const small = smallBody(body);
    if (small) return void outgoing.end(small);
    try {
      for await (const slice of this.slices(body)) {
        if (this.finished) return;
        if (!outgoing.write(slice)) await drained(outgoing);
        this.progressed();
      }
      outgoing.end();
    } catch {
      // `slices` has told the exchange.
    }
  }
}

/** Resolves when the connection takes more bytes, or none ever again. */
async function drained(outgoing: ClientRequest): Promise<void> {
  if (outgoing.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done);
  });
}
