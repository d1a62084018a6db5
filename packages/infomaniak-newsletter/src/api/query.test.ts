import { expect, it } from 'vitest';
import { commaList, toQuery } from './query.ts';

const decoded = (parameters: Record<string, unknown>) => decodeURIComponent(toQuery(parameters));

it('is nothing without parameters', () => {
  expect(toQuery({})).toBe('');
  expect(toQuery({ with: undefined, filter: { search: undefined }, other: null })).toBe('');
});

it('writes members and lists in brackets, times in seconds and names in snake case', () => {
  expect(decoded({ perPage: 5, dateFrom: new Date(60_000), filter: { search: 'x', status: ['a', 'b'], deep: { isTrue: false } } })).toBe(
    '?per_page=5&date_from=60&filter[search]=x&filter[status][]=a&filter[status][]=b&filter[deep][is_true]=false',
  );
});

it('encodes what would be read as something else', () => {
  expect(toQuery({ filter: { search: 'a&b=c+d é' } })).toBe('?filter%5Bsearch%5D=a%26b%3Dc%2Bd+%C3%A9');
});

it('joins lists that the service wants with commas', () => {
  expect(commaList(['a', 'b'])).toBe('a,b');
  expect(commaList('a')).toBe('a');
  expect(commaList([])).toBeUndefined();
  expect(commaList(undefined)).toBeUndefined();
});
