/**
 * A bounded queue between tasks: whoever adds waits while it is full, whoever takes waits while it is empty.
 * The first to fail it ends it for everybody.
 */
export class Channel<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];
  #head = 0;
  #takers: (() => void)[] = [];
  #givers: (() => void)[] = [];
  #closed = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Resolves once there is room. @throws What the channel was failed with. */
  async put(item: T): Promise<void> {
    while (this.#failure === undefined && this.#size() >= this.#capacity) await new Promise<void>((resolve) => this.#givers.push(resolve));
    if (this.#failure) throw this.#failure.error;
    this.#items.push(item);
    this.#takers.shift()?.();
  }

  /** The next item, or `undefined` when the channel is closed and empty. @throws What the channel was failed with. */
  async take(): Promise<T | undefined> {
    while (this.#size() === 0) {
      if (this.#failure) throw this.#failure.error;
      if (this.#closed) return undefined;
      await new Promise<void>((resolve) => this.#takers.push(resolve));
    }
    const item = this.#items[this.#head++];
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) this.#compact();
    this.#givers.shift()?.();
    return item;
  }

  /** Nothing more will come; what is queued is still handed out. */
  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  /** Ends it with an error, after what is queued was handed out. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wakeAll();
  }

  #size(): number {
    return this.#items.length - this.#head;
  }

  #compact(): void {
    this.#items.splice(0, this.#head);
    this.#head = 0;
  }

  #wakeAll(): void {
    for (const wake of [...this.#takers, ...this.#givers]) wake();
    this.#takers = [];
    this.#givers = [];
  }
}
