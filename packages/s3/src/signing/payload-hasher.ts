import type { HashThread, SharedBytes } from './hash-thread.ts';
import type { MaybePromise, SigningCrypto } from './signing-crypto.ts';

/** From here on a hash holds up everything else for a while. */
const LARGE_BYTES = 1024 * 1024;
/** A thread is not worth its start for fewer. */
const LARGE_ONES_HERE = 4;

/**
 * Hashes the bodies of uploads. When many large ones come in memory that can be shared, a thread of its own takes them, while
 * this one reads and sends.
 */
export class PayloadHasher {
  readonly #crypto: SigningCrypto;
  #largeOnes = 0;
  #thread: HashThread | undefined;
  /** Whether to start a thread when there is need: not while there is one, not where none can be had, not after the end. */
  #mayStart = true;
  #isClosed = false;

  constructor(crypto: SigningCrypto) {
    this.#crypto = crypto;
  }

  /** SHA-256, lower-case hexadecimal. */
  hash(bytes: Uint8Array): MaybePromise<string> {
    if (bytes.length >= LARGE_BYTES && isShared(bytes)) {
      if (this.#thread?.isReady) return this.#thread.hash(bytes);
      if (this.#mayStart && ++this.#largeOnes > LARGE_ONES_HERE) void this.#startThread();
    }
    return this.#crypto.sha256Hex(bytes);
  }

  close(): void {
    this.#isClosed = true;
    this.#mayStart = false;
    this.#thread?.close();
    this.#thread = undefined;
  }

  async #startThread(): Promise<void> {
    this.#mayStart = false;
    const { HashThread } = await import('./hash-thread.ts');
    if (this.#isClosed) return;
    this.#thread = HashThread.start({
      hashHere: (bytes) => this.#crypto.sha256Hex(bytes),
      onEnd: (reason) => {
        this.#thread = undefined;
        this.#mayStart = reason === 'idle';
        this.#largeOnes = 0;
      },
    });
  }
}

function isShared(bytes: Uint8Array): bytes is SharedBytes {
  return typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
}
