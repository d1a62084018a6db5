/** A value that is at hand, or will be. Signing is synchronous in Node; only Web Crypto makes it wait. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value at once where it is at hand, so that the common case costs no turn of the event loop. */
export function andThen<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Signs a text with a key derived earlier; lower-case hexadecimal. */
export type SignText = (text: string) => MaybePromise<string>;

/** The two primitives of SigV4. */
export interface SigningCrypto {
  /** Lower-case hexadecimal. Text is hashed as UTF-8. */
  sha256Hex(data: string | Uint8Array): MaybePromise<string>;
  /** HMAC-SHA256 of each text in turn, each with the last one's result as its key, then a function that signs with the final key. */
  deriveKey(secret: string, texts: readonly string[]): MaybePromise<SignText>;
}

type NodeCrypto = typeof import('node:crypto');

/** Node's own crypto. */
function nodeSigningCrypto({ createHmac, hash }: NodeCrypto): SigningCrypto {
  return {
    sha256Hex: (data) => hash('sha256', data, 'hex'),
    deriveKey(secret, texts) {
      let bytes: Uint8Array = new TextEncoder().encode(secret);
      for (const text of texts) bytes = createHmac('sha256', bytes).update(text).digest();
      return signTextWith(bytes, hash);
    },
  };
}

const HMAC_BLOCK_BYTES = 64;
const SHA256_BYTES = 32;

/**
 * HMAC-SHA256 as two hashes (RFC 2104). The padded keys are laid out once, and a one-shot hash makes no object, so a signature
 * costs half of what `createHmac` takes.
 */
function signTextWith(key: Uint8Array, hash: NodeCrypto['hash']): SignText {
  const outer = Buffer.alloc(HMAC_BLOCK_BYTES + SHA256_BYTES, 0x5c);
  let inner: Buffer = Buffer.alloc(1024, 0x36);
  key.forEach((byte, index) => {
    outer[index] = byte ^ 0x5c;
    inner[index] = byte ^ 0x36;
  });
  return (text) => {
    const needed = HMAC_BLOCK_BYTES + text.length * 3;
    if (needed > inner.length) inner = Buffer.concat([inner], needed);
    const end = HMAC_BLOCK_BYTES + inner.write(text, HMAC_BLOCK_BYTES);
    outer.write(hash('sha256', inner.subarray(0, end), 'hex'), HMAC_BLOCK_BYTES, 'hex');
    return hash('sha256', outer, 'hex');
  };
}

/** Web Crypto: browsers, edge runtimes. */
export const webSigningCrypto: SigningCrypto = {
  async sha256Hex(data) {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : (data as Uint8Array<ArrayBuffer>);
    return toHex(await crypto.subtle.digest('SHA-256', bytes));
  },
  async deriveKey(secret, texts) {
    let key = await importHmacKey(new TextEncoder().encode(secret));
    for (const text of texts) key = await importHmacKey(await hmac(key, text));
    return async (text) => toHex(await hmac(key, text));
  },
};

function importHmacKey(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

function hmac(key: CryptoKey, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
}

function toHex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Node's crypto where there is one, else Web Crypto. */
export function platformSigningCrypto(): SigningCrypto {
  const node = (globalThis.process as { getBuiltinModule?: (name: string) => NodeCrypto | undefined } | undefined)?.getBuiltinModule?.('node:crypto');
  return node ? nodeSigningCrypto(node) : webSigningCrypto;
}
