import { expect, it } from 'vitest';
import { takeFirst } from './take-first.ts';

it.each([
  [undefined, [1, 2, 3], 3],
  [2, [1, 2], 2],
  [9, [1, 2, 3], 3],
])('takes the first %s, and reads no further', async (count, expected, read) => {
  let given = 0;
  async function* numbers() {
    while (given < 3) yield ++given;
  }
  const taken: number[] = [];
  for await (const item of takeFirst(numbers(), count)) taken.push(item);
  expect([taken, given]).toEqual([expected, read]);
});
