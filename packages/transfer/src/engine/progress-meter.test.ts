import { describe, expect, it } from 'vitest';
import { ProgressMeter, type CopyProgress } from './progress-meter.ts';

function meterAt(interval: number) {
  const seen: CopyProgress[] = [];
  const clock = { now: 0 };
  const meter = new ProgressMeter((progress) => seen.push(progress), interval, () => clock.now);
  return { meter, seen, clock };
}

describe('ProgressMeter', () => {
  it('tells at most once an interval', () => {
    const { meter, seen, clock } = meterAt(200);
    meter.found(1000);
    meter.moved(100);
    clock.now = 100;
    meter.moved(100);
    expect(seen).toHaveLength(0);
    clock.now = 250;
    meter.moved(100);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ bytesDone: 300, bytesFound: 1000, objectsFound: 1, listed: false });
  });

  it('estimates the rest from the rate once everything is listed', () => {
    const { meter, seen, clock } = meterAt(0);
    meter.found(1000);
    clock.now = 1000;
    meter.moved(250);
    expect(seen.at(-1)).toMatchObject({ bytesPerSecond: 250, remainingInSeconds: undefined });
    meter.allListed();
    meter.moved(0);
    expect(seen.at(-1)?.remainingInSeconds).toBeCloseTo(3);
  });

  it('measures the rate over the last ten seconds, not since the beginning', () => {
    const { meter, seen, clock } = meterAt(0);
    meter.found(1_000_000);
    for (let second = 1; second <= 30; second++) {
      clock.now = second * 1000;
      meter.moved(second <= 15 ? 10_000 : 100);
    }
    expect(seen.at(-1)?.bytesPerSecond).toBeLessThan(150);
  });

  it('is bound by the number of objects when they are small', () => {
    const { meter, seen, clock } = meterAt(0);
    for (let count = 0; count < 100; count++) meter.found(1);
    meter.allListed();
    clock.now = 1000;
    meter.moved(99);
    for (let count = 0; count < 10; count++) meter.done(count === 0);
    expect(seen.at(-1)).toMatchObject({ objectsDone: 10, objectsFailed: 1 });
    expect(seen.at(-1)?.remainingInSeconds).toBeCloseTo(9);
  });
});
