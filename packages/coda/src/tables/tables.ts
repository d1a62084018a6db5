import type { Paged } from '@cmx/cloud-core';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Table, TableReference, TableType } from './table-models.ts';

export interface ListTablesOptions extends ListOptions {
  sortBy?: 'name' | undefined;
  /** Default: tables and views. */
  tableTypes?: readonly TableType[] | undefined;
}

export interface GetTableOptions extends ReadOptions {
  /** Tell `detail` and `form` layouts apart. Default `false`. */
  useUpdatedTableLayouts?: boolean | undefined;
}

/**
 * Lists the tables and views of a doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/listTables
 */
export function listTables(api: CodaApi, docId: string, options: ListTablesOptions = {}): Paged<TableReference> {
  return api.list('listTables', path`/docs/${docId}/tables`, options);
}

/**
 * Reads what a table or view is, without its rows.
 *
 * @see https://coda.io/developers/apis/v1#operation/getTable
 */
export async function getTable(api: CodaApi, docId: string, table: string, options: GetTableOptions = {}): Promise<Table> {
  return api.read('getTable', readPath(path`/docs/${docId}/tables/${table}`, options), options);
}
