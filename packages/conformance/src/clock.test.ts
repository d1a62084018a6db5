import { describe, expect, it } from 'vitest';
import { createFakeClock, createSkippingClock } from './clock.ts';

describe('createFakeClock', () => {
  it('wakes sleepers in order, each at its time', async () => {
    const clock = createFakeClock(1000);
    const woken: [string, number][] = [];
    const sleep = async (name: string, time: number) => {
      await clock.sleep(time);
      woken.push([name, clock.now()]);
    };
    const all = [sleep('late', 50), sleep('early', 20), sleep('never', 500)];
    await clock.advance(100);
    expect(woken).toEqual([
      ['early', 1020],
      ['late', 1050],
    ]);
    expect(clock.now()).toBe(1100);
    expect(clock.sleeps).toEqual([50, 20, 500]);
    await clock.advance(1000);
    await Promise.all(all);
  });

  it('wakes who falls asleep again within one advance', async () => {
    const clock = createFakeClock(0);
    let naps = 0;
    const napping = (async () => {
      for (; naps < 3; naps += 1) await clock.sleep(10);
    })();
    await clock.advance(30);
    await napping;
    expect(naps).toBe(3);
  });

  it('ends a sleep with the reason of the signal', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const asleep = clock.sleep(10, controller.signal);
    controller.abort('enough');
    await expect(asleep).rejects.toBe('enough');
    await expect(clock.sleep(10, controller.signal)).rejects.toBe('enough');
  });
});

describe('createSkippingClock', () => {
  it('jumps ahead instead of sleeping', async () => {
    const clock = createSkippingClock(-3_600_000);
    const before = clock.now();
    expect(before).toBeLessThan(Date.now() - 3_500_000);
    await clock.sleep(60_000);
    expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect(clock.sleeps).toEqual([60_000]);
    await expect(clock.sleep(1, AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
