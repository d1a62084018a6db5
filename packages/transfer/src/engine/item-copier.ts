import { AlreadyExistsError, CloudError, withErrorFields, type CallOptions } from '@cmx/cloud-core';
import type { CopyObjectsOptions, CopyResult, TransferItem, UncopyableItem } from '../copy-options.ts';
import { expectSafeKey } from '../files/safe-path.ts';
import { bucketToBucket } from '../pairs/bucket-to-bucket.ts';
import { bucketToFiles } from '../pairs/bucket-to-files.ts';
import type { CopyJob, CopyPair } from '../pairs/copy-job.ts';
import { filesToBucket } from '../pairs/files-to-bucket.ts';
import { filesToFiles } from '../pairs/files-to-files.ts';
import type { TransferEnd } from '../transfer-end.ts';
import { canCreateOnly, existsAtTarget, isAlreadyThere } from './existing-target.ts';
import { MemoryBudget } from './memory-budget.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { removeSource } from './remove-source.ts';

const MEBIBYTE = 1024 * 1024;
const MAX_PART_CONCURRENCY = 4;
/** What one object costs besides its body: requests, handles, results. */
const OVERHEAD_IN_BYTES = 16 * 1024;

/** Copies single items within the limits that all of them share. */
export class ItemCopier {
  readonly #source: TransferEnd;
  readonly #target: TransferEnd;
  readonly #options: CopyObjectsOptions;
  readonly #call: CallOptions;
  readonly #meter: ProgressMeter;
  readonly #pair: CopyPair;
  readonly #memory: MemoryBudget;
  readonly #partSizeInBytes: number;
  readonly #partConcurrency: number;

  constructor(source: TransferEnd, target: TransferEnd, options: CopyObjectsOptions, call: CallOptions, meter: ProgressMeter) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#call = call;
    this.#meter = meter;
    this.#pair = pairOf(source, target);
    this.#partSizeInBytes = options.partSizeInBytes ?? 8 * MEBIBYTE;
    const memoryInBytes = Math.max(options.memoryInBytes ?? 128 * MEBIBYTE, 2 * this.#partSizeInBytes);
    this.#memory = new MemoryBudget(memoryInBytes);
    this.#partConcurrency = Math.min(MAX_PART_CONCURRENCY, Math.floor(memoryInBytes / this.#partSizeInBytes) - 1);
  }

  /** What became of the item; rejects only when the whole copy was aborted. */
  async copy(item: TransferItem | UncopyableItem): Promise<CopyResult> {
    if (!('sizeInBytes' in item)) return this.#uncopyable(item);
    const targetKey = this.#options.rename?.(item.key) ?? item.key;
    const result = { key: item.key, source: this.#source.label + item.key, target: this.#target.label + targetKey, sizeInBytes: item.sizeInBytes };
    try {
      return { ...result, ...(await this.#copyUnlessThere(item, targetKey)) };
    } catch (error) {
      if (this.#call.abortSignal?.aborted) throw this.#call.abortSignal.reason;
      return { ...result, outcome: 'failed', error: named(error, result.source) };
    }
  }

  #uncopyable({ key, skipped, error }: UncopyableItem): CopyResult {
    const result = { key, source: this.#source.label + key, target: this.#target.label + key, sizeInBytes: 0 };
    return error ? { ...result, outcome: 'failed', error: named(error, result.source) } : { ...result, outcome: 'skipped', reason: skipped };
  }

  async #copyUnlessThere(item: TransferItem, targetKey: string): Promise<Pick<CopyResult, 'outcome'> & Partial<CopyResult>> {
    const ifExists = this.#options.ifExists ?? 'overwrite';
    if (this.#target.kind === 'files') expectSafeKey(targetKey, this.#target.nativeNames);
    if (ifExists !== 'overwrite' && (ifExists === 'skip' || this.#options.dryRun || !this.#canCreateOnly(item))) {
      if (await existsAtTarget(this.#target, targetKey, this.#call)) {
        if (ifExists === 'skip') return { outcome: 'skipped', reason: 'exists' };
        throw new AlreadyExistsError('The target holds it already', { operation: 'copyObjects', resource: { type: 'object', name: this.#target.label + targetKey } });
      }
    }
    if (this.#options.dryRun) return { outcome: 'planned' };
    try {
      return await this.#memory.spend(this.#cost(item), () => this.#transfer(item, targetKey, ifExists !== 'overwrite' && this.#canCreateOnly(item)));
    } catch (error) {
      if (ifExists === 'skip' && isAlreadyThere(error)) return { outcome: 'skipped', reason: 'exists' };
      throw error;
    }
  }

  async #transfer(item: TransferItem, targetKey: string, createOnly: boolean): Promise<Pick<CopyResult, 'outcome'> & Partial<CopyResult>> {
    this.#call.abortSignal?.throwIfAborted();
    let counted = 0;
    const onBytes = (transferredInBytes: number): void => {
      this.#meter.moved(transferredInBytes - counted);
      counted = transferredInBytes;
    };
    const job: CopyJob = { ...this.#sharedJob(), item, targetKey, createOnly, onBytes };
    const copied = await this.#pair(job);
    onBytes(copied.sizeInBytes);
    if (this.#options.deleteSource) await removeSource(this.#source, this.#target, job, copied.sizeInBytes);
    return { outcome: 'copied', ...copied };
  }

  #sharedJob() {
    const { checksumAlgorithm, headers, metadata, storageClass, resume = false } = this.#options;
    return { partSizeInBytes: this.#partSizeInBytes, partConcurrency: this.#partConcurrency, checksumAlgorithm, headers, metadata, storageClass, resume, call: this.#call };
  }

  #canCreateOnly(item: TransferItem): boolean {
    return canCreateOnly(this.#target, item.sizeInBytes, this.#partSizeInBytes);
  }

  #cost(item: TransferItem): number {
    return OVERHEAD_IN_BYTES + (item.sizeInBytes <= this.#partSizeInBytes ? item.sizeInBytes : this.#partSizeInBytes * (this.#partConcurrency + 1));
  }
}

function pairOf(source: TransferEnd, target: TransferEnd): CopyPair {
  if (source.kind === 'bucket') return target.kind === 'bucket' ? bucketToBucket(source, target) : bucketToFiles(source, target);
  return target.kind === 'bucket' ? filesToBucket(source, target) : filesToFiles(source, target);
}

/** The engine's own findings and foreign errors say which object they are about; the clients' errors do already. */
function named(error: unknown, source: string): CloudError {
  const about = { operation: 'copyObjects', resource: { type: 'object', name: source } };
  if (!CloudError.is(error)) return new CloudError('unknown', error instanceof Error ? error.message : String(error), { ...about, cause: error });
  return error.operation === undefined ? withErrorFields(error, about) : error;
}
