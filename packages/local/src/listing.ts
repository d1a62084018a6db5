import fs from 'node:fs';
import { InvalidArgumentError, type ListEntry, type Logger, type Page, type Paged, type PageRequest } from '@cmx/cloud-core';
import type { BucketDirectory } from './bucket-directory.ts';
import { identityOf } from './object-file.ts';
import { walk } from './walk.ts';

const MAX_PAGE_SIZE = 1000;

export interface ListRequest {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly startAfter?: string | undefined;
}

/** The last thing a page gave: the next page begins behind it, behind all of a prefix. */
interface Position {
  readonly key?: string | undefined;
  readonly prefix?: string | undefined;
}

/**
 * One walk over the directory serves all pages of an iteration; a page token begins a walk of its own behind the last entry,
 * so what is created or deleted in between is seen or not, but nothing else is lost or doubled.
 */
export function pagedWalk<T>(open: (after: Position) => Generator<T, void, undefined>, positionOf: (item: T) => Position, begin: (request: PageRequest) => Promise<void>, abortSignal?: AbortSignal): Paged<T> {
  async function* byPage(request: PageRequest = {}): AsyncGenerator<Page<T>, void, undefined> {
    await begin(request);
    const size = Math.min(request.maxPageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
    const walker = open(decodeToken(request.pageToken));
    let next = walker.next();
    do {
      const items: T[] = [];
      for (; items.length < size && !next.done; next = walker.next()) items.push(next.value);
      const last = items.at(-1);
      yield { items, nextPageToken: next.done || last === undefined ? undefined : encodeToken(positionOf(last)) };
      await breathe();
      abortSignal?.throwIfAborted();
    } while (!next.done);
  }
  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page.items;
    },
  };
}

/** The entries of a bucket in the order of their keys, folded at the delimiter. Files that vanish meanwhile are passed over. */
export function* listEntries(bucket: BucketDirectory, request: ListRequest, position: Position, logger: Logger): Generator<ListEntry, void, undefined> {
  const { prefix = '', delimiter } = request;
  const after = position.key ?? position.prefix ?? request.startAfter;
  const onIgnored = (path: string): void => logger.warn({ bucket: bucket.name, path }, 'Neither a file nor a directory: passed over');
  let folded = position.prefix;
  for (const { key, path, isPrefix } of walk(bucket.path, { rules: bucket.rules, prefix, after, foldDirectories: delimiter === '/', onIgnored })) {
    if (folded !== undefined && key.startsWith(folded)) continue;
    const fold = isPrefix ? key : foldedPrefix(key, prefix, delimiter);
    if (fold !== undefined) {
      folded = fold;
      yield { type: 'prefix', prefix: fold };
      continue;
    }
    const stat = fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    yield { type: 'object', key, sizeInBytes: Number(stat.size), etag: identityOf(stat), lastModified: new Date(Number(stat.mtimeNs / 1_000_000n)) };
  }
}

export function positionOfEntry(entry: ListEntry): Position {
  return entry.type === 'prefix' ? { prefix: entry.prefix } : { key: entry.key };
}

/** The items behind the one a page token names: for lists that are short or read whole anyway. */
export function* skipTo<T>(items: Iterable<T>, identify: (item: T) => string, last: string | undefined): Generator<T, void, undefined> {
  let skipping = last !== undefined;
  for (const item of items) {
    if (!skipping) yield item;
    else if (identify(item) === last) skipping = false;
  }
}

function foldedPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

function encodeToken(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeToken(token: string | undefined): Position {
  if (token === undefined) return {};
  try {
    const { key, prefix } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Position;
    if (typeof (key ?? prefix) === 'string') return { key, prefix };
  } catch {
    // not of our making: the same answer as for a token without a position
  }
  throw new InvalidArgumentError('The page token is not one of this list');
}

let lastBreath = 0;

/** Lets timers, signals and other calls have their turn: walking and small files are synchronous work. */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - lastBreath < 8) return;
  await new Promise((resolve) => setImmediate(resolve));
  lastBreath = performance.now();
}
