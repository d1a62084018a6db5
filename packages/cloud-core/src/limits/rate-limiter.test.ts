import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../test/fake-clock.ts';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  it('lets a burst through, then keeps the rate, in order', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ calls: 5, perMs: 1000 }, clock);
    const begin = clock.now();
    const starts: [number, number][] = [];
    for (let call = 0; call < 9; call++) void Promise.resolve(limiter.acquire()).then(() => starts.push([call, clock.now() - begin]));
    await clock.advance(2000);
    expect(starts).toEqual([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 200], [6, 400], [7, 600], [8, 800]]);
  });

  it('takes as many tokens as time has brought, whatever the pattern', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 20 }), async (burst, pauses) => {
        const clock = new FakeClock();
        const limiter = new RateLimiter({ calls: 10, perMs: 1000, burst }, clock);
        const starts: number[] = [];
        for (const pause of pauses) {
          void Promise.resolve(limiter.acquire()).then(() => starts.push(clock.now()));
          await clock.advance(pause);
        }
        await clock.advance(5000);
        expect(starts).toHaveLength(pauses.length);
        for (const [index, start] of starts.entries()) {
          const inWindow = starts.slice(0, index + 1).filter((other) => other > start - 1000).length;
          expect(inWindow).toBeLessThanOrEqual(10 + burst);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives the place of an aborted call to the next, and leaves no timer', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ calls: 1, perMs: 1000 }, clock);
    await limiter.acquire();
    const controller = new AbortController();
    const aborted = Promise.resolve(limiter.acquire(controller.signal));
    const next = Promise.resolve(limiter.acquire());
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await clock.advance(1000);
    expect(await next).toBe(1000);
    const last = Promise.resolve(limiter.acquire(AbortSignal.timeout(1)));
    await expect(last).rejects.toThrow();
    await settle();
    expect(clock.sleeping).toBe(0);
  });

  it('goes on serving when the last of the queue left while the first slept', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ calls: 1, perMs: 1000 }, clock);
    await limiter.acquire();
    const controller = new AbortController();
    const aborted = Promise.resolve(limiter.acquire(controller.signal)).catch(() => undefined);
    controller.abort();
    const next = Promise.resolve(limiter.acquire());
    await aborted;
    await clock.advance(1000);
    expect(await next).toBe(1000);
  });

  it('holds everybody back after a 429, and has no burst afterwards', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ calls: 10, perMs: 1000 }, clock);
    limiter.penalize(5000);
    const begin = clock.now();
    const starts: number[] = [];
    for (let call = 0; call < 3; call++) void Promise.resolve(limiter.acquire()).then(() => starts.push(clock.now() - begin));
    await clock.advance(6000);
    expect(starts).toEqual([5000, 5100, 5200]);
  });

  it('rejects at once when aborted before it would wait', async () => {
    const limiter = new RateLimiter({ calls: 1, perMs: 1000 }, new FakeClock());
    await limiter.acquire();
    await expect(limiter.acquire(AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
  });
});
