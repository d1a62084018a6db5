import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import type { CellOf, ValueFormat } from '../values/cell-values.ts';
import type { RowDetail, RowInput, RowPages } from './row-models.ts';
import { deleteRow, getRow, listRows, pushButton, updateRow, type GetRowOptions, type ListRowsOptions, type WriteRowOptions } from './rows.ts';
import { deleteRows, insertRows, upsertRows, type InsertRowsOptions, type RowSource, type WriteRowsOptions } from './write-rows.ts';
import type { WrittenRows } from './written-rows.ts';

/** Rows of a table or view, their cells keyed by column id or name. For types see `client.table`. */
export class Rows {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /**
   * Lists the rows of a table or view, a page at a time in constant memory. When the service cannot make a page in time (504 on large docs)
   * the list goes on with half as many rows in a page.
   *
   * @throws {ChangedDuringReadError} The list had to be started again and the rows already given are not in their place any more.
   */
  list<F extends ValueFormat = 'simple'>(docId: string, table: string, options: ListRowsOptions<F> = {}): RowPages<CellOf<F>> {
    return listRows(this.#api, docId, table, options);
  }

  /** Reads a row. */
  get<F extends ValueFormat = 'simple'>(docId: string, table: string, row: string, options: GetRowOptions<F> = {}): Promise<RowDetail<CellOf<F>>> {
    return getRow(this.#api, docId, table, row, options);
  }

  /**
   * Queues new rows, in as many requests as they need. Base tables only, no views.
   *
   * @throws {InvalidArgumentError} A row is over 85 KB or has a value that cannot be written; the message names it. Rows in requests before
   * it are queued: `details.report` says which.
   */
  insert(docId: string, table: string, rows: RowSource, options: InsertRowsOptions = {}): Promise<WrittenRows> {
    return insertRows(this.#api, docId, table, rows, options);
  }

  /**
   * Queues rows that replace those with the same keys, or are added when there are none. When several rows have a key, all of them are changed.
   *
   * @throws {InvalidArgumentError} As for `insertRows`; also without key columns.
   */
  upsert(docId: string, table: string, rows: RowSource, keyColumns: readonly string[], options: WriteRowsOptions = {}): Promise<WrittenRows> {
    return upsertRows(this.#api, docId, table, rows, keyColumns, options);
  }

  /**
   * Queues a change of some cells of a row.
   *
   * @throws {InvalidArgumentError} A value cannot be written, or the row is over 85 KB.
   */
  update(docId: string, table: string, row: string, values: RowInput, options: WriteRowOptions = {}): Promise<Queued<{ readonly id: string }>> {
    return updateRow(this.#api, docId, table, row, values, options);
  }

  /** Queues the deletion of a row. Succeeds when it is already gone. */
  delete(docId: string, table: string, row: string, options: CallOptions = {}): Promise<Queued<{ readonly id: string }>> {
    return deleteRow(this.#api, docId, table, row, options);
  }

  /** Queues the deletion of rows, in as many requests as they need. Succeeds for rows that are already gone. */
  deleteMany(docId: string, table: string, rowIds: readonly string[], options: Omit<WriteRowsOptions, 'disableParsing'> = {}): Promise<WrittenRows> {
    return deleteRows(this.#api, docId, table, rowIds, options);
  }

  /** Queues a push of a row's button. Never repeated after it may have arrived; a button can do anything. */
  pushButton(docId: string, table: string, row: string, column: string, options: CallOptions = {}): Promise<Queued<{ readonly rowId: string; readonly columnId: string }>> {
    return pushButton(this.#api, docId, table, row, column, options);
  }
}
