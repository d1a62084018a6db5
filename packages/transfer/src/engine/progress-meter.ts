/** How far a copy has come. */
export interface CopyProgress {
  readonly objectsDone: number;
  readonly objectsFailed: number;
  /** Objects found so far; all there are once `listed`. */
  readonly objectsFound: number;
  readonly bytesDone: number;
  readonly bytesFound: number;
  /** Whether the source was listed to its end, so that the found are the total. */
  readonly listed: boolean;
  /** Over about the last ten seconds. */
  readonly bytesPerSecond: number;
  readonly objectsPerSecond: number;
  /** Estimated from both rates. Absent until the total is known. */
  readonly remainingInSeconds?: number | undefined;
}

export type CopyProgressListener = (progress: CopyProgress) => void;

interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly objects: number;
}

const WINDOW_IN_MS = 10_000;

/** Counts what was found and done and tells a listener now and then. */
export class ProgressMeter {
  readonly #listener: CopyProgressListener | undefined;
  readonly #intervalInMs: number;
  readonly #now: () => number;
  readonly #samples: Sample[];
  #lastTold: number;
  #objectsDone = 0;
  #objectsFailed = 0;
  #objectsFound = 0;
  #bytesDone = 0;
  #bytesFound = 0;
  #listed = false;

  constructor(listener: CopyProgressListener | undefined, intervalInMs = 200, now: () => number = () => performance.now()) {
    this.#listener = listener;
    this.#intervalInMs = intervalInMs;
    this.#now = now;
    this.#lastTold = now();
    this.#samples = [{ at: this.#lastTold, bytes: 0, objects: 0 }];
  }

  found(sizeInBytes: number): void {
    this.#objectsFound++;
    this.#bytesFound += sizeInBytes;
  }

  allListed(): void {
    this.#listed = true;
  }

  moved(bytes: number): void {
    this.#bytesDone += bytes;
    this.#tell();
  }

  done(failed: boolean): void {
    this.#objectsDone++;
    if (failed) this.#objectsFailed++;
    this.#tell();
  }

  /** Tells the listener how it ended. */
  finish(): void {
    this.#listener?.(this.#progress());
  }

  #tell(): void {
    if (!this.#listener) return;
    const now = this.#now();
    if (now - this.#lastTold < this.#intervalInMs) return;
    this.#lastTold = now;
    this.#samples.push({ at: now, bytes: this.#bytesDone, objects: this.#objectsDone });
    while (this.#samples.length > 2 && now - (this.#samples[1]?.at ?? now) > WINDOW_IN_MS) this.#samples.shift();
    this.#listener(this.#progress());
  }

  #progress(): CopyProgress {
    const first = this.#samples[0] ?? { at: 0, bytes: 0, objects: 0 };
    const seconds = Math.max((this.#now() - first.at) / 1000, 0.001);
    const bytesPerSecond = (this.#bytesDone - first.bytes) / seconds;
    const objectsPerSecond = (this.#objectsDone - first.objects) / seconds;
    return {
      objectsDone: this.#objectsDone,
      objectsFailed: this.#objectsFailed,
      objectsFound: this.#objectsFound,
      bytesDone: this.#bytesDone,
      bytesFound: this.#bytesFound,
      listed: this.#listed,
      bytesPerSecond,
      objectsPerSecond,
      remainingInSeconds: this.#listed ? this.#remaining(bytesPerSecond, objectsPerSecond) : undefined,
    };
  }

  /** Many small objects are bound by their number, few large ones by their bytes: the slower of the two decides. */
  #remaining(bytesPerSecond: number, objectsPerSecond: number): number | undefined {
    const bytes = Math.max(0, this.#bytesFound - this.#bytesDone);
    const objects = Math.max(0, this.#objectsFound - this.#objectsDone);
    if ((bytes > 0 && bytesPerSecond === 0) || (objects > 0 && objectsPerSecond === 0 && bytes === 0)) return undefined;
    const byBytes = bytes === 0 ? 0 : bytes / bytesPerSecond;
    const byObjects = objects === 0 || objectsPerSecond === 0 ? 0 : objects / objectsPerSecond;
    return Math.max(byBytes, byObjects);
  }
}
