import { Failure, found } from '../failure.ts';
import type { Answer, Call } from '../call.ts';
import { pageOf } from '../paging.ts';
import type { CodaServiceColumn, Json, CodaServiceRow, CodaServiceTable } from '../state.ts';
import { parseCell } from './cells.ts';
import { byIdOrName, docOf, isoTime, rowWire, tableOf, tableReference, tableWire } from './wire.ts';

const MAX_BODY_BYTES = 2 * 1024 * 1024;
const MAX_ROW_KB = 85;

interface RowEditWire {
  readonly cells: readonly { readonly column: string; readonly value: unknown }[];
}

function columnOf(table: CodaServiceTable, key: string): CodaServiceColumn {
  const column = table.columns.find(({ id, name }) => id === key || name === key);
  if (!column) throw new Failure(400, `Could not find column ${key}`);
  return column;
}

/** Cells by column id; columns are looked up before anything is written. */
function toCells({ query }: Call, table: CodaServiceTable, { cells }: RowEditWire): Record<string, unknown> {
  const bytes = cells.reduce((sum, { value }) => sum + Buffer.byteLength(String(value)) + String(value).split('\n').length - 1, 0);
  if (bytes > MAX_ROW_KB * 1024) throw new Failure(400, `Row edit of size ${String(Math.ceil(bytes / 1024))} KB exceeds maximum size of ${String(MAX_ROW_KB)} KB.`);
  const disableParsing = query.get('disableParsing') === 'true';
  return Object.fromEntries(
    cells.map(({ column: key, value }) => {
      const column = columnOf(table, key);
      return [column.id, parseCell(value, column.format, disableParsing)];
    }),
  );
}

function insert(table: CodaServiceTable, id: string, cells: Record<string, unknown>, now: number): void {
  if (table.rows.has(id)) return;
  table.version += 1;
  table.rows.set(id, { id, index: table.rows.size, createdAt: isoTime(now), updatedAt: isoTime(now), version: table.version, cells });
}

function change(table: CodaServiceTable, row: CodaServiceRow, cells: Record<string, unknown>, now: number): void {
  table.version += 1;
  row.version = table.version;
  row.updatedAt = isoTime(now);
  Object.assign(row.cells, cells);
}

function upsertRows(call: Call): Answer {
  if (call.bodySizeInBytes > MAX_BODY_BYTES) throw new Failure(400, 'request entity too large');
  const table = tableOf(call);
  if (table.tableType === 'view') throw new Failure(400, 'Rows can be inserted in base tables only');
  const { rows, keyColumns = [], rowIds } = call.body as { rows: RowEditWire[]; keyColumns?: string[]; rowIds?: string[] };
  const keys = keyColumns.map((key) => columnOf(table, key).id);
  const edits = rows.map((row, place) => ({ id: rowIds?.[place] ?? call.store.newId('i-'), cells: toCells(call, table, row) }));
  const keyOf = (cells: Record<string, unknown>): string => JSON.stringify(keys.map((key) => cells[key] ?? ''));
  const apply = (): void => {
    // Built once: ten thousand rows are no reason to search ten thousand times.
    const byKey = new Map<string, CodaServiceRow[]>();
    if (keys.length > 0) for (const row of table.rows.values()) byKey.set(keyOf(row.cells), [...(byKey.get(keyOf(row.cells)) ?? []), row]);
    for (const { id, cells } of edits) {
      const matching = byKey.get(keyOf(cells)) ?? [];
      for (const row of matching) change(table, row, cells, call.store.clock.now());
      if (matching.length === 0) insert(table, id, cells, call.store.clock.now());
    }
  };
  const requestId = call.store.queue(apply);
  return { status: 202, body: keys.length > 0 ? { requestId } : { requestId, addedRowIds: edits.map(({ id }) => id) } };
}

function rowOf(call: Call, table: CodaServiceTable): CodaServiceRow {
  const key = call.params.rowIdOrName ?? '';
  const [display] = table.columns;
  return found(table.rows.get(key) ?? [...table.rows.values()].find(({ cells }) => display && cells[display.id] === key), 'the row');
}

function listRows(call: Call): Answer {
  const table = tableOf(call);
  const docId = docOf(call).id;
  const since = syncVersion(call.query.get('syncToken'));
  const query = call.query.get('query');
  const [, column = '', json = '""'] = query === null ? [] : (/^("[^"]+"|[\w-]+):(.*)$/.exec(query) ?? []);
  const rows = [...table.rows.values()].filter((row) => row.version > since && (query === null || row.cells[columnOf(table, column.replaceAll('"', '')).id] === JSON.parse(json)));
  const page = pageOf(call, rows);
  const items = (page.items as CodaServiceRow[]).map((row) => rowWire(docId, table, row, call.query));
  const nextSyncToken = Buffer.from(JSON.stringify({ version: table.version })).toString('base64url');
  return { status: 200, body: { ...page, items, ...(page.nextPageToken === undefined && { nextSyncToken }) } };
}

function syncVersion(token: string | null): number {
  if (token === null) return 0;
  try {
    return (JSON.parse(Buffer.from(token, 'base64url').toString()) as { version: number }).version;
  } catch {
    throw new Failure(400);
  }
}

function removeRows(call: Call, ids: readonly string[]): string {
  const table = tableOf(call);
  return call.store.queue(() => {
    for (const id of ids) table.rows.delete(id);
  });
}

const namedValue = (call: Call, kind: 'formula' | 'control', id: string): Json => ({
  id,
  type: kind,
  href: `https://coda.io/apis/v1/docs/${docOf(call).id}/${kind}s/${id}`,
  name: `The ${kind}`,
});

export const tableAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  listTables(call) {
    const { id, tables } = docOf(call);
    const types = call.query.get('tableTypes')?.split(',');
    const wanted = [...tables.values()].filter(({ tableType }) => types?.includes(tableType) ?? true);
    return { status: 200, body: pageOf(call, wanted.map((table) => tableReference(id, table))) };
  },
  getTable: (call) => ({ status: 200, body: tableWire(docOf(call), tableOf(call)) }),
  listColumns: (call) => ({ status: 200, body: pageOf(call, tableOf(call).columns, { max: 100 }) }),
  getColumn(call) {
    const table = tableOf(call);
    const columns = new Map(table.columns.map((column) => [column.id, column]));
    return { status: 200, body: { ...byIdOrName(columns, call.params.columnIdOrName, 'the column'), parent: tableReference(docOf(call).id, table) } };
  },
  listRows,
  upsertRows,
  getRow(call) {
    const table = tableOf(call);
    return { status: 200, body: { ...rowWire(docOf(call).id, table, rowOf(call, table), call.query), parent: tableReference(docOf(call).id, table) } };
  },
  updateRow(call) {
    const table = tableOf(call);
    const row = rowOf(call, table);
    const cells = toCells(call, table, call.body.row as RowEditWire);
    return { status: 202, body: { id: row.id, requestId: call.store.queue(() => change(table, row, cells, call.store.clock.now())) } };
  },
  deleteRow(call) {
    const { id } = rowOf(call, tableOf(call));
    return { status: 202, body: { id, requestId: removeRows(call, [id]) } };
  },
  deleteRows(call) {
    const rowIds = call.body.rowIds as string[];
    return { status: 202, body: { rowIds, requestId: removeRows(call, rowIds) } };
  },
  pushButton(call) {
    const table = tableOf(call);
    const row = rowOf(call, table);
    return { status: 202, body: { rowId: row.id, columnId: columnOf(table, call.params.columnIdOrName ?? '').id, requestId: call.store.queue(() => undefined) } };
  },
  listFormulas: (call) => ({ status: 200, body: pageOf(call, [namedValue(call, 'formula', 'f-1')]) }),
  getFormula: (call) => ({ status: 200, body: { ...namedValue(call, 'formula', call.params.formulaIdOrName ?? ''), value: [1, ['two', true]] } }),
  listControls: (call) => ({ status: 200, body: pageOf(call, [namedValue(call, 'control', 'ctrl-1')]) }),
  getControl: (call) => ({ status: 200, body: { ...namedValue(call, 'control', call.params.controlIdOrName ?? ''), controlType: 'slider', value: 7 } }),
};
