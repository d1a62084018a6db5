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
  /** The thread; on its way; or `never`: none can be had, it failed, or the client is closed. */
  #thread: HashThread | 'starting' | 'never' | undefined;

  constructor(crypto: SigningCrypto) {
    this.#crypto = crypto;
    if (!hasSecondCore()) this.#thread = 'never';
  }

  /** Whether it is worth while to put large payloads into memory that can be shared. */
  get mayHashAside(): boolean {
    return this.#thread !== 'never';
  }

  /** SHA-256, lower-case hexadecimal. */
  hash(bytes: Uint8Array): MaybePromise<string> {
    if (bytes.length >= LARGE_BYTES && isShared(bytes)) {
      if (typeof this.#thread === 'object' && this.#thread.isReady) return this.#thread.hash(bytes);
      if (this.#thread === undefined && ++this.#largeOnes > LARGE_ONES_HERE) void this.#startThread();
    }
    return this.#crypto.sha256Hex(bytes);
  }

  close(): void {
    if (typeof this.#thread === 'object') this.#thread.close();
    this.#thread = 'never';
  }

  async #startThread(): Promise<void> {
    this.#thread = 'starting';
    // Where its file was left behind, as by a deployment, hashing goes on here.
    const program = await import('./hash-thread.ts').catch(() => undefined);
    if (this.#thread !== 'starting') return;
    const thread = program?.HashThread.start({
      hashHere: (bytes) => this.#crypto.sha256Hex(bytes),
      onEnd: (reason) => {
        this.#thread = reason === 'idle' ? undefined : 'never';
        this.#largeOnes = 0;
      },
    });
    this.#thread = thread ?? 'never';
  }
}

/** With one core, a second thread only takes turns with this one. */
function hasSecondCore(): boolean {
  const node = globalThis.process as Partial<NodeJS.Process> | undefined;
  return (node?.getBuiltinModule?.('node:os').availableParallelism() ?? 1) > 1;
}

function isShared(bytes: Uint8Array): bytes is SharedBytes {
  return typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
}
