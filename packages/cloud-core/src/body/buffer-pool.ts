/** A number of places, given out in the order they were asked for. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  take(): Promise<void> | void {
    if (this.#free > 0) this.#free -= 1;
    else return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/** A fixed number of buffers that go round. They are made when first needed and never given up while they fit. */
export class BufferPool {
  readonly #slots: Slots;
  readonly #free: Uint8Array[] = [];
  readonly #make: (sizeInBytes: number) => Uint8Array;

  constructor(count: number, make: (sizeInBytes: number) => Uint8Array = ordinaryMemory) {
    this.#slots = new Slots(count);
    this.#make = make;
  }

  /** Waits for a buffer of at least this size; its content is whatever it was. `own` joins the pool instead of a new one. */
  async take(sizeInBytes: number, own?: Uint8Array): Promise<Uint8Array> {
    await this.#slots.take();
    if (own) return own;
    const buffer = this.#free.pop();
    return buffer && buffer.length >= sizeInBytes ? buffer : this.#make(sizeInBytes);
  }

  give(buffer: Uint8Array): void {
    this.#free.push(buffer);
    this.#slots.give();
  }
}

export function ordinaryMemory(sizeInBytes: number): Uint8Array {
  return new Uint8Array(sizeInBytes);
}
