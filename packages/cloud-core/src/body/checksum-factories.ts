import { toBase64 } from './base64.ts';
import type { ChecksumAlgorithm, ChecksumFactory } from './checksum.ts';
import { builtin } from './node-modules.ts';

/** The platform's own implementation: native in Node, absent in browsers. */
export function platformChecksum(algorithm: ChecksumAlgorithm): ChecksumFactory | undefined {
  if (algorithm === 'crc32') {
    const crc32 = builtin('zlib')?.crc32;
    return crc32 && crcFactory(crc32);
  }
  if (algorithm === 'crc32c' || algorithm === 'crc64nvme') return undefined;
  const createHash = builtin('crypto')?.createHash;
  return (
    createHash &&
    (() => {
      const hash = createHash(algorithm);
      return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest('base64') };
    })
  );
}

export type Crc32 = (chunk: Uint8Array, previous: number) => number;

/** A factory over a function that takes the CRC so far. */
export function crcFactory(crc: Crc32): ChecksumFactory {
  return () => {
    let value = 0;
    return {
      update: (chunk) => void (value = crc(chunk, value)),
      digest: () => toBase64(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)),
    };
  };
}
