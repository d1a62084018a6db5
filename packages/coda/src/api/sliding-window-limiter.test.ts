import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../test/service/virtual-clock.ts';
import { limitersOf } from './rate-limits.ts';
import { SlidingWindowLimiter } from './sliding-window-limiter.ts';

async function startsOf(limiter: SlidingWindowLimiter, clock: VirtualClock, calls: number): Promise<number[]> {
  const begin = clock.now();
  return Promise.all(
    Array.from({ length: calls }, async () => {
      await limiter.acquire();
      return clock.now() - begin;
    }),
  );
}

describe('a sliding window', () => {
  it('lets a burst through at once and never more than its calls in any window', async () => {
    const clock = new VirtualClock();
    const starts = await startsOf(new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock), clock, 12);
    expect(starts).toEqual([0, 0, 0, 0, 0, 10_200, 10_200, 10_200, 10_200, 10_200, 20_400, 20_400]);
  });

  it('holds everybody back after a 429, shrinks, and grows again after ten quiet minutes', async () => {
    const clock = new VirtualClock();
    const limiter = new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock);
    await startsOf(limiter, clock, 5);
    limiter.penalize(10_000);
    limiter.penalize(10_000); // the second of two that were under way together
    expect(await startsOf(limiter, clock, 4)).toEqual([10_200, 10_200, 10_200, 20_400]);
    clock.skip(700_000);
    expect(await startsOf(limiter, clock, 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits twice as long for each further 429, two minutes at most', async () => {
    const clock = new VirtualClock();
    const limiter = new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock);
    const waits: number[] = [];
    for (let round = 0; round < 5; round++) {
      limiter.penalize(10_000);
      waits.push((await startsOf(limiter, clock, 1))[0]!);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 120_000]);
  });

  it('goes on with the next when one gives up waiting', async () => {
    const clock = new VirtualClock();
    const limiter = new SlidingWindowLimiter({ calls: 1, perMs: 1_000 }, clock);
    await limiter.acquire();
    const controller = new AbortController();
    const given = Promise.resolve(limiter.acquire(controller.signal));
    const next = Promise.resolve(limiter.acquire());
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    expect(await next).toBeGreaterThan(0);
  });

  it('is one for all who have the same token, limits and clock', () => {
    const clock = new VirtualClock();
    const { reads } = limitersOf('a', undefined, clock);
    expect(limitersOf('a', undefined, clock).reads).toBe(reads);
    expect(limitersOf('b', undefined, clock).reads).not.toBe(reads);
    expect(limitersOf('a', undefined, new VirtualClock()).reads).not.toBe(reads);
    expect(limitersOf('a', undefined, clock).writes).not.toBe(reads);
  });
});
