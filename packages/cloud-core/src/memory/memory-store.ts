import type { Clock } from '../clock.ts';
import { CloudError } from '../errors/cloud-error.ts';
import { AlreadyExistsError, ConflictError, NotFoundError } from '../errors/errors.ts';
import type { Bucket } from '../storage/models.ts';
import { MemoryBucket } from './memory-bucket.ts';

/** All buckets of one client, and the room they share. */
export class MemoryStore {
  readonly #buckets = new Map<string, MemoryBucket>();
  readonly #clock: Clock;
  readonly #maxTotalBytes: number;
  #totalInBytes = 0;
  #lastNumber = 0;
  /** Keeps the tokens of one store apart from those of another. */
  readonly #name = crypto.randomUUID().slice(0, 8);

  constructor(clock: Clock, maxTotalBytes: number) {
    this.#clock = clock;
    this.#maxTotalBytes = maxTotalBytes;
  }

  now(): Date {
    return new Date(this.#clock.now());
  }

  /** From 1. */
  nextNumber(): number {
    return ++this.#lastNumber;
  }

  /** A token nothing else in any store has: ETags and upload ids. */
  newToken(): string {
    return `${this.#name}${this.nextNumber().toString(36).padStart(10, '0')}`;
  }

  /** Counts bytes that come or go. @throws {CloudError} `quota_exceeded`, and nothing was counted. */
  account(changeInBytes: number): void {
    const total = this.#totalInBytes + changeInBytes;
    if (changeInBytes > 0 && total > this.#maxTotalBytes) {
      throw new CloudError('quota_exceeded', `The store is full: it holds ${String(this.#totalInBytes)} of ${String(this.#maxTotalBytes)} bytes`);
    }
    this.#totalInBytes = total;
  }

  /** @throws {NotFoundError} `bucket_not_found`. */
  bucket(name: string): MemoryBucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw new NotFoundError('There is no such bucket', { resource: { type: 'bucket', name } }, 'bucket_not_found');
    return bucket;
  }

  has(name: string): boolean {
    return this.#buckets.has(name);
  }

  /** By name. */
  list(): Bucket[] {
    return [...this.#buckets.keys()].sort().map((name) => this.bucket(name).info);
  }

  create(name: string, region: string | undefined): Bucket {
    if (this.#buckets.has(name)) throw new AlreadyExistsError('There is such a bucket already');
    const bucket = new MemoryBucket({ name, createdAt: this.now(), region }, this);
    this.#buckets.set(name, bucket);
    return bucket.info;
  }

  /** Succeeds when the bucket is already gone. */
  delete(name: string, force: boolean): void {
    const bucket = this.#buckets.get(name);
    if (!bucket) return;
    if (!bucket.isEmpty && !force) throw new ConflictError('The bucket is not empty');
    bucket.clear();
    this.#buckets.delete(name);
  }
}
