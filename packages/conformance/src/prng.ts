/** A small seeded generator of numbers: the same seed gives the same sequence on every machine. */
export interface Prng {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, limit). */
  integer(limit: number): number;
  /** `length` bytes that no compressor can shrink. */
  bytes(length: number): Uint8Array;
}

/**
 * Creates a seeded generator (mulberry32). Good enough to choose faults and to fill test bodies; not for secrets.
 *
 * @param seed - Any whole number; only its low 32 bits count.
 */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0;
  const next32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => next32() / 0x1_0000_0000;
  return {
    next,
    integer: (limit) => Math.floor(next() * limit),
    bytes(length) {
      const words = new DataView(new ArrayBuffer(4 * Math.ceil(length / 4)));
      for (let offset = 0; offset < length; offset += 4) words.setUint32(offset, next32(), true);
      return new Uint8Array(words.buffer, 0, length);
    },
  };
}
