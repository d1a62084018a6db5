import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Transport } from '@cmx/http';
import { expect, it } from 'vitest';
import { CodaClient, column } from '../src/index.ts';
import { VirtualClock } from './virtual-clock.ts';

const PAGE = 500;
const ROWS = 100_000;

/** A table of any length that is made while it is read, so that the memory measured is the client's. */
function endlessTable(): Transport {
  const encoder = new TextEncoder();
  return {
    name: 'endless',
    async request({ path, origin }) {
      const token = Number(new URL(path, origin).searchParams.get('pageToken') ?? 0);
      const body = path.includes('/columns') ? columns() : page(token);
      const bytes = encoder.encode(JSON.stringify(body));
      return {
        status: 200,
        headers: { get: () => undefined, [Symbol.iterator]: () => [][Symbol.iterator]() },
        body: {
          bytes: async () => bytes,
          discard: async () => undefined,
          async *[Symbol.asyncIterator]() {
            yield bytes;
          },
        },
      };
    },
    close: async () => undefined,
  };
}

const columns = () => ({ items: ['Title', 'Points'].map((name, place) => ({ id: `c-${String(place)}`, type: 'column', href: '', name, format: { type: 'text', isArray: false } })) });

function page(offset: number) {
  const items = Array.from({ length: Math.min(PAGE, ROWS - offset) }, (_, place) => ({
    id: `i-${String(offset + place)}`,
    type: 'row',
    href: `https://coda.io/apis/v1/docs/a/tables/b/rows/${String(offset + place)}`,
    name: 'row',
    index: offset + place,
    browserLink: 'https://coda.io/d/_da',
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-01-02T03:04:05.000Z',
    values: { 'c-0': `Title ${String(offset + place)} ${'x'.repeat(100)}`, 'c-1': offset + place },
  }));
  return { items, ...(offset + PAGE < ROWS && { nextPageToken: String(offset + PAGE) }) };
}

/** What is held once everything else has been collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('streams 100,000 rows in memory that does not grow with them', async () => {
  const client = new CodaClient({ token: 'a', transport: endlessTable(), clock: new VirtualClock() });
  const tasks = client.table('a', 'b', { title: column.text('Title'), points: column.number('Points') });
  let count = 0;
  let sum = 0;
  let early = 0;
  let late = 0;
  for await (const { values } of tasks.list({ limit: PAGE })) {
    count += 1;
    sum += values.points ?? 0;
    if (count % 10_000 !== 0) continue;
    if (count <= 50_000) early = Math.max(early, heldBytes());
    else late = Math.max(late, heldBytes());
  }
  expect([count, sum]).toEqual([ROWS, (ROWS * (ROWS - 1)) / 2]);
  // The later half of the rows is 15 MB as text; held, it would show.
  expect(late - early).toBeLessThan(3_000_000);
});
