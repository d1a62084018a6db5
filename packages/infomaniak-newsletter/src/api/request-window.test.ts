import type { Clock } from '@cmx/cloud-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RequestWindow, sharedWindow } from './request-window.ts';

/** Time moves only when it is told to; a sleep ends at once. */
function handClock(): Clock & { time: number } {
  return {
    time: 0,
    now() {
      return this.time;
    },
    sleep: async () => undefined,
  };
}

it('never lets more through in any stretch of its length', async () => {
  const gaps = fc.array(fc.nat(30_000), { minLength: 20, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(gaps, async (waits) => {
      const clock = handClock();
      const window = new RequestWindow({ calls: 10, perMs: 60_000 }, clock);
      const starts: number[] = [];
      for (const wait of waits) {
        clock.time += wait;
        starts.push(clock.time + (await window.acquire()));
      }
      for (let index = 10; index < starts.length; index++) expect(starts[index]! - starts[index - 10]!).toBeGreaterThanOrEqual(60_000);
    }),
  );
});

it('lets a burst through without waiting', () => {
  const window = new RequestWindow({ calls: 3, perMs: 1_000 }, handClock());
  expect([window.acquire(), window.acquire(), window.acquire()]).toEqual([0, 0, 0]);
  expect(window.acquire()).toBeInstanceOf(Promise);
});

it('lets nobody through until a penalty is over', async () => {
  const clock = handClock();
  const window = new RequestWindow({ calls: 3, perMs: 1_000 }, clock);
  window.penalize(5_000);
  window.penalize(1_000);
  expect(await window.acquire()).toBe(5_000);
  clock.time = 5_000;
  expect(window.acquire()).toBe(0);
});

it('is shared by token, server, limit and clock', () => {
  const clock = handClock();
  const limit = { calls: 60, perMs: 60_000 };
  const one = sharedWindow(limit, clock, 'https://a.example', 'token');
  expect(sharedWindow(limit, clock, 'https://a.example', 'token')).toBe(one);
  expect(sharedWindow(limit, clock, 'https://a.example', 'other')).not.toBe(one);
  expect(sharedWindow(limit, clock, 'https://b.example', 'token')).not.toBe(one);
  expect(sharedWindow({ ...limit, calls: 30 }, clock, 'https://a.example', 'token')).not.toBe(one);
  expect(sharedWindow(limit, handClock(), 'https://a.example', 'token')).not.toBe(one);
});
