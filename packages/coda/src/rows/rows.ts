import type { CallOptions } from '@cmx/cloud-core';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path, withQuery } from '../api/path.ts';
import { toQueued, type Queued } from '../mutations/queued-change.ts';
import type { CellOf, ValueFormat } from '../values/cell-values.ts';
import { listRowPages } from './list-row-pages.ts';
import type { RowDetail, RowInput, RowPages } from './row-models.ts';
import { toRowEdit } from './row-edits.ts';

/** How the cells of a row come. */
export interface RowFormatOptions<F extends ValueFormat = ValueFormat> {
  /** Default `simple`. */
  valueFormat?: F | undefined;
  /** Key the cells by column name instead of id; renaming a column breaks it. Default `false`. */
  useColumnNames?: boolean | undefined;
}

export interface ListRowsOptions<F extends ValueFormat = ValueFormat> extends ListOptions, RowFormatOptions<F> {
  /** `<column id>:<JSON value>` or `"Column name":<JSON value>`: `c-tuVwxYz:"Apple"`. */
  query?: string | undefined;
  /** `natural` is the order on the screen and shows only what is visible there. */
  sortBy?: 'createdAt' | 'natural' | 'updatedAt' | undefined;
  /** Only rows and columns that are visible in the table. */
  visibleOnly?: boolean | undefined;
  /**
   * Only rows that changed since the list that gave this token. Deleted rows are never among them, and a changed formula need not show its
   * rows; an unknown token is a plain 400.
   */
  syncToken?: string | undefined;
}

export interface GetRowOptions<F extends ValueFormat = ValueFormat> extends ReadOptions, RowFormatOptions<F> {}

export interface WriteRowOptions extends CallOptions {
  /** Store values as they are given instead of reading `3/4` as a date. Default `false`. */
  disableParsing?: boolean | undefined;
}

/**
 * Lists the rows of a table or view, a page at a time in constant memory. When the service cannot make a page in time (504 on large docs)
 * the list goes on with half as many rows in a page.
 *
 * @throws {ChangedDuringReadError} The list had to be started again and the rows already given are not in their place any more.
 * @see https://coda.io/developers/apis/v1#operation/listRows
 */
export function listRows<F extends ValueFormat = 'simple'>(api: CodaApi, docId: string, table: string, options: ListRowsOptions<F> = {}): RowPages<CellOf<F>> {
  return listRowPages(api, path`/docs/${docId}/tables/${table}/rows`, options);
}

/**
 * Reads a row.
 *
 * @param row - Id, or text of the display column; several rows may have that, and one of them is taken.
 * @see https://coda.io/developers/apis/v1#operation/getRow
 */
export async function getRow<F extends ValueFormat = 'simple'>(
  api: CodaApi,
  docId: string,
  table: string,
  row: string,
  options: GetRowOptions<F> = {},
): Promise<RowDetail<CellOf<F>>> {
  return api.read('getRow', readPath(path`/docs/${docId}/tables/${table}/rows/${row}`, options), options);
}

/**
 * Queues a change of some cells of a row.
 *
 * @param row - Id, or text of the display column.
 * @throws {InvalidArgumentError} A value cannot be written, or the row is over 85 KB.
 * @see https://coda.io/developers/apis/v1#operation/updateRow
 */
export async function updateRow(
  api: CodaApi,
  docId: string,
  table: string,
  row: string,
  values: RowInput,
  options: WriteRowOptions = {},
): Promise<Queued<{ readonly id: string }>> {
  const { disableParsing, ...callOptions } = options;
  const place = withQuery(path`/docs/${docId}/tables/${table}/rows/${row}`, { disableParsing });
  return api.queue({ operation: 'updateRow', method: 'PUT', path: place, body: { row: toRowEdit(values, `row "${row}"`) } }, callOptions);
}

/**
 * Queues the deletion of a row. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteRow
 */
export async function deleteRow(api: CodaApi, docId: string, table: string, row: string, options: CallOptions = {}): Promise<Queued<{ readonly id: string }>> {
  const queued = await api.ignoreAbsence(
    api.queue<{ readonly id: string }>({ operation: 'deleteRow', method: 'DELETE', path: path`/docs/${docId}/tables/${table}/rows/${row}` }, options),
  );
  return queued ?? toQueued(api, undefined, { id: row });
}

/**
 * Queues a push of a row's button. Never repeated after it may have arrived; a button can do anything.
 *
 * @see https://coda.io/developers/apis/v1#operation/pushButton
 */
export async function pushButton(
  api: CodaApi,
  docId: string,
  table: string,
  row: string,
  column: string,
  options: CallOptions = {},
): Promise<Queued<{ readonly rowId: string; readonly columnId: string }>> {
  return api.queue({ operation: 'pushButton', method: 'POST', path: path`/docs/${docId}/tables/${table}/rows/${row}/buttons/${column}` }, options);
}
