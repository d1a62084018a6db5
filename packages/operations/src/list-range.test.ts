import { paged, type Paged } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { listFrom, takeFrom, type ListRange } from './list-range.ts';

const SCOPE = { operation: 'list_things', of: ['place', true] };

/** The numbers from 0 on, in pages whose tokens are positions; keeps what sizes were asked for. */
function numbers(count: number, pageSize: number, asked: (number | undefined)[] = []): Paged<number> {
  return paged(async ({ pageToken = '0', maxPageSize }) => {
    asked.push(maxPageSize);
    const start = Number(pageToken);
    const end = Math.min(count, start + Math.min(pageSize, maxPageSize ?? pageSize));
    return { items: Array.from({ length: end - start }, (_, index) => start + index), nextPageToken: end < count ? String(end) : undefined };
  });
}

async function* stream(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) yield number;
}

async function collect(list: AsyncGenerator<number, string | undefined>): Promise<{ items: number[]; cursor: string | undefined }> {
  const items: number[] = [];
  for (;;) {
    const { done, value } = await list.next();
    if (done) return { items, cursor: value };
    items.push(value);
  }
}

const even = (number: number): number | undefined => (number % 2 === 0 ? number : undefined);
const all = (number: number): number => number;

/** Reads a list to its end in pieces. */
async function inPieces(limit: number, list: (range: ListRange) => AsyncGenerator<number, string | undefined>): Promise<number[][]> {
  const pieces: number[][] = [];
  for (let cursor: string | undefined; ; ) {
    const piece = await collect(list({ limit, cursor }));
    pieces.push(piece.items);
    cursor = piece.cursor;
    if (cursor === undefined) return pieces;
  }
}

describe('a list read in pieces is the whole list, each item once', () => {
  const whole = Array.from({ length: 23 }, (_, index) => index);
  it.each([1, 2, 3, 5, 7, 10, 23, 50])('by %i', async (limit) => {
    for (const pageSize of [1, 4, 5, 100]) {
      for (const largestPage of [undefined, 3, 1000]) {
        const pieces = await inPieces(limit, (range) => listFrom(numbers(23, pageSize), range, SCOPE, { toResult: all, largestPage }));
        expect(pieces.flat()).toEqual(whole);
        expect(pieces.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
        const filtered = await inPieces(limit, (range) => listFrom(numbers(23, pageSize), range, SCOPE, { toResult: even }));
        expect(filtered.flat()).toEqual(whole.filter((number) => number % 2 === 0));
      }
    }
    expect((await inPieces(limit, (range) => takeFrom(stream(23), range, SCOPE))).flat()).toEqual(whole);
  });

  it('also when the pages have another size the second time', async () => {
    const { cursor } = await collect(listFrom(numbers(23, 10), { limit: 17 }, SCOPE, { toResult: all }));
    const { items } = await collect(listFrom(numbers(23, 3), { cursor }, SCOPE, { toResult: all }));
    expect(items).toEqual([17, 18, 19, 20, 21, 22]);
  });
});

describe('listFrom', () => {
  it('asks for pages that end where the listing does', async () => {
    const asked: (number | undefined)[] = [];
    await collect(listFrom(numbers(50, 20, asked), { limit: 5 }, SCOPE, { toResult: all, largestPage: 10 }));
    await collect(listFrom(numbers(50, 20, asked), { limit: 11 }, SCOPE, { toResult: all, largestPage: 10 }));
    expect(asked).toEqual([5, undefined]);
  });

  it('tells no cursor where the list is known to end, and reads no further than it must', async () => {
    const asked: (number | undefined)[] = [];
    expect(await collect(listFrom(numbers(10, 5, asked), { limit: 10 }, SCOPE, { toResult: all }))).toMatchObject({ cursor: undefined });
    expect(asked).toHaveLength(2);
    expect((await collect(listFrom(numbers(1000, 5, asked), { limit: 5 }, SCOPE, { toResult: all }))).cursor).toBeDefined();
    expect(asked).toHaveLength(3);
  });

  it('refuses what is no cursor, and the cursor of another list', async () => {
    const { cursor } = await collect(listFrom(numbers(10, 5), { limit: 3 }, SCOPE, { toResult: all }));
    for (const scope of [{ ...SCOPE, operation: 'list_others' }, { ...SCOPE, of: ['place', false] }]) {
      await expect(collect(listFrom(numbers(10, 5), { cursor }, scope, { toResult: all }))).rejects.toMatchObject({ code: 'invalid_argument', message: expect.stringContaining('another listing') as string });
    }
    for (const bad of ['x', 'bnVsbA', Buffer.from('["a",-1,null]').toString('base64url'), Buffer.from('{}').toString('base64url'), '%%%']) {
      await expect(collect(takeFrom(stream(3), { cursor: bad }, SCOPE))).rejects.toMatchObject({ code: 'invalid_argument', operation: 'list_things' });
    }
  });
});
