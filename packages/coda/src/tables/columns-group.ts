import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { getColumn, listColumns, type ListColumnsOptions } from './columns.ts';
import type { Column, ColumnDetail } from './table-models.ts';

/** Columns of a table or view. */
export class Columns {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the columns of a table or view. The service gives 100 at most in one page, whatever the limit says. */
  list(docId: string, table: string, options: ListColumnsOptions = {}): Paged<Column> {
    return listColumns(this.#api, docId, table, options);
  }

  /** Reads a column. */
  get(docId: string, table: string, column: string, options: ReadOptions = {}): Promise<ColumnDetail> {
    return getColumn(this.#api, docId, table, column, options);
  }
}
