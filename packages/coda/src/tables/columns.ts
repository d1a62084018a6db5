import type { Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Column, ColumnDetail } from './table-models.ts';

export interface ListColumnsOptions extends ListOptions {
  /** Without the hidden ones. Default `false`. */
  visibleOnly?: boolean | undefined;
  /** Also the columns that hold references to images. Default `false`. */
  includeImageRefColumns?: boolean | undefined;
}

/**
 * Lists the columns of a table or view. The service gives 100 at most in one page, whatever the limit says.
 *
 * @see https://coda.io/developers/apis/v1#operation/listColumns
 */
export function listColumns(api: CodaApi, docId: string, table: string, options: ListColumnsOptions = {}): Paged<Column> {
  return api.list('listColumns', path`/docs/${docId}/tables/${table}/columns`, options);
}

/**
 * Reads a column.
 *
 * @see https://coda.io/developers/apis/v1#operation/getColumn
 */
export async function getColumn(api: CodaApi, docId: string, table: string, column: string, options: ReadOptions = {}): Promise<ColumnDetail> {
  return api.read('getColumn', path`/docs/${docId}/tables/${table}/columns/${column}`, options);
}
