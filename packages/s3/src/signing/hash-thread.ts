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

/** Bytes that two threads can see. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/** One payload that the thread was given. */
interface Job {
  readonly bytes: SharedBytes;
  readonly resolve: (digest: string | Promise<string>) => void;
}

/**
 * A thread that hashes with SHA-256, in the order it is asked to. The bytes lie in shared memory: nothing but small messages
 * crosses. It never keeps a program alive that waits for nothing; when it fails, what was left undone is hashed on this thread.
 */
export class HashThread {
  readonly #options: HashThreadOptions;
  readonly #worker: Worker;
  readonly #jobs: Job[] = [];
  #isReady = false;
  #isEnded = false;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** @returns `undefined` where no thread may be started. */
  static start(options: HashThreadOptions): HashThread | undefined {
    try {
      return new HashThread(options.threads ?? process.getBuiltinModule('node:worker_threads'), options);
    } catch {
      // Node's permission model, or a runtime that only looks like Node.
      return undefined;
    }
  }

  private constructor({ Worker }: Pick<Threads, 'Worker'>, options: HashThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(PROGRAM, WORKER_OPTIONS);
    this.#worker.once('online', () => (this.#isReady = true));
    this.#worker.on('message', (digest: string) => this.#answer(digest));
    this.#worker.once('error', () => this.#end('failed'));
    this.#worker.once('exit', () => this.#end('failed'));
    this.#rest();
  }

  /** Whether it runs: it takes some 40 ms to start. */
  get isReady(): boolean {
    return this.#isReady && !this.#isEnded;
  }

  /** Lower-case hexadecimal. The bytes must stay as they are until then. */
  hash(bytes: SharedBytes): Promise<string> {
    if (this.#isEnded) return Promise.resolve(this.#options.hashHere(bytes));
    if (this.#jobs.length === 0) this.#work();
    return new Promise((resolve) => {
      this.#jobs.push({ bytes, resolve });
      this.#worker.postMessage(bytes);
    });
  }

  /** Ends the thread at once. Payloads it has not hashed are hashed here. */
  close(): void {
    this.#end(undefined);
  }

  #answer(digest: string): void {
    if (this.#isEnded) return;
    this.#jobs.shift()?.resolve(digest);
    if (this.#jobs.length === 0) this.#rest();
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
    for (const { bytes, resolve } of this.#jobs) resolve(this.#options.hashHere(bytes));
  }
}

/** What runs on the thread. A text, because a file beside this one would get lost in bundles. */
const PROGRAM = `
const { parentPort } = process.getBuiltinModule('node:worker_threads');
const { createHash } = process.getBuiltinModule('node:crypto');
parentPort.on('message', (bytes) => parentPort.postMessage(createHash('sha256').update(bytes).digest('hex')));
`;

/** Nothing of the program's own set-up (preloaded modules, environment with its secrets) is for this thread. */
const WORKER_OPTIONS: WorkerOptions = {
  eval: true,
  name: 'cmx-sha256',
  execArgv: [],
  env: {},
  resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
};
