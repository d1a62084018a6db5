import { describe, expect, it } from 'vitest';
import { createPrng } from './prng.ts';

describe('createPrng', () => {
  it('repeats its sequence for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 20 }, ((prng) => () => prng.next())(createPrng(seed)));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('spreads its numbers over the whole interval', () => {
    const prng = createPrng(1);
    const buckets = new Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index += 1) buckets[prng.integer(10)]! += 1;
    for (const count of buckets) expect(count).toBeGreaterThan(800);
  });

  it('gives as many bytes as asked for', () => {
    expect(createPrng(3).bytes(0)).toHaveLength(0);
    const bytes = createPrng(3).bytes(4096);
    expect(bytes).toHaveLength(4096);
    expect(new Set(bytes).size).toBeGreaterThan(200);
  });
});
