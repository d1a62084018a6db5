import type { CopyObjectsOptions, CopyResult, CopyRun, CopyTotals, TransferItem, UncopyableItem } from '../copy-options.ts';
import type { TransferEnd } from '../transfer-end.ts';
import { Channel } from './channel.ts';
import { assertResumable, checkOptions, checkOverlap, checkTargetBucket } from './check-copy.ts';
import { ItemCopier } from './item-copier.ts';
import { listEnd } from './list-source.ts';
import { ProgressMeter } from './progress-meter.ts';

/** Items the listing may be ahead of the copying: enough to know soon how much there is, little enough to hold. */
const MAX_LISTED_AHEAD = 10_000;
const MAX_RESULTS_AHEAD = 256;

/**
 * Copies many objects at once between any two ends: buckets of any clients and local directories.
 *
 * An object that fails is a result like the others and stops none of them. Memory is bounded by `memoryInBytes` whatever the
 * sizes. Copies are made inside the service where both ends are the same client. Retries are the clients' own.
 *
 * The loop throws when the copy as a whole cannot go on: the source cannot be listed, the target bucket does not exist, the
 * signal aborts.
 *
 * @example
 * for await (const result of copyObjects(filesIn('./photos'), bucketOf(client, 'backup'))) {
 *   if (result.outcome === 'failed') console.error(result.source, result.error?.message);
 * }
 *
 * @throws {InvalidArgumentError} An option is wrong, or the target lies in the source.
 * @throws {UnsupportedOperationError} It is to be resumable and cannot be.
 */
export function copyObjects(source: TransferEnd, target: TransferEnd, options: CopyObjectsOptions = {}): CopyRun {
  checkOptions(options);
  checkOverlap(source, target, options);
  if (options.resume) assertResumable(source, target);
  return new Run(source, target, options);
}

class Run implements CopyRun {
  readonly #source: TransferEnd;
  readonly #target: TransferEnd;
  readonly #options: CopyObjectsOptions;
  readonly #totals = { copied: 0, skipped: 0, failed: 0, planned: 0, sizeInBytes: 0 };

  constructor(source: TransferEnd, target: TransferEnd, options: CopyObjectsOptions) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
  }

  get totals(): CopyTotals {
    return { ...this.#totals };
  }

  async finish(): Promise<CopyTotals & { failures: CopyResult[] }> {
    const failures: CopyResult[] = [];
    for await (const result of this) if (result.outcome === 'failed') failures.push(result);
    return { ...this.totals, failures };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CopyResult> {
    const stop = new AbortController();
    const abortSignal = this.#options.abortSignal ? AbortSignal.any([this.#options.abortSignal, stop.signal]) : stop.signal;
    const meter = new ProgressMeter(this.#options.onProgress, this.#options.progressIntervalInMs);
    const items = new Channel<TransferItem | UncopyableItem>(MAX_LISTED_AHEAD);
    const results = new Channel<CopyResult>(MAX_RESULTS_AHEAD);
    const work = this.#start(items, results, meter, abortSignal);
    try {
      for (let result = await results.take(); result; result = await results.take()) {
        this.#count(result);
        yield result;
        if (this.#options.failFast && result.error) throw result.error;
      }
    } finally {
      stop.abort(new Error('The copy was left before its end'));
      items.fail(abortSignal.reason);
      results.fail(abortSignal.reason);
      await work;
      meter.finish();
    }
  }

  /** Runs the listing and the workers; settles when all have stopped, and never rejects: failures end the result channel. */
  async #start(items: Channel<TransferItem | UncopyableItem>, results: Channel<CopyResult>, meter: ProgressMeter, abortSignal: AbortSignal): Promise<void> {
    const stopAll = (error: unknown): void => {
      items.fail(error);
      results.fail(error);
    };
    const onAbort = (): void => stopAll(abortSignal.reason);
    abortSignal.addEventListener('abort', onAbort, { once: true });
    try {
      abortSignal.throwIfAborted();
      const call = { abortSignal, timeoutInMs: this.#options.timeoutInMs };
      await checkTargetBucket(this.#target, call);
      const copier = new ItemCopier(this.#source, this.#target, this.#options, call, meter);
      const workers = Array.from({ length: this.#options.concurrency ?? 16 }, () => copyAll(items, results, copier, meter));
      await Promise.all([this.#list(items, meter, call).catch(stopAll), ...workers.map((worker) => worker.catch(stopAll))]);
      results.close();
    } catch (error) {
      stopAll(error);
    } finally {
      abortSignal.removeEventListener('abort', onAbort);
    }
  }

  async #list(items: Channel<TransferItem | UncopyableItem>, meter: ProgressMeter, call: { abortSignal: AbortSignal; timeoutInMs: number | undefined }): Promise<void> {
    const { filter } = this.#options;
    for await (const item of this.#options.items ?? listEnd(this.#source, call)) {
      if (filter && !filter(item.key)) continue;
      meter.found('sizeInBytes' in item ? item.sizeInBytes : 0);
      await items.put(item);
    }
    meter.allListed();
    items.close();
  }

  #count(result: CopyResult): void {
    this.#totals[result.outcome]++;
    if (result.outcome === 'copied' || result.outcome === 'planned') this.#totals.sizeInBytes += result.sizeInBytes;
  }
}

async function copyAll(items: Channel<TransferItem | UncopyableItem>, results: Channel<CopyResult>, copier: ItemCopier, meter: ProgressMeter): Promise<void> {
  for (let item = await items.take(); item; item = await items.take()) {
    const result = await copier.copy(item);
    meter.done(result.outcome === 'failed');
    await results.put(result);
  }
}
