import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { DEFAULT_RATES } from './default-rates.ts';
import { sharedRateLimiter } from './shared-limiters.ts';

const { read } = DEFAULT_RATES.coda;

it('is one limiter for each scope, secret, limit and clock', () => {
  const clock = new FakeClock();
  const limiter = sharedRateLimiter('coda read', 'token', read, clock);
  expect(sharedRateLimiter('coda read', 'token', { ...read }, clock)).toBe(limiter);
  expect(sharedRateLimiter('coda write', 'token', read, clock)).not.toBe(limiter);
  expect(sharedRateLimiter('coda read', 'other', read, clock)).not.toBe(limiter);
  expect(sharedRateLimiter('coda read', 'token', { ...read, calls: 1 }, clock)).not.toBe(limiter);
  expect(sharedRateLimiter('coda read', 'token', read, new FakeClock())).not.toBe(limiter);
});

it('belongs to the system clock by default', () => {
  expect(sharedRateLimiter('coda read', 'token', read)).toBe(sharedRateLimiter('coda read', 'token', read));
});
