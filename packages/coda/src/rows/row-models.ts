import type { Page, Paged, PageRequest } from '@cmx/cloud-core';
import type { TableReference } from '../tables/table-models.ts';
import type { CellInput } from '../values/write-values.ts';

/** A row; `Cell` is what its cells can be, by the format it was asked for in. */
export interface Row<Cell = unknown> {
  readonly id: string;
  readonly type: 'row';
  readonly href: string;
  /** Text of the display column. */
  readonly name: string;
  /** Place in the table, from 0. */
  readonly index: number;
  readonly browserLink: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** By column id, or by name with `useColumnNames`. */
  readonly values: Readonly<Record<string, Cell>>;
}

export interface RowDetail<Cell = unknown> extends Row<Cell> {
  readonly parent: TableReference;
}

export interface RowPage<Cell> extends Page<Row<Cell>> {
  /** On the last page: hand it to `listRows` later to get the rows that changed since. */
  readonly nextSyncToken?: string | undefined;
}

/** A list of rows; its pages also carry the sync token. */
export interface RowPages<Cell> extends Paged<Row<Cell>> {
  byPage(request?: PageRequest): AsyncIterable<RowPage<Cell>>;
}

/** A row to write: cells by column id or name. */
export type RowInput = Readonly<Record<string, CellInput>>;

/** A row as it is sent. */
export interface RowEdit {
  readonly cells: readonly { readonly column: string; readonly value: unknown }[];
}
