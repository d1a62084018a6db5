import type { CallOptions, Page, Paged, PageRequest } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import type { Row } from '../rows/row-models.ts';
import { getRow, listRows, updateRow, type ListRowsOptions, type WriteRowOptions } from '../rows/rows.ts';
import { deleteRows, insertRows, upsertRows, type InsertRowsOptions, type RowSource, type WriteRowsOptions } from '../rows/write-rows.ts';
import type { WrittenRows } from '../rows/written-rows.ts';
import { listColumns } from '../tables/columns.ts';
import type { Column } from '../tables/table-models.ts';
import { readCsv, type ReadCsvOptions } from '../text-formats/read-csv.ts';
import { readNdjson } from '../text-formats/read-ndjson.ts';
import { toCsv, type WriteCsvOptions } from '../text-formats/write-csv.ts';
import type { TextSource } from '../text-formats/text-source.ts';
import type { TableSchema, ValuesOf, ValuesToWrite } from './column-spec.ts';
import { inferSchema } from './infer-schema.ts';
import { planSync } from './plan-sync.ts';
import { fromCsvRecords, fromJsonRecords, toCsvRecord, toJsonRecord } from './records.ts';
import type { SyncPlan, SyncResult } from './sync-plan.ts';
import { TableColumns } from './table-columns.ts';

/** A row of a typed table. */
export interface TypedRow<S extends TableSchema> extends Omit<Row, 'values'> {
  readonly values: ValuesOf<S>;
}

export interface TypedRowPage<S extends TableSchema> extends Page<TypedRow<S>> {
  /** On the last page: hand it to `list` later to get the rows that changed since. */
  readonly nextSyncToken?: string | undefined;
}

/** A list of typed rows; its pages also carry the sync token. */
export interface TypedRowPages<S extends TableSchema> extends Paged<TypedRow<S>> {
  byPage(request?: PageRequest): AsyncIterable<TypedRowPage<S>>;
}

export interface ListTypedRowsOptions extends ListOptions, Pick<ListRowsOptions, 'query' | 'sortBy' | 'visibleOnly' | 'syncToken'> {}

export interface SyncOptions<S extends TableSchema> extends WriteRowsOptions {
  /** Fields that tell rows apart; every row must have them, and no two rows the same. */
  keyColumns: readonly (keyof S & string)[];
  /** Delete rows of the table that are not among the given ones. Default `true`. */
  deleteMissing?: boolean | undefined;
}

/**
 * A table whose rows have the names and types of a schema. The schema is held against the table's columns before the first request for
 * rows; columns that are not there are refused by name.
 */
export class TypedTable<S extends TableSchema> {
  readonly docId: string;
  readonly table: string;
  readonly schema: S;
  readonly #api: CodaApi;
  #columns: Promise<TableColumns<S>> | undefined;

  constructor(api: CodaApi, docId: string, table: string, schema: S) {
    this.#api = api;
    this.docId = docId;
    this.table = table;
    this.schema = schema;
  }

  /**
   * Holds the schema against the table's columns, once.
   *
   * @throws {InvalidArgumentError} A column is not there (any more), or there are several of its name.
   */
  async columns(options: CallOptions = {}): Promise<TableColumns<S>> {
    this.#columns ??= this.#resolve(options);
    try {
      return await this.#columns;
    } catch (error) {
      this.#columns = undefined;
      throw error;
    }
  }

  /** Lists the rows, a page at a time in constant memory. */
  list(options: ListTypedRowsOptions = {}): TypedRowPages<S> {
    const pages = (request?: PageRequest): AsyncIterable<TypedRowPage<S>> => this.#pages(options, request);
    return {
      byPage: pages,
      async *[Symbol.asyncIterator]() {
        for await (const page of pages()) yield* page.items;
      },
    };
  }

  /** Reads a row. @throws {NotFoundError} No such row. */
  async get(rowId: string, options: ReadOptions = {}): Promise<TypedRow<S>> {
    const columns = await this.columns(options);
    const row = await getRow(this.#api, this.docId, this.table, rowId, { ...options, valueFormat: this.#valueFormat });
    return toTypedRow(columns, row);
  }

  /** Queues new rows. @throws {InvalidArgumentError} A field nobody knows, a column that cannot be written, a row over 85 KB: by name. */
  async insert(rows: RowSource<ValuesToWrite<S>>, options: InsertRowsOptions = {}): Promise<WrittenRows> {
    const columns = await this.columns(options);
    return insertRows(this.#api, this.docId, this.table, toCells(columns, rows), options);
  }

  /** Queues rows that replace those with the same keys, or are added when there are none. */
  async upsert(rows: RowSource<ValuesToWrite<S>>, { keyColumns, ...options }: Pick<SyncOptions<S>, 'keyColumns'> & WriteRowsOptions): Promise<WrittenRows> {
    const columns = await this.columns(options);
    return upsertRows(this.#api, this.docId, this.table, toCells(columns, rows), columns.idsOf(keyColumns), options);
  }

  /** Queues a change of some fields of a row. */
  async update(rowId: string, values: ValuesToWrite<S>, options: WriteRowOptions = {}): Promise<Queued<{ readonly id: string }>> {
    const columns = await this.columns(options);
    return updateRow(this.#api, this.docId, this.table, rowId, columns.toCells(values, `row "${rowId}"`), options);
  }

  /** Queues the deletion of rows. Succeeds for rows that are already gone. */
  async delete(rowIds: readonly string[], options: CallOptions = {}): Promise<WrittenRows> {
    return deleteRows(this.#api, this.docId, this.table, rowIds, options);
  }

  /**
   * Finds out what it takes to make the table hold exactly these rows, and changes nothing. The rows are held in memory; the table's own
   * are not.
   *
   * @throws {InvalidArgumentError} Two of the rows have the same key, or one has none: by name.
   */
  async planSync(rows: RowSource<ValuesToWrite<S>>, options: SyncOptions<S>): Promise<SyncPlan<S>> {
    const columns = await this.columns(options);
    return planSync(this.#api, this, columns, rows, options);
  }

  /**
   * Makes the table hold exactly these rows: adds, changes and deletes. `planSync` shows the same before it happens.
   *
   * @throws {CloudError} A request failed; `details.report` says which rows were queued and which were not. Syncing again goes on from there.
   */
  async sync(rows: RowSource<ValuesToWrite<S>>, options: SyncOptions<S>): Promise<SyncResult> {
    const { keyColumns: _keyColumns, deleteMissing: _deleteMissing, ...writeOptions } = options;
    const plan = await this.planSync(rows, options);
    return plan.apply(writeOptions);
  }

  /**
   * Reads rows from CSV with a header of field or column names, for `insert`, `upsert` or `sync`. Every column that can be written must be
   * there; those the table fills itself (formulas, buttons) may be, and are left out, so that what `toCsv` wrote can be read back.
   *
   * @throws {InvalidArgumentError} A column is missing or unknown, a field cannot be read, the text is not in the encoding: with its line.
   */
  async *readCsv(source: TextSource, options: ReadCsvOptions = {}): AsyncGenerator<ValuesToWrite<S>> {
    const columns = await this.columns();
    yield* fromCsvRecords(this.schema, columns, readCsv(source, options));
  }

  /**
   * Reads rows from JSON objects, one a line, with field names. Fields of columns the table fills itself are left out.
   *
   * @throws {InvalidArgumentError} A line cannot be read, or has a field nobody knows: with its number.
   */
  async *readNdjson(source: TextSource): AsyncGenerator<ValuesToWrite<S>> {
    const columns = await this.columns();
    yield* fromJsonRecords(this.schema, columns, readNdjson(source));
  }

  /** All rows as CSV with a header of column names, a line at a time. */
  async *toCsv({ delimiter, ...options }: ListTypedRowsOptions & WriteCsvOptions = {}): AsyncGenerator<string> {
    const columns = await this.columns(options);
    const { schema } = this;
    const records = mapRows(this.list(options), ({ values }) => toCsvRecord(schema, values));
    yield* toCsv([...columns.names().values()], records, { delimiter });
  }

  /** All rows as JSON objects with field names, a line at a time. */
  async *toNdjson(options: ListTypedRowsOptions = {}): AsyncGenerator<string> {
    for await (const { values } of this.list(options)) yield `${JSON.stringify(toJsonRecord(this.schema, values))}\n`;
  }

  get #valueFormat(): 'rich' | 'simpleWithArrays' {
    return Object.values(this.schema).some(({ needsRich }) => needsRich) ? 'rich' : 'simpleWithArrays';
  }

  async *#pages(options: ListTypedRowsOptions, request?: PageRequest): AsyncGenerator<TypedRowPage<S>> {
    const columns = await this.columns(options);
    for await (const page of listRows(this.#api, this.docId, this.table, { ...options, valueFormat: this.#valueFormat }).byPage(request)) {
      yield { ...page, items: page.items.map((row) => toTypedRow(columns, row)) };
    }
  }

  async #resolve(options: CallOptions): Promise<TableColumns<S>> {
    return new TableColumns(this.table, this.schema, await readColumns(this.#api, this.docId, this.table, options));
  }
}

/** A table with a schema made from its columns, for programs that do not know it. */
export async function openTable(api: CodaApi, docId: string, table: string, options: CallOptions = {}): Promise<TypedTable<TableSchema>> {
  return new TypedTable(api, docId, table, inferSchema(await readColumns(api, docId, table, options)));
}

async function readColumns(api: CodaApi, docId: string, table: string, { abortSignal }: CallOptions): Promise<readonly Column[]> {
  const columns: Column[] = [];
  for await (const column of listColumns(api, docId, table, { abortSignal, limit: 100 })) columns.push(column);
  return columns;
}

function toTypedRow<S extends TableSchema>(columns: TableColumns<S>, row: Row): TypedRow<S> {
  return { ...row, values: columns.toValues(row.id, row.values) };
}

async function* toCells<S extends TableSchema>(columns: TableColumns<S>, rows: RowSource<ValuesToWrite<S>>) {
  let place = 0;
  for await (const row of rows) yield columns.toCells(row, `row ${String(place++)}`);
}

async function* mapRows<T, R>(rows: AsyncIterable<T>, change: (row: T) => R): AsyncGenerator<R> {
  for await (const row of rows) yield change(row);
}
