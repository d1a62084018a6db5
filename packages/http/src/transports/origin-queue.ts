/** Lets so many requests to one origin run at once; the others wait in the order they came. */
export class OriginQueue {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Calls `start` now or when there is a place. Each start must be followed by one {@link leave}. */
  enter(start: () => void): void {
    if (this.#running < this.#limit) this.#run(start);
    else this.#waiting.push(start);
  }

  /** Gives the place to the next, once the connection that has just been used is free for it. */
  leave(): void {
    this.#running -= 1;
    if (this.#waiting.length > 0) setImmediate(() => this.#next());
  }

  #next(): void {
    const start = this.#running < this.#limit ? this.#waiting.shift() : undefined;
    if (start) this.#run(start);
  }

  #run(start: () => void): void {
    this.#running += 1;
    start();
  }
}
