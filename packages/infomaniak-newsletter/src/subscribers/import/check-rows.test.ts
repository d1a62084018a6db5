import { expect, it } from 'vitest';
import { checkRows } from './check-rows.ts';

const check = (...addresses: string[]) =>
  checkRows(
    addresses.map((address, index) => ({ line: index + 2, cells: [address] })),
    1,
    0,
  );

it.each(['ada@example.com', "o'neill+news@sub.example.co", 'é@exämple.ch'])('takes %s for an address', (address) => {
  expect(check(address).rejected).toEqual([]);
});

it.each([
  'ada',
  'ada@example',
  '@example.com',
  'a b@example.com',
  'ada@example..com',
  'ada@example.com;alan@example.com',
  'Ada <ada@example.com>',
  `${'a'.repeat(250)}@example.com`,
])('takes %s for none', (address) => {
  expect(check(address).rejected).toEqual([{ line: 2, reason: 'no valid address' }]);
});

it('keeps the first of two rows with the same address', () => {
  const { good, rejected } = check('ada@example.com', 'Ada@Example.com', 'alan@example.com');
  expect(good.map(({ line }) => line)).toEqual([2, 4]);
  expect(rejected).toEqual([{ line: 3, reason: 'the same address as line 2' }]);
});
