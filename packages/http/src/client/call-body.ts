import type { TransportBody } from '../transport.ts';

/** A streamed body whose errors say which call they belong to. */
export class CallBody implements TransportBody {
  readonly #body: TransportBody;
  readonly #describe: (error: unknown) => unknown;
  readonly #onDone: () => void;

  /** @param onDone - Called when the body has been read, has failed or was let go; perhaps more than once. */
  constructor(body: TransportBody, describe: (error: unknown) => unknown, onDone: () => void) {
    this.#body = body;
    this.#describe = describe;
    this.#onDone = onDone;
  }

  async bytes(): Promise<Uint8Array> {
    try {
      return await this.#body.bytes();
    } catch (error) {
      throw this.#describe(error);
    } finally {
      this.#onDone();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#body;
    } catch (error) {
      throw this.#describe(error);
    } finally {
      this.#onDone();
    }
  }

  async discard(): Promise<void> {
    await this.#body.discard();
    this.#onDone();
  }
}
