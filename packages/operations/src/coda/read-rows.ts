import type { CodaClient, Column, ColumnSpec, TableSchema, TypedTable } from '@cmx/cloud/coda';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { z } from 'zod';
import { readInput } from '../local-files.ts';
import type { OperationContext } from '../operation-context.ts';
import { columnsOf, namesOf, noColumn } from './coda-input.ts';

/** Where rows come from, how they are written there, and what tells them apart. */
export const rowsInput = {
  file: z.string().min(1).default('-').describe('CSV with a header, or JSON objects, one a line; - for standard input'),
  format: z.enum(['csv', 'ndjson']).optional().describe('Default: by the ending of the file, else ndjson'),
  delimiter: z.string().length(1).default(',').describe('Between the fields of CSV'),
  encoding: z.string().default('utf-8').describe('Of CSV, such as windows-1252'),
  keys: z.array(z.string().min(1)).min(1).describe('Column that tells rows apart, by id or name; can be repeated').meta({ flag: 'key' }),
};

type RowsInput = z.output<z.ZodObject<typeof rowsInput>>;
type Values = Readonly<Record<string, unknown>>;

/** A table with all of its columns, and the rows of a file as values of those that can be written. */
export interface RowsForTable {
  readonly typed: TypedTable<TableSchema>;
  readonly rows: AsyncIterable<Values>;
  /** By name. */
  readonly keyColumns: readonly string[];
}

/** Nothing of the file is read before the rows are. */
export async function openRows(client: CodaClient, docId: string, table: string, input: RowsInput, context: OperationContext): Promise<RowsForTable> {
  const { inferSchema } = await import('@cmx/cloud/coda');
  const columns = await columnsOf(client, docId, table, context);
  const schema = inferSchema(columns);
  const keyColumns = namesOf(columns, input.keys);
  return { typed: client.table(docId, table, schema), rows: readRows(fieldsOf(columns, schema), input, context), keyColumns };
}

/** A column that a file can name. */
interface Field {
  readonly name: string;
  readonly spec: ColumnSpec<unknown>;
  /** The table fills it: what an export has of it is left out. */
  readonly isSelfFilled: boolean;
}

/** By id and by name; the name wins. */
function fieldsOf(columns: readonly Column[], schema: TableSchema): ReadonlyMap<string, Field> {
  const fields = columns.flatMap(({ id, name, calculated, format }): [id: string, field: Field][] => {
    const spec = schema[name];
    return spec ? [[id, { name, spec, isSelfFilled: calculated === true || format.type === 'button' }]] : [];
  });
  return new Map([...fields, ...fields.map(([, field]) => [field.name, field] as const)]);
}

async function* readRows(known: ReadonlyMap<string, Field>, input: RowsInput, context: OperationContext): AsyncGenerator<Values> {
  const { readCsv, readNdjson } = await import('@cmx/cloud/coda');
  const source = readInput(input.file, context);
  const isCsv = (input.format ?? (input.file.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson')) === 'csv';
  for await (const { line, fields } of isCsv ? readCsv(source, input) : readNdjson(source)) {
    const values: Record<string, unknown> = {};
    for (const [given, value] of Object.entries(fields)) {
      const field = known.get(given);
      if (!field) throw wrong(line, noColumn(given, [...new Set([...known.values()].map(({ name }) => name))]));
      if (!field.isSelfFilled) values[field.name] = attempt(line, given, () => (isCsv ? field.spec.fromText(String(value)) : field.spec.parse(value)));
    }
    yield values;
  }
}

function attempt<T>(line: number, name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw wrong(line, `column "${name}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wrong(line: number, reason: string): InvalidArgumentError {
  return new InvalidArgumentError(`Line ${String(line)}: ${reason}`, { provider: 'coda', operation: 'readRows' });
}
