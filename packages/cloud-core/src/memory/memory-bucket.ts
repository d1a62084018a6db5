import { NotFoundError, PreconditionFailedError } from '../errors/errors.ts';
import type { Bucket, BucketVersioning, DeleteObjectOutcome } from '../storage/models.ts';
import { compareKeys } from './key-order.ts';
import type { MemoryStore } from './memory-store.ts';
import type { MemoryUpload } from './memory-uploads.ts';
import { NULL_VERSION, type ObjectContent, type ObjectRecord, type StoredRecord } from './object-record.ts';

/** Conditions of a write: `ifMatch` names the state to be replaced, `ifNoneMatch` says that there must be none. */
export interface WriteConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: '*' | undefined;
}

/** One bucket: its objects with their versions, newest first, and its unfinished uploads. */
export class MemoryBucket {
  readonly info: Bucket;
  readonly uploads = new Map<string, MemoryUpload>();
  versioning: BucketVersioning = 'off';
  readonly #store: MemoryStore;
  readonly #records = new Map<string, ObjectRecord[]>();
  /** The keys in list order; forgotten when a key comes or goes. */
  #sortedKeys: string[] | undefined;

  constructor(info: Bucket, store: MemoryStore) {
    this.info = info;
    this.#store = store;
  }

  get isEmpty(): boolean {
    return this.#records.size === 0;
  }

  /** Every key that has a version, in list order. */
  keys(): readonly string[] {
    this.#sortedKeys ??= [...this.#records.keys()].sort(compareKeys);
    return this.#sortedKeys;
  }

  versions(key: string): readonly ObjectRecord[] {
    return this.#records.get(key) ?? [];
  }

  /** The current state; `undefined` when there is none or it is deleted. */
  current(key: string): StoredRecord | undefined {
    return withContent(this.#records.get(key)?.[0]);
  }

  /** @throws {NotFoundError} There is no such object, or no such version of it, or it is a delete marker. */
  find(key: string, versionId: string | undefined): StoredRecord {
    const record = versionId === undefined ? this.current(key) : withContent(this.versions(key).find((version) => version.versionId === versionId));
    if (!record) throw new NotFoundError(versionId === undefined ? 'There is no such object' : `There is no version ${versionId} of this object`);
    return record;
  }

  /** Stores a new state, whole and at once. @throws {PreconditionFailedError} */
  put(key: string, content: ObjectContent, conditions: WriteConditions = {}): StoredRecord {
    this.assertConditions(key, conditions);
    const record = { ...this.#newRecord(key), content };
    this.#add(record);
    return record;
  }

  assertConditions(key: string, { ifMatch, ifNoneMatch }: WriteConditions): void {
    if (ifMatch === undefined && ifNoneMatch === undefined) return;
    const current = this.current(key);
    if (ifNoneMatch !== undefined && current) throw new PreconditionFailedError('There is such an object already');
    if (ifMatch !== undefined && current?.content.etag !== ifMatch) throw new PreconditionFailedError('The object is in another state');
  }

  /** Deletes as the bucket's versioning has it: for good, or by a delete marker. */
  delete(key: string, versionId: string | undefined, ifMatch: string | undefined): DeleteObjectOutcome {
    this.assertConditions(key, { ifMatch });
    if (versionId !== undefined) return this.#remove(key, versionId);
    if (this.versioning === 'off') {
      this.#remove(key, NULL_VERSION);
      return {};
    }
    const marker = this.#newRecord(key);
    this.#add(marker);
    return { versionId: marker.versionId, isDeleteMarker: true };
  }

  /** Takes every object away. */
  clear(): void {
    for (const key of [...this.#records.keys()]) this.#replace(key, []);
    this.uploads.clear();
  }

  #newRecord(key: string): ObjectRecord {
    const sequence = this.#store.nextNumber();
    const versionId = this.versioning === 'enabled' ? `v${sequence.toString(36).padStart(10, '0')}` : NULL_VERSION;
    return { key, versionId, sequence, lastModified: this.#store.now() };
  }

  #add(record: ObjectRecord): void {
    const older = this.versions(record.key);
    const kept = record.versionId === NULL_VERSION ? older.filter(({ versionId }) => versionId !== NULL_VERSION) : older;
    this.#replace(record.key, [record, ...kept]);
  }

  #remove(key: string, versionId: string): DeleteObjectOutcome {
    const versions = this.versions(key);
    const removed = versions.find((version) => version.versionId === versionId);
    if (!removed) return {};
    this.#replace(key, versions.filter((version) => version !== removed));
    return { versionId, isDeleteMarker: removed.content === undefined || undefined };
  }

  #replace(key: string, versions: ObjectRecord[]): void {
    const before = this.#records.get(key);
    this.#store.account(sizeOf(versions) - sizeOf(before));
    if (versions.length > 0) this.#records.set(key, versions);
    else this.#records.delete(key);
    if ((before === undefined) !== (versions.length === 0)) this.#sortedKeys = undefined;
  }
}

function withContent(record: ObjectRecord | undefined): StoredRecord | undefined {
  return record?.content ? (record as StoredRecord) : undefined;
}

function sizeOf(versions: readonly ObjectRecord[] = []): number {
  let size = 0;
  for (const { content } of versions) size += content?.bytes.length ?? 0;
  return size;
}
