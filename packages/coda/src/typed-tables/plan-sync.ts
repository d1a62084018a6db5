import type { CodaApi } from '../api/coda-api.ts';
import { invalidArgument } from '../api/coda-errors.ts';
import { toRowEdit } from '../rows/row-edits.ts';
import type { RowInput } from '../rows/row-models.ts';
import type { RowSource } from '../rows/write-rows.ts';
import type { TableSchema, ValuesOf, ValuesToWrite } from './column-spec.ts';
import { SyncPlan, type PlannedChange } from './sync-plan.ts';
import type { TableColumns } from './table-columns.ts';
import type { SyncOptions, TypedTable } from './typed-table.ts';

interface WantedRow<S extends TableSchema> {
  readonly place: number;
  readonly values: ValuesToWrite<S>;
  readonly cells: RowInput;
  isThere: boolean;
}

/** Compares a table with the rows it should hold. Reads the table once, holding the wanted rows only. */
export async function planSync<S extends TableSchema>(
  api: CodaApi,
  table: TypedTable<S>,
  columns: TableColumns<S>,
  rows: RowSource<ValuesToWrite<S>>,
  { keyColumns, deleteMissing = true, abortSignal }: SyncOptions<S>,
): Promise<SyncPlan<S>> {
  const keyColumnIds = columns.idsOf(keyColumns);
  if (keyColumns.length === 0) throw invalidArgument('A sync needs key columns to tell rows apart', { operation: 'sync' });
  const keyOf = (values: ValuesToWrite<S>): string => rowKey(table.schema, keyColumns, values);
  const wanted = await collect(columns, rows, keyOf);
  const changes: PlannedChange<S>[] = [];
  const upserts: RowInput[] = [];
  let unchanged = 0;
  for await (const { id, values } of table.list({ abortSignal, limit: 500 })) {
    const key = keyOf(values);
    const row = wanted.get(key);
    if (!row || row.isThere) {
      if (deleteMissing) changes.push({ kind: 'delete', key, rowId: id, reason: row ? 'duplicate' : 'missing' });
      continue;
    }
    row.isThere = true;
    const fields = differences(table.schema, values, row.values);
    if (fields.length === 0) {
      unchanged += 1;
    } else {
      changes.push({ kind: 'update', key, rowId: id, fields, before: values, values: row.values });
      upserts.push(row.cells);
    }
  }
  for (const [key, { isThere, values, cells }] of wanted) {
    if (isThere) continue;
    changes.push({ kind: 'insert', key, values });
    upserts.push(cells);
  }
  return new SyncPlan(changes, unchanged, { api, docId: table.docId, table: table.table, keyColumnIds, upserts });
}

async function collect<S extends TableSchema>(
  columns: TableColumns<S>,
  rows: RowSource<ValuesToWrite<S>>,
  keyOf: (values: ValuesToWrite<S>) => string,
): Promise<Map<string, WantedRow<S>>> {
  const wanted = new Map<string, WantedRow<S>>();
  let place = 0;
  for await (const values of rows) {
    const name = `row ${String(place)}`;
    const cells = columns.toCells(values, name);
    // Refused here rather than in the middle of the writing.
    toRowEdit(cells, name);
    const key = keyOf(values);
    const earlier = wanted.get(key);
    if (earlier) throw invalidArgument(`Rows ${String(earlier.place)} and ${String(place)} have the same key ${key}`, { operation: 'sync' });
    if (key === '[]') throw invalidArgument(`Row ${String(place)} has no key`, { operation: 'sync' });
    wanted.set(key, { place, values, cells, isThere: false });
    place += 1;
  }
  return wanted;
}

/** A row's key as text: `["Apple"]`; `[]` when all of it is blank. */
function rowKey<S extends TableSchema>(schema: S, keyColumns: readonly (keyof S & string)[], values: ValuesToWrite<S>): string {
  const parts = keyColumns.map((field) => schema[field]?.toText(values[field]) ?? '');
  return parts.every((part) => part === '') ? '[]' : JSON.stringify(parts);
}

function differences<S extends TableSchema>(schema: S, current: ValuesOf<S>, wanted: ValuesToWrite<S>): (keyof S & string)[] {
  return Object.keys(wanted).filter((field) => !schema[field]?.same(current[field], wanted[field]));
}
