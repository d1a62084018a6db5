/** Bytes that may be held at once, handed out in the order they were asked for: a large object is never starved by small ones. */
export class MemoryBudget {
  readonly #totalInBytes: number;
  readonly #waiting: { readonly bytes: number; readonly grant: () => void }[] = [];
  #freeInBytes: number;

  constructor(totalInBytes: number) {
    this.#totalInBytes = totalInBytes;
    this.#freeInBytes = totalInBytes;
  }

  /** Waits for the bytes (at most the whole budget), runs the task and gives them back. */
  async spend<T>(bytes: number, task: () => Promise<T>): Promise<T> {
    const held = Math.min(bytes, this.#totalInBytes);
    if (this.#waiting.length > 0 || held > this.#freeInBytes) {
      await new Promise<void>((grant) => this.#waiting.push({ bytes: held, grant }));
    } else {
      this.#freeInBytes -= held;
    }
    try {
      return await task();
    } finally {
      this.#freeInBytes += held;
      this.#grantWaiting();
    }
  }

  #grantWaiting(): void {
    for (let next = this.#waiting[0]; next && next.bytes <= this.#freeInBytes; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#freeInBytes -= next.bytes;
      next.grant();
    }
  }
}
