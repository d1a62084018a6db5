import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { invalidArgument } from '../api/coda-errors.ts';
import { path, withQuery } from '../api/path.ts';
import { batchRows, DEFAULT_ROWS_PER_REQUEST, type RowBatch } from './row-batches.ts';
import { toRowEdit } from './row-edits.ts';
import type { RowEdit, RowInput } from './row-models.ts';
import { withWriteReport, WrittenRows, type QueuedBatch } from './written-rows.ts';

/** Rows to write; a stream of them is never held whole. */
export type RowSource<T = RowInput> = Iterable<T> | AsyncIterable<T>;

export interface WriteRowsOptions extends CallOptions {
  /** Store values as they are given instead of reading `3/4` as a date. Default `false`. */
  disableParsing?: boolean | undefined;
  /** Default 500; requests are also kept below 2 MB. */
  rowsPerRequest?: number | undefined;
  /** Called after each request: for progress, and to know what was queued when the rows themselves end with an error or the call is aborted. */
  onQueued?: ((batch: QueuedBatch) => void) | undefined;
}

export interface InsertRowsOptions extends WriteRowsOptions {
  /**
   * Choose the new rows' ids here (`i-` and ten characters), so that a request whose answer was lost can be repeated without writing rows
   * twice. Needs version 1.6 of the API. Default `false`: such a request is not repeated.
   */
  idempotent?: boolean | undefined;
}

/**
 * Queues new rows, in as many requests as they need. Base tables only, no views.
 *
 * @throws {InvalidArgumentError} A row is over 85 KB or has a value that cannot be written; the message names it. Rows in requests before
 * it are queued: `details.report` says which.
 * @see https://coda.io/developers/apis/v1#operation/upsertRows
 */
export async function insertRows(api: CodaApi, docId: string, table: string, rows: RowSource, options: InsertRowsOptions = {}): Promise<WrittenRows> {
  return writeRows(api, docId, table, rows, [], options);
}

/**
 * Queues rows that replace those with the same keys, or are added when there are none. When several rows have a key, all of them are changed.
 *
 * @param keyColumns - Ids or names of the columns that tell rows apart.
 * @throws {InvalidArgumentError} As for `insertRows`; also without key columns.
 * @see https://coda.io/developers/apis/v1#operation/upsertRows
 */
export async function upsertRows(api: CodaApi, docId: string, table: string, rows: RowSource, keyColumns: readonly string[], options: WriteRowsOptions = {}): Promise<WrittenRows> {
  if (keyColumns.length === 0) throw invalidArgument('An upsert needs key columns; insertRows adds rows without', { operation: 'upsertRows' });
  return writeRows(api, docId, table, rows, keyColumns, options);
}

async function writeRows(api: CodaApi, docId: string, table: string, rows: RowSource, keyColumns: readonly string[], options: InsertRowsOptions): Promise<WrittenRows> {
  const { disableParsing, rowsPerRequest, onQueued, idempotent = false, ...callOptions } = options;
  const rowsAtOnce = checkedRowsPerRequest(rowsPerRequest, 'upsertRows');
  const place = withQuery(path`/docs/${docId}/tables/${table}/rows`, { disableParsing });
  const progress: { queued: QueuedBatch[]; seen: number } = { queued: [], seen: 0 };
  let sending: { firstRow: number; rowCount: number } | undefined;
  try {
    for await (const batch of batchRows(toEdits(rows, progress), rowsAtOnce)) {
      sending = { firstRow: batch.firstRow, rowCount: batch.edits.length };
      const queued = await sendBatch(api, place, batch, keyColumns, idempotent, callOptions);
      progress.queued.push(queued);
      sending = undefined;
      onQueued?.(queued);
    }
  } catch (error) {
    const last = progress.queued.at(-1);
    const firstRow = last ? last.firstRow + last.rowCount : 0;
    throw withWriteReport(error, progress.queued, sending ?? { firstRow, rowCount: progress.seen - firstRow });
  }
  return new WrittenRows(progress.queued);
}

async function* toEdits(rows: RowSource, progress: { seen: number }): AsyncGenerator<RowEdit> {
  for await (const row of rows) yield toRowEdit(row, `row ${String(progress.seen++)}`);
}

async function sendBatch(
  api: CodaApi,
  place: string,
  { firstRow, edits }: RowBatch,
  keyColumns: readonly string[],
  idempotent: boolean,
  options: CallOptions,
): Promise<QueuedBatch> {
  const hasKeys = keyColumns.length > 0;
  const rowIds = idempotent && !hasKeys ? edits.map(newRowId) : undefined;
  const body = { rows: edits, ...(hasKeys && { keyColumns }), ...(rowIds && { rowIds }) };
  const queued = await api.queue<{ readonly addedRowIds?: readonly string[] }>(
    { operation: 'upsertRows', method: 'POST', path: place, body, retry: hasKeys || idempotent ? 'always' : 'refused' },
    options,
  );
  return { change: queued, firstRow, rowCount: edits.length, rowIds: queued.addedRowIds ?? rowIds ?? [] };
}

function checkedRowsPerRequest(rows = DEFAULT_ROWS_PER_REQUEST, operation: string): number {
  if (Number.isSafeInteger(rows) && rows > 0) return rows;
  throw invalidArgument(`rowsPerRequest is a positive whole number, not ${String(rows)}`, { operation });
}

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function newRowId(): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return `i-${[...random].map((byte) => ID_CHARACTERS[byte % ID_CHARACTERS.length]).join('')}`;
}

/**
 * Queues the deletion of rows, in as many requests as they need. Succeeds for rows that are already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteRows
 */
export async function deleteRows(
  api: CodaApi,
  docId: string,
  table: string,
  rowIds: readonly string[],
  options: Omit<WriteRowsOptions, 'disableParsing'> = {},
): Promise<WrittenRows> {
  const { rowsPerRequest, onQueued, ...callOptions } = options;
  const rowsAtOnce = checkedRowsPerRequest(rowsPerRequest, 'deleteRows');
  const queued: QueuedBatch[] = [];
  for (let firstRow = 0; firstRow < rowIds.length; firstRow += rowsAtOnce) {
    const batch = rowIds.slice(firstRow, firstRow + rowsAtOnce);
    try {
      const change = await api.queue({ operation: 'deleteRows', method: 'DELETE', path: path`/docs/${docId}/tables/${table}/rows`, body: { rowIds: batch } }, callOptions);
      const done = { change, firstRow, rowCount: batch.length, rowIds: batch };
      queued.push(done);
      onQueued?.(done);
    } catch (error) {
      throw withWriteReport(error, queued, { firstRow, rowCount: batch.length });
    }
  }
  return new WrittenRows(queued);
}
