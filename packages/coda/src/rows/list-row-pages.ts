import { ChangedDuringReadError, CloudError, type PageRequest } from '@cmx/cloud-core';
import { checkedItems, type CodaApi, type ListAnswer, type ListOptions } from '../api/coda-api.ts';
import type { Row, RowPage, RowPages } from './row-models.ts';

/** Below this a page that times out is not a matter of its size. */
const SMALLEST_PAGE = 10;
/** What the service takes when nothing is asked for. */
const DEFAULT_PAGE = 25;

interface RowsAnswer extends ListAnswer {
  readonly nextSyncToken?: string;
}

/** How far a list has come, so that it can be taken up again from its start. */
interface Progress {
  delivered: number;
  lastId: string | undefined;
}

/** The rows at a path, with pages that shrink when the service cannot make them in time. */
export function listRowPages<Cell>(api: CodaApi, path: string, options: ListOptions): RowPages<Cell> {
  const byPage = (request: PageRequest = {}): AsyncGenerator<RowPage<Cell>> => readPages<Cell>(api, path, options, request);
  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page.items;
    },
  };
}

async function* readPages<Cell>(api: CodaApi, path: string, options: ListOptions, request: PageRequest): AsyncGenerator<RowPage<Cell>> {
  const progress: Progress = { delivered: 0, lastId: undefined };
  let limit = request.maxPageSize ?? options.limit;
  for (;;) {
    try {
      yield* readFrom<Cell>(api, path, options, { ...request, maxPageSize: limit }, progress);
      return;
    } catch (error) {
      limit = smallerPage(error, limit ?? DEFAULT_PAGE, request);
    }
  }
}

/** A token holds its page size, so smaller pages mean a new list; one that began in the middle cannot be begun again. */
function smallerPage(error: unknown, limit: number, request: PageRequest): number {
  const isTooSlow = CloudError.is(error, 'unavailable') && error.status === 504;
  if (!isTooSlow || request.pageToken !== undefined || limit <= SMALLEST_PAGE) throw error;
  return Math.max(SMALLEST_PAGE, Math.floor(limit / 2));
}

async function* readFrom<Cell>(api: CodaApi, path: string, options: ListOptions, { pageToken, maxPageSize }: PageRequest, progress: Progress): AsyncGenerator<RowPage<Cell>> {
  let skip = progress.delivered;
  let token = pageToken;
  do {
    const { items, nextPageToken, nextSyncToken } = await api.readPage<RowsAnswer>('listRows', path, options, { pageToken: token, maxPageSize });
    const rows = checkedItems<Row<Cell>>('listRows', items);
    const fresh = skip === 0 ? rows : skipDelivered(rows, skip, progress);
    skip -= rows.length - fresh.length;
    progress.delivered += fresh.length;
    progress.lastId = fresh.at(-1)?.id ?? progress.lastId;
    if (fresh.length > 0 || nextPageToken === undefined) yield { items: fresh, nextPageToken, nextSyncToken };
    token = nextPageToken;
  } while (token !== undefined);
}

/** Drops the rows that were given before the list was begun again, and makes sure that they are the same. */
function skipDelivered<Cell>(rows: readonly Row<Cell>[], skip: number, { lastId }: Progress): readonly Row<Cell>[] {
  const last = rows[skip - 1];
  if (last && last.id !== lastId) throw new ChangedDuringReadError('The table changed while its rows were being listed a second time', { provider: 'coda', operation: 'listRows' });
  return rows.slice(skip);
}
