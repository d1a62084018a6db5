import { expect, it } from 'vitest';
import { RecordHeaders } from '../response-headers.ts';
import { retryAfterInMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const later = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

it.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '' }, undefined],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 1.5 ' }, 1500],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '99999999999' }, 99_999_999_999_000],
  [{ 'retry-after': later(30) }, 30_000],
  [{ 'retry-after': later(-30) }, 0],
  [{ 'retry-after': later(3630), date: later(3600) }, 30_000],
  [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
  [{ 'x-ms-retry-after-ms': '300' }, 300],
  [{ 'retry-after-ms': 'x', 'retry-after': '2' }, 2000],
])('%j asks for %s ms', (headers, expected) => {
  expect(retryAfterInMs(new RecordHeaders(headers), NOW)).toBe(expected);
});
