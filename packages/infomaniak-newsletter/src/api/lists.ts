import { paged, type CallOptions, type Page, type Paged, type PageRequest } from '@cmx/cloud-core';
import type { Envelope } from './envelope.ts';
import { invalidArgument } from './newsletter-errors.ts';
import { commaList, toQuery } from './query.ts';
import { fromWire } from './wire.ts';

/** A list that can also be counted. Items that come or go while a list is read may be seen twice or not at all. */
export interface CountedList<T> extends Paged<T> {
  /** How many items the list has; costs one request. */
  count(options?: CallOptions): Promise<number>;
}

export interface ListOptions extends CallOptions {
  /**
   * How the pages are asked for: `page` (by number, the service says how many there are) or `offset` (`limit` and `skip`, which
   * costs one more request, for only an empty page tells the end). Default `page`.
   */
  paging?: 'page' | 'offset' | undefined;
}

export interface SortOptions {
  /** Fields to sort by, in the service's spelling: `created_at`. */
  orderBy?: string | readonly string[] | undefined;
  /** Direction of every field without one of its own. */
  order?: SortOrder | undefined;
  /** Direction by field: `{ created_at: 'desc' }`. */
  orderFor?: Readonly<Record<string, SortOrder>> | undefined;
}

export type SortOrder = 'asc' | 'desc';

/** Sent as `page` counts from 1, as `offset` from 0. */
interface Position {
  readonly paging: 'page' | 'offset';
  readonly start: number;
  readonly size: number;
}

/** Pages of 1,000 are known to work; half of that keeps answers with contents in them handy. */
const DEFAULT_PAGE_SIZE = 500;

/** Sends a request for one page: the query is complete, `?` included. */
export type FetchPage = (query: string, options: CallOptions) => Promise<Envelope>;

/** Turns one "send this query" function into a list. */
export function countedList<T>(fetchPage: FetchPage, parameters: Readonly<Record<string, unknown>>, options: ListOptions): CountedList<T> {
  const list = paged(async (request: PageRequest): Promise<Page<T>> => {
    const position = positionOf(request, options.paging ?? 'page');
    const envelope = await fetchPage(toQuery({ ...parameters, ...pageParameters(position) }), options);
    const items = itemsOf(envelope).map((item) => fromWire(item) as T);
    return { items, nextPageToken: tokenBehind(position, items.length, envelope) };
  });
  const count = async (callOptions: CallOptions = {}): Promise<number> => {
    const envelope = await fetchPage(toQuery({ ...parameters, ...pageParameters({ paging: 'page', start: 1, size: 1 }) }), callOptions);
    return envelope.total ?? itemsOf(envelope).length;
  };
  return { ...list, count };
}

/** The query parameters of a sorted list. */
export function sortParameters({ orderBy, order, orderFor }: SortOptions): Record<string, unknown> {
  return { orderBy: commaList(orderBy), order, orderFor };
}

function pageParameters({ paging, start, size }: Position): Record<string, number> {
  return paging === 'page' ? { page: start, perPage: size } : { limit: size, skip: start };
}

function positionOf({ pageToken, maxPageSize }: PageRequest, paging: 'page' | 'offset'): Position {
  if (pageToken === undefined) return { paging, start: paging === 'page' ? 1 : 0, size: checkedSize(maxPageSize ?? DEFAULT_PAGE_SIZE) };
  const [, kind, start, size] = /^(page|offset):(\d{1,15}):(\d{1,15})$/.exec(pageToken) ?? [];
  if (kind !== paging) throw invalidArgument(`${JSON.stringify(pageToken)} is no page token of this list`);
  return { paging, start: Number(start), size: checkedSize(Number(size)) };
}

function checkedSize(size: number): number {
  if (Number.isSafeInteger(size) && size > 0) return size;
  throw invalidArgument(`The size of a page is a positive whole number, not ${JSON.stringify(size)}`);
}

/** The token carries the size too: the number of a page means nothing without it. */
function tokenBehind({ paging, start, size }: Position, received: number, { page = start, pages }: Envelope): string | undefined {
  if (received === 0) return undefined;
  if (paging === 'offset') return `offset:${String(start + received)}:${String(size)}`;
  return pages !== undefined && page >= pages ? undefined : `page:${String(page + 1)}:${String(size)}`;
}

/** Some lists of one arrive without their brackets. */
function itemsOf({ data }: Envelope): readonly unknown[] {
  if (Array.isArray(data)) return data;
  return data === undefined || data === null ? [] : [data];
}
