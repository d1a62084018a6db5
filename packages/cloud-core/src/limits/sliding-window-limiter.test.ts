import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../test/fake-clock.ts';
import { SlidingWindowLimiter } from './sliding-window-limiter.ts';

/** Asks for so many places now. @returns When each was given, in milliseconds from now; filled as time passes. */
function ask(limiter: SlidingWindowLimiter, clock: FakeClock, calls: number): number[] {
  const begin = clock.now();
  const starts: number[] = [];
  for (let call = 0; call < calls; call++) void Promise.resolve(limiter.acquire()).then(() => starts.push(clock.now() - begin));
  return starts;
}

describe('SlidingWindowLimiter', () => {
  it('lets a burst through at once, then as much as the window frees', async () => {
    const clock = new FakeClock();
    const starts = ask(new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock), clock, 12);
    await clock.advance(30_000);
    expect(starts).toEqual([0, 0, 0, 0, 0, 10_200, 10_200, 10_200, 10_200, 10_200, 20_400, 20_400]);
  });

  it('never lets more through in any window, whatever the pattern', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 40 }), async (pauses) => {
        const clock = new FakeClock();
        const limiter = new SlidingWindowLimiter({ calls: 3, perMs: 1000 }, clock);
        const starts: number[] = [];
        for (const pause of pauses) {
          void Promise.resolve(limiter.acquire()).then(() => starts.push(clock.now()));
          await clock.advance(pause);
        }
        await clock.advance(20_000);
        expect(starts).toHaveLength(pauses.length);
        for (const [index, start] of starts.entries()) expect(start - (starts[index - 3] ?? -Infinity)).toBeGreaterThan(1000);
      }),
      { numRuns: 30 },
    );
  });

  it('gives back the place of an aborted call at once, and leaves no timer', async () => {
    const clock = new FakeClock();
    const limiter = new SlidingWindowLimiter({ calls: 1, perMs: 1000 }, clock);
    await limiter.acquire();
    const controller = new AbortController();
    const aborted = Array.from({ length: 5 }, () => Promise.resolve(limiter.acquire(controller.signal)));
    const next = Promise.resolve(limiter.acquire());
    controller.abort(new Error('enough'));
    for (const each of aborted) await expect(each).rejects.toThrow('enough');
    expect(clock.now()).toBe(1_000_000);
    await clock.advance(1200);
    expect(await next).toBe(1200);
    const last = new AbortController();
    const waiting = Promise.resolve(limiter.acquire(last.signal));
    last.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await settle();
    expect(clock.sleeping).toBe(0);
  });

  it('holds everybody back after a 429, shrinks, and grows again after ten quiet minutes', async () => {
    const clock = new FakeClock();
    const limiter = new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock);
    ask(limiter, clock, 5);
    limiter.penalize(10_000);
    limiter.penalize(10_000); // the second of two that were under way together
    const shrunk = ask(limiter, clock, 4);
    await clock.advance(30_000);
    expect(shrunk).toEqual([10_200, 10_200, 10_200, 20_400]);
    await clock.advance(700_000);
    const grown = ask(limiter, clock, 5);
    await settle();
    expect(grown).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits as long as the longest of several 429 says', async () => {
    const clock = new FakeClock();
    const limiter = new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock);
    limiter.penalize(1000);
    limiter.penalize(5000);
    limiter.penalize(2000);
    const starts = ask(limiter, clock, 1);
    await clock.advance(10_000);
    expect(starts).toEqual([5000]);
  });

  it('waits twice as long for each further 429, two minutes at most unless the service says longer', async () => {
    const clock = new FakeClock();
    const limiter = new SlidingWindowLimiter({ calls: 5, perMs: 10_000 }, clock);
    const waits: (number | undefined)[] = [];
    for (const waitInMs of [10_000, 10_000, 10_000, 10_000, 10_000, 300_000]) {
      limiter.penalize(waitInMs);
      const starts = ask(limiter, clock, 1);
      while (starts.length === 0) await clock.advance(1000);
      waits.push(starts[0]);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 300_000]);
  });
});
