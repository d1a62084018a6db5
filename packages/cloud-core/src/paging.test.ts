import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paged, type Page, type PageRequest } from './paging.ts';

/** A service with a list, whose pages may be empty and still have a token. */
function service(pages: readonly (readonly number[])[]) {
  const asked: PageRequest[] = [];
  const list = paged<number>(async (request) => {
    asked.push(request);
    const index = request.pageToken === undefined ? 0 : Number(request.pageToken);
    return { items: pages[index] ?? [], nextPageToken: index + 1 < pages.length ? String(index + 1) : undefined };
  });
  return { asked, list };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('paged', () => {
  it('yields every item once, in order, through empty pages, and anew each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer(), { maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (pages) => {
        const { list, asked } = service(pages);
        expect(await collect(list)).toEqual(pages.flat());
        expect(await collect(list)).toEqual(pages.flat());
        expect(asked).toHaveLength(pages.length * 2);
      }),
    );
  });

  it('goes on behind any page, in another process if need be', async () => {
    const { list } = service([[1], [2], [3]]);
    const first = (await list.byPage({ maxPageSize: 5 })[Symbol.asyncIterator]().next()).value as Page<number>;
    expect(await collect(service([[1], [2], [3]]).list.byPage({ pageToken: first.nextPageToken }))).toEqual([
      { items: [2], nextPageToken: '2' },
      { items: [3], nextPageToken: undefined },
    ]);
  });

  it('asks for no page that nobody reads', async () => {
    const { list, asked } = service([[1, 2], [3]]);
    for await (const item of list) if (item === 1) break;
    expect(asked).toHaveLength(1);
  });

  it('fails rather than going round in circles', async () => {
    await expect(collect(paged(async () => ({ items: [1], nextPageToken: 'same' })))).rejects.toMatchObject({ code: 'unknown', phase: 'response' });
  });
});
