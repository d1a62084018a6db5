import { fromBase64, toBase64 } from '../body/base64.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { ListEntry } from '../storage/models.ts';
import { compareKeys, firstIndex } from './key-order.ts';
import type { MemoryBucket } from './memory-bucket.ts';
import { MEMORY_STORAGE_CAPABILITIES } from './memory-capabilities.ts';
import type { ObjectRecord } from './object-record.ts';

/**
 * One page of a list whose items have a position. The token is the last item's position, so that a list goes on rightly when
 * items come and go between pages.
 */
export function pageOf<T>(items: Iterable<T>, positionOf: (item: T) => string, { maxPageSize = Infinity }: PageRequest): Page<T> {
  const size = Math.min(maxPageSize, MEMORY_STORAGE_CAPABILITIES.limits.maxPageSize);
  const page: T[] = [];
  for (const item of items) {
    if (page.length === size) return { items: page, nextPageToken: encodeToken(positionOf(page[size - 1] as T)) };
    page.push(item);
  }
  return { items: page };
}

/** Where the page before ended. @throws {InvalidArgumentError} The token is none of ours. */
export function positionOf({ pageToken }: PageRequest, where: CloudErrorFields): string | undefined {
  if (pageToken === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(pageToken));
  } catch {
    throw new InvalidArgumentError('The pageToken is not one of this list', where);
  }
}

/** The current objects behind a position, and with a delimiter their common prefixes, in list order. */
export function* listEntries(
  bucket: MemoryBucket,
  { prefix = '', delimiter, startAfter }: { prefix?: string | undefined; delimiter?: string | undefined; startAfter?: string | undefined },
  after: string | undefined,
): Generator<ListEntry, void, undefined> {
  const keys = bucket.keys();
  let index = firstBehind(keys, prefix, later(after, startAfter));
  // A page that ended with a prefix goes on behind everything in it.
  if (after !== undefined && delimiter && after.includes(delimiter, prefix.length)) index = behindPrefix(keys, after, index);
  while (index < keys.length) {
    const key = keys[index] as string;
    if (!key.startsWith(prefix)) return;
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const common = delimiter && cut >= 0 ? key.slice(0, cut + delimiter.length) : undefined;
    if (common !== undefined) {
      const next = behindPrefix(keys, common, index);
      if (hasCurrent(bucket, keys, index, next)) yield { type: 'prefix', prefix: common };
      index = next;
    } else {
      const current = bucket.current(key);
      if (current) yield { type: 'object', key, sizeInBytes: current.content.bytes.length, etag: current.content.etag, lastModified: current.lastModified, storageClass: current.content.attributes.storageClass };
      index += 1;
    }
  }
}

/** Where an entry stands in the order of the list. */
export function entryPosition(entry: ListEntry): string {
  return entry.type === 'object' ? entry.key : entry.prefix;
}

/** Every version and delete marker behind a position, by key, newest first. */
export function* listVersions(bucket: MemoryBucket, prefix: string, after: string | undefined): Generator<ListedVersion, void, undefined> {
  const keys = bucket.keys();
  const [afterKey = prefix, afterSequence = Infinity] = after?.split('\0') ?? [];
  for (let index = firstIndex(keys, (key) => compareKeys(key, afterKey) >= 0); index < keys.length; index++) {
    const key = keys[index] as string;
    if (!key.startsWith(prefix)) return;
    for (const [place, record] of bucket.versions(key).entries()) {
      if (key !== afterKey || record.sequence < Number(afterSequence)) yield { record, isLatest: place === 0 };
    }
  }
}

export interface ListedVersion {
  readonly record: ObjectRecord;
  readonly isLatest: boolean;
}

export function versionPosition({ record }: ListedVersion): string {
  return `${record.key}\0${String(record.sequence)}`;
}

function firstBehind(keys: readonly string[], prefix: string, after: string | undefined): number {
  const isBehind = after === undefined || compareKeys(after, prefix) < 0 ? (key: string) => compareKeys(key, prefix) >= 0 : (key: string) => compareKeys(key, after) > 0;
  return firstIndex(keys, isBehind);
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareKeys(a, b) >= 0 ? a : b;
}

function behindPrefix(keys: readonly string[], prefix: string, from: number): number {
  return firstIndex(keys, (key) => !key.startsWith(prefix) && compareKeys(key, prefix) > 0, from);
}

function hasCurrent(bucket: MemoryBucket, keys: readonly string[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (bucket.current(keys[index] as string)) return true;
  return false;
}

function encodeToken(position: string): string {
  return toBase64(new TextEncoder().encode(position));
}
