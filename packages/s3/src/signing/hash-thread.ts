import type { Worker, WorkerOptions } from 'node:worker_threads';

type Threads = typeof import('node:worker_threads');

export interface HashThreadOptions {
  /** Hashes on this thread what the other one leaves undone. Lower-case hexadecimal. */
  readonly hashHere: (bytes: Uint8Array) => string | Promise<string>;
  /** Told once, when the thread is no more: it had nothing to do for a while, or it failed. */
  readonly onEnd?: ((reason: 'idle' | 'failed') => void) | undefined;
  /** Milliseconds without work after which the thread ends. Default 5,000. */
  readonly idleTimeoutInMs?: number | undefined;
  /** Default: Node's own. */
  readonly threads?: Pick<Threads, 'Worker'> | undefined;
}

/** One payload on its way through the thread. */
interface Job {
  readonly bytes: Uint8Array;
  copiedBytes: number;
  readonly resolve: (digest: string | Promise<string>) => void;
}

/** What the thread is told: a slot holds this many bytes, and whether the payload ends there. */
type Piece = [slot: number, sizeInBytes: number, isLast: boolean];
/** What it answers: the slot is free, and the digest after a last piece. */
type Answer = [slot: number, digest?: string];

/** Small enough to stay in the cache between the copy here and the hash there, large enough to be worth a message. */
const SLOT_BYTES = 1024 * 1024;
/** So many that the thread has work while this one is busy with sockets. */
const SLOTS = 4;

/**
 * A thread that hashes with SHA-256, in the order it is asked to. Payloads are copied through a few megabytes of shared memory,
 * so that nothing of the caller's is given away and nothing but small messages crosses. It never keeps a program alive that
 * waits for nothing; when it fails, what was left undone is hashed on this thread.
 */
export class HashThread {
  readonly #options: HashThreadOptions;
  readonly #worker: Worker;
  readonly #slots: readonly Uint8Array[];
  readonly #free: number[];
  readonly #waiting: Job[] = [];
  /** Copied whole, digest to come. */
  readonly #hashing: Job[] = [];
  #isReady = false;
  #isEnded = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** @returns `undefined` where there are no threads, no second core, or no permission to start one. */
  static start(options: HashThreadOptions): HashThread | undefined {
    const node = globalThis.process as typeof process | undefined;
    if (node === undefined || node.getBuiltinModule('node:os').availableParallelism() < 2) return undefined;
    try {
      return new HashThread(options.threads ?? node.getBuiltinModule('node:worker_threads'), options);
    } catch {
      // Node's permission model, or a runtime that only looks like Node.
      return undefined;
    }
  }

  private constructor({ Worker }: Pick<Threads, 'Worker'>, options: HashThreadOptions) {
    this.#options = options;
    const memory = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(SLOT_BYTES));
    this.#slots = memory.map((slot) => new Uint8Array(slot));
    this.#free = Array.from(memory.keys());
    this.#worker = new Worker(PROGRAM, { ...WORKER_OPTIONS, workerData: memory });
    this.#worker.once('online', () => (this.#isReady = true));
    this.#worker.on('message', (answer: Answer) => this.#take(answer));
    this.#worker.once('error', () => this.#end('failed'));
    this.#worker.once('exit', () => this.#end('failed'));
    this.#rest();
  }

  /** Whether it runs: it takes some 40 ms to start. */
  get isReady(): boolean {
    return this.#isReady && !this.#isEnded;
  }

  /** Lower-case hexadecimal. The bytes must stay as they are until then. */
  hash(bytes: Uint8Array): Promise<string> {
    return new Promise((resolve) => {
      const job = { bytes, copiedBytes: 0, resolve };
      if (this.#isEnded) return resolve(this.#options.hashHere(bytes));
      if (this.#isIdle) this.#work();
      this.#waiting.push(job);
      this.#feed();
    });
  }

  /** Ends the thread at once. Payloads it has not hashed are hashed here. */
  close(): void {
    this.#end(undefined);
  }

  get #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#hashing.length === 0;
  }

  /** Copies as much of the payloads as there is room for. */
  #feed(): void {
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      const slot = this.#free.pop();
      if (slot === undefined) return;
      const piece = job.bytes.subarray(job.copiedBytes, job.copiedBytes + SLOT_BYTES);
      this.#slots[slot]?.set(piece);
      job.copiedBytes += piece.length;
      const isLast = job.copiedBytes === job.bytes.length;
      if (isLast) {
        this.#waiting.shift();
        this.#hashing.push(job);
      }
      this.#worker.postMessage([slot, piece.length, isLast] satisfies Piece);
    }
  }

  #take([slot, digest]: Answer): void {
    if (this.#isEnded) return;
    this.#free.push(slot);
    this.#feed();
    if (digest === undefined) return;
    this.#hashing.shift()?.resolve(digest);
    if (this.#isIdle) this.#rest();
  }

  /** A payload is waited for: the program must live on until it is hashed. */
  #work(): void {
    clearTimeout(this.#idle);
    this.#worker.ref();
  }

  #rest(): void {
    this.#worker.unref();
    this.#idle = setTimeout(() => this.#end('idle'), this.#options.idleTimeoutInMs ?? 5000);
    this.#idle.unref();
  }

  #end(reason: 'idle' | 'failed' | undefined): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#idle);
    void this.#worker.terminate();
    if (reason) this.#options.onEnd?.(reason);
    for (const { bytes, resolve } of [...this.#hashing, ...this.#waiting]) resolve(this.#options.hashHere(bytes));
  }
}

/** What runs on the thread. A text, because a file beside this one would get lost in bundles. */
const PROGRAM = `
const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
const { createHash } = process.getBuiltinModule('node:crypto');
const slots = workerData.map((memory) => new Uint8Array(memory));
let hash;
parentPort.on('message', ([slot, sizeInBytes, isLast]) => {
  hash ??= createHash('sha256');
  hash.update(slots[slot].subarray(0, sizeInBytes));
  parentPort.postMessage(isLast ? [slot, hash.digest('hex')] : [slot]);
  if (isLast) hash = undefined;
});
`;

/** Nothing of the program's own set-up (preloaded modules, environment with its secrets) is for this thread. */
const WORKER_OPTIONS: WorkerOptions = {
  eval: true,
  name: 'cmx-sha256',
  execArgv: [],
  env: {},
  resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
};
