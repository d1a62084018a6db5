import type { Column, ColumnFormat } from '../tables/table-models.ts';
import type { ColumnSpec, TableSchema } from './column-spec.ts';
import { column } from './column.ts';

const NUMBERS: ReadonlySet<string> = new Set(['number', 'percent', 'slider', 'scale']);

/** A schema for whatever a table has: its columns by name, each read as its format says. For programs that do not know the table. */
export function inferSchema(columns: readonly Column[]): TableSchema {
  return Object.fromEntries(columns.map(({ id, name, format }) => [name, specFor(id, format)]));
}

function specFor(id: string, format: ColumnFormat): ColumnSpec<unknown> {
  const single = singleSpec(id, format.type);
  return format.isArray ? column.list(single) : single;
}

function singleSpec(id: string, type: string): ColumnSpec<unknown> {
  if (NUMBERS.has(type)) return column.number(id);
  if (type === 'currency') return column.currency(id);
  if (type === 'checkbox') return column.checkbox(id);
  if (type === 'date' || type === 'dateTime') return column.time(id);
  if (type === 'person') return column.person(id);
  if (type === 'lookup') return column.row(id);
  return type === 'link' || type === 'image' || type === 'imageReference' ? column.url(id) : column.text(id);
}
