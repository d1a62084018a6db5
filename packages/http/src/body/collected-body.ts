import type { TransportBody } from '../transport.ts';

/** A body that is here already, so it can be read any number of times. */
export class CollectedBody implements TransportBody {
  readonly #chunks: readonly Uint8Array[];

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = chunks;
  }

  async bytes(): Promise<Uint8Array> {
    return concatChunks(this.#chunks);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield* this.#chunks;
  }

  async discard(): Promise<void> {
    // Nothing is held.
  }
}

/** One array of its own with all the bytes. */
export function concatChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
