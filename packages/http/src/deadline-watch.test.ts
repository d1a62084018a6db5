import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeadlineWatch, type Watched } from './deadline-watch.ts';

class Probe implements Watched {
  deadline = Infinity;
  slot = -1;
  readonly #name: string;
  readonly #log: string[];

  constructor(name: string, log: string[]) {
    this.#name = name;
    this.#log = log;
  }

  expire(): void {
    this.#log.push(this.#name);
  }
}

let log: string[];
let watch: DeadlineWatch;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
  log = [];
  watch = new DeadlineWatch();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(name: string, timeInMs?: number): Probe {
  const probe = new Probe(name, log);
  watch.add(probe);
  if (timeInMs !== undefined) watch.expect(probe, timeInMs);
  return probe;
}

/** Lets time pass, and a millisecond more, in which fake immediates of its last moment run. */
function advance(timeInMs: number): void {
  vi.advanceTimersByTime(timeInMs + 1);
}

it('calls what missed its deadline, in the order of the deadlines', () => {
  watched('late', 300);
  watched('early', 100);
  advance(98);
  expect(log).toEqual([]);
  advance(1);
  expect(log).toEqual(['early']);
  advance(200);
  expect(log).toEqual(['early', 'late']);
});

it('calls nothing that made progress, is not expected any more, or was taken out', () => {
  const moving = watched('moving', 100);
  const idle = watched('idle', 100);
  const gone = watched('gone', 100);
  advance(60);
  watch.expect(moving, 100);
  idle.deadline = Infinity;
  watch.delete(gone);
  advance(98);
  expect(log).toEqual([]);
  advance(1);
  expect(log).toEqual(['moving']);
});

it('lets what came while the process was busy count before it calls anything late', () => {
  const probe = watched('probe', 100);
  // Input is read between timers and immediates; a timer that was set later, for the same time, comes in between as well.
  setTimeout(() => watch.expect(probe, 100), 100);
  advance(100);
  expect(log).toEqual([]);
});

it('calls each missed deadline once', () => {
  watched('one', 50);
  advance(1000);
  expect(log).toEqual(['one']);
});

it('uses one timer for any number of deadlines', () => {
  for (let count = 0; count < 100; count++) watched(String(count), 1000 + count);
  expect(vi.getTimerCount()).toBe(1);
});

it('has no timer when nothing is expected', () => {
  watch.delete(watched('one', 100));
  advance(100);
  expect(vi.getTimerCount()).toBe(0);
});

it('uses places again, and forgets what was taken out', () => {
  const first = watched('first');
  watch.delete(first);
  watch.delete(first);
  const second = watched('second');
  expect(second.slot).toBe(first.slot);
  watch.delete(first);
  expect(watch.watched).toEqual([second]);
});

it('takes waits longer than a timer can hold', () => {
  watched('far', 2 ** 40);
  advance(2 ** 31);
  expect(log).toEqual([]);
  expect(vi.getTimerCount()).toBe(1);
});
