import type { Paged } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import type { Table, TableReference } from './table-models.ts';
import { getTable, listTables, type GetTableOptions, type ListTablesOptions } from './tables.ts';

/** Tables and views of a doc. A table is named by its id or its name. */
export class Tables {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the tables and views of a doc. */
  list(docId: string, options: ListTablesOptions = {}): Paged<TableReference> {
    return listTables(this.#api, docId, options);
  }

  /** Reads what a table or view is, without its rows. */
  get(docId: string, table: string, options: GetTableOptions = {}): Promise<Table> {
    return getTable(this.#api, docId, table, options);
  }
}
