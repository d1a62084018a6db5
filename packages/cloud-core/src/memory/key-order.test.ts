import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, firstIndex } from './key-order.ts';

describe('compareKeys', () => {
  it('orders as the bytes in UTF-8 do', () => {
    const key = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('firstIndex', () => {
  it('finds where a condition begins to hold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, bound) => {
        const sorted = [...items].sort((a, b) => a - b);
        expect(firstIndex(sorted, (item) => item >= bound)).toBe(sorted.filter((item) => item < bound).length);
      }),
    );
  });
});
