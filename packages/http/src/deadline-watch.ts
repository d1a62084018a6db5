import { afterPendingInput } from './after-pending-input.ts';

/** Something that must make progress before its deadline. */
export interface Watched {
  /** In the time of {@link DeadlineWatch.now}; `Infinity` while nothing is awaited. Set by the watch. */
  deadline: number;
  /** Its place in the watch. Set by the watch. */
  slot: number;
  /** Called once the deadline has passed. */
  expire(): void;
}

const LONGEST_TIMER_IN_MS = 2 ** 31 - 1;

/**
 * All deadlines of a transport on one timer. Moving a deadline is an assignment: the timer is touched only when a deadline comes
 * before the moment it is set to, which with steady traffic happens about once per idle timeout. It never keeps a process alive.
 */
export class DeadlineWatch<Item extends Watched = Watched> {
  /** Slots are used again, so that steady traffic leaves nothing to collect: a `Set` costs several times as much. */
  readonly #slots: (Item | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakesAt = Infinity;

  /** Milliseconds of a clock that never jumps. */
  now(): number {
    return performance.now();
  }

  /** What is being watched. */
  get watched(): readonly Item[] {
    return this.#slots.filter((watched) => watched !== undefined);
  }

  add(watched: Item): void {
    watched.slot = this.#freeSlots.pop() ?? this.#slots.length;
    this.#slots[watched.slot] = watched;
  }

  /** Takes it out; it must be in. */
  delete(watched: Item): void {
    if (this.#slots[watched.slot] !== watched) return;
    this.#slots[watched.slot] = undefined;
    this.#freeSlots.push(watched.slot);
  }

  /** Expects progress within the time; replaces the deadline there was. */
  expect(watched: Item, timeInMs: number): void {
    const deadline = this.now() + timeInMs;
    watched.deadline = deadline;
    if (deadline < this.#wakesAt) this.#wakeAt(deadline);
  }

  #wakeAt(deadline: number): void {
    clearTimeout(this.#timer);
    this.#wakesAt = deadline;
    const delay = Math.min(Math.max(1, Math.ceil(deadline - this.now())), LONGEST_TIMER_IN_MS);
    // A process that was busy, or asleep, finds its timers due before it has read what came: what has come must not be called late.
    const timer: { unref?: () => void } | number = (this.#timer = setTimeout(() => afterPendingInput(() => this.#wake()), delay));
    if (typeof timer === 'object') timer.unref?.();
  }

  #wake(): void {
    this.#wakesAt = Infinity;
    const now = this.now();
    let next = Infinity;
    for (const watched of this.watched) {
      if (watched.deadline <= now) {
        watched.deadline = Infinity;
        watched.expire();
      } else if (watched.deadline < next) next = watched.deadline;
    }
    if (next < this.#wakesAt) this.#wakeAt(next);
  }
}
