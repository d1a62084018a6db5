import { createHash } from 'node:crypto';
import { InvalidArgumentError, type Paged } from '@cmx/cloud-core';
import { z } from 'zod';

/** What every listing that can be gone on with is told. */
export const listRange = {
  limit: z.int().min(1).max(1_000_000_000).optional().describe('Stop after so many, and tell the cursor to go on with'),
  cursor: z.string().min(1).optional().describe('Go on where a listing with the same arguments stopped'),
};

/** Where a listing begins and how long it is. */
export interface ListRange {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A list by its name and its arguments, but for the range: a cursor is good for no other. */
export interface ListScope {
  readonly operation: string;
  readonly of: readonly unknown[];
}

/** Behind so many items of the page that the token opens; of the first page without a token. */
interface Position {
  readonly pageToken?: string | undefined;
  readonly skip: number;
}

export interface ListFromOptions<T, R> {
  /** Makes a result of an item, or leaves it out. */
  readonly toResult: (item: T) => R | undefined;
  /** Results a page may be asked to have no more of, so that pages end where the listing does. Absent where items are left out. */
  readonly largestPage?: number | undefined;
}

/**
 * A part of a list of pages.
 *
 * @returns The cursor behind the last result, when it is not known to be the last there is.
 * @throws {InvalidArgumentError} The cursor is not of this list.
 */
export async function* listFrom<T, R>(list: Paged<T>, range: ListRange, scope: ListScope, { toResult, largestPage = 0 }: ListFromOptions<T, R>): AsyncGenerator<R, string | undefined> {
  const { limit = Infinity } = range;
  let { pageToken, skip } = readCursor(range, scope);
  let taken = 0;
  for await (const page of list.byPage({ pageToken, maxPageSize: limit <= largestPage ? limit : undefined })) {
    for (const [index, item] of page.items.entries()) {
      if (index < skip) continue;
      const result = toResult(item);
      if (result === undefined) continue;
      if (taken === limit) return writeCursor({ pageToken, skip: index }, scope);
      taken += 1;
      yield result;
    }
    skip = Math.max(0, skip - page.items.length);
    pageToken = page.nextPageToken;
    if (taken === limit && pageToken !== undefined) return writeCursor({ pageToken, skip }, scope);
  }
  return undefined;
}

/** A part of what has no pages: everything before it is read again. @returns As {@link listFrom}. */
export async function* takeFrom<T>(items: AsyncIterable<T>, range: ListRange, scope: ListScope): AsyncGenerator<T, string | undefined> {
  const { skip } = readCursor(range, scope);
  const end = skip + (range.limit ?? Infinity);
  let index = 0;
  for await (const item of items) {
    if (index === end) return writeCursor({ skip: index }, scope);
    if (index >= skip) yield item;
    index += 1;
  }
  return undefined;
}

function writeCursor({ pageToken, skip }: Position, scope: ListScope): string {
  return Buffer.from(JSON.stringify([fingerprint(scope), skip, pageToken])).toString('base64url');
}

function readCursor({ cursor }: ListRange, scope: ListScope): Position {
  if (cursor === undefined) return { skip: 0 };
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw new InvalidArgumentError('This is no cursor: it is what a listing told as its nextCursor', { operation: scope.operation });
  const [of, skip, pageToken] = parsed.data;
  if (of !== fingerprint(scope)) throw new InvalidArgumentError('The cursor is of another listing: it goes with the same arguments', { operation: scope.operation });
  return { pageToken: pageToken ?? undefined, skip };
}

const cursorSchema = z.tuple([z.string(), z.int().min(0), z.string().min(1).nullable()]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fingerprint({ operation, of }: ListScope): string {
  return createHash('sha256').update(JSON.stringify([operation, ...of])).digest('base64url').slice(0, 12);
}
