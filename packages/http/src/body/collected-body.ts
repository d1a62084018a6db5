import type { TransportBody } from '../transport.ts';

/** A body that is here already, so it can be read any number of times. */
export class CollectedBody implements TransportBody {
  readonly #chunks: readonly Uint8Array[];
  #lent = false;

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = chunks;
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#lent) return concatChunks(this.#chunks);
    this.#lent = true;
    return ownBytes(this.#chunks);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    this.#lent = true;
    yield* this.#chunks;
  }

  async discard(): Promise<void> {
    // Nothing is held.
  }
}

/** All the bytes for one reader. The usual small answer came in one read, whose buffer nobody else has: it is given as it is. */
export function ownBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (chunks.length !== 1 || !first || wastesMemory(first)) return concatChunks(chunks);
  return new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
}

/** Whether keeping the chunk would keep much more than the chunk. */
function wastesMemory({ buffer, byteLength }: Uint8Array): boolean {
  return buffer.byteLength > 2 * byteLength + 1024;
}

/** One array of its own with all the bytes. */
export function concatChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
