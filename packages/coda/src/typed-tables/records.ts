import { invalidArgument } from '../api/coda-errors.ts';
import type { CsvRecord } from '../text-formats/read-csv.ts';
import type { JsonRecord } from '../text-formats/read-ndjson.ts';
import type { TableSchema, ValuesOf, ValuesToWrite } from './column-spec.ts';
import type { TableColumns } from './table-columns.ts';

/**
 * Rows from CSV records whose header has field names, column names or column ids. Columns the table fills itself may be there, as in
 * what was exported, and are left out.
 */
export async function* fromCsvRecords<S extends TableSchema>(schema: S, columns: TableColumns<S>, records: AsyncIterable<CsvRecord>): AsyncGenerator<ValuesToWrite<S>> {
  let fieldByHeader: ReadonlyMap<string, string> | undefined;
  for await (const { line, fields } of records) {
    fieldByHeader ??= matchHeader(schema, columns, Object.keys(fields));
    const values: Record<string, unknown> = {};
    for (const [header, field] of fieldByHeader) values[field] = read(schema, field, line, (spec) => spec.fromText(fields[header] ?? ''));
    yield values as ValuesToWrite<S>;
  }
}

function matchHeader<S extends TableSchema>(schema: S, columns: TableColumns<S>, headers: readonly string[]): ReadonlyMap<string, string> {
  const names = columns.names();
  const fieldOf = (header: string): string | undefined => Object.keys(schema).find((field) => field === header || names.get(field) === header || schema[field]?.column === header);
  const matched = new Map(headers.map((header) => [header, fieldOf(header)] as const));
  const found = new Set(matched.values());
  const missing = Object.keys(schema).filter((field) => columns.isWritable(field) && !found.has(field));
  const unknown = headers.filter((header) => matched.get(header) === undefined);
  if (missing.length > 0 || unknown.length > 0) {
    const problems = [missing.length > 0 && `lacks ${quoted(missing)}`, unknown.length > 0 && `has ${quoted(unknown)}, which the schema does not know`].filter(Boolean);
    throw invalidArgument(`The CSV's header ${problems.join(' and ')}`);
  }
  return new Map([...matched].flatMap(([header, field]) => (field !== undefined && columns.isWritable(field) ? [[header, field] as const] : [])));
}

/** Rows from JSON objects with field names; absent fields stay absent, and those the table fills itself are left out. */
export async function* fromJsonRecords<S extends TableSchema>(schema: S, columns: TableColumns<S>, records: AsyncIterable<JsonRecord>): AsyncGenerator<ValuesToWrite<S>> {
  for await (const { line, fields } of records) {
    const unknown = Object.keys(fields).filter((field) => !(field in schema));
    if (unknown.length > 0) throw invalidArgument(`Line ${String(line)} has ${quoted(unknown)}, which the schema does not know`);
    const writable = Object.entries(fields).filter(([field]) => columns.isWritable(field));
    yield Object.fromEntries(writable.map(([field, value]) => [field, read(schema, field, line, (spec) => spec.parse(value))])) as ValuesToWrite<S>;
  }
}

function read(schema: TableSchema, field: string, line: number, parse: (spec: TableSchema[string]) => unknown): unknown {
  const spec = schema[field];
  try {
    return spec && parse(spec);
  } catch (error) {
    throw invalidArgument(`Line ${String(line)}, field "${field}": ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The values as CSV fields, in the schema's order. */
export function toCsvRecord<S extends TableSchema>(schema: S, values: ValuesOf<S>): readonly string[] {
  return Object.entries(schema).map(([field, spec]) => spec.toText(values[field]));
}

/** The values as plain JSON: what `readNdjson` reads back. */
export function toJsonRecord<S extends TableSchema>(schema: S, values: ValuesOf<S>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schema).map(([field, spec]) => [field, spec.format(values[field]) ?? null]));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
