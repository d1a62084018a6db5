import type { CodaClient, Column, TableSchema, TypedTable } from '@cmx/cloud/coda';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { z } from 'zod';
import { readInput } from '../local-files.ts';
import type { OperationContext } from '../operation-context.ts';
import { columnsOf } from './coda-input.ts';

/** Where rows come from, and how they are written there. */
export const rowsInput = {
  file: z.string().min(1).default('-').describe('CSV with a header, or JSON objects, one a line; - for standard input'),
  format: z.enum(['csv', 'ndjson']).optional().describe('Default: by the ending of the file, else ndjson'),
  delimiter: z.string().length(1).default(',').describe('Between the fields of CSV'),
  encoding: z.string().default('utf-8').describe('Of CSV, such as windows-1252'),
};

type RowsInput = z.output<z.ZodObject<typeof rowsInput>>;
type Values = Readonly<Record<string, unknown>>;

/** A table with all of its columns, and the rows of a file as values of those that can be written. */
export interface RowsForTable {
  readonly typed: TypedTable<TableSchema>;
  readonly rows: AsyncIterable<Values>;
}

/** Nothing of the file is read before the rows are. */
export async function openRows(client: CodaClient, docId: string, table: string, input: RowsInput, context: OperationContext): Promise<RowsForTable> {
  const { inferSchema } = await import('@cmx/cloud/coda');
  const columns = await columnsOf(client, docId, table, context);
  const schema = inferSchema(columns);
  return { typed: client.table(docId, table, schema), rows: readRows(schema, columns, input, context) };
}

async function* readRows(schema: TableSchema, columns: readonly Column[], input: RowsInput, context: OperationContext): AsyncGenerator<Values> {
  const { readCsv, readNdjson } = await import('@cmx/cloud/coda');
  const source = readInput(input.file, context);
  const isCsv = (input.format ?? (input.file.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson')) === 'csv';
  const records = isCsv ? readCsv(source, input) : readNdjson(source);
  // What an export has of them can be given back.
  const selfFilled = new Set(columns.filter(({ calculated, format }) => calculated === true || format.type === 'button').map(({ id }) => id));
  for await (const { line, fields } of records) {
    const values: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(fields)) {
      const [field, spec] = Object.entries(schema).find(([known, { column }]) => known === name || column === name) ?? [];
      if (field === undefined || spec === undefined) throw wrong(line, `the table has no column "${name}"; it has ${Object.keys(schema).join(', ')}`);
      if (!selfFilled.has(spec.column)) values[field] = attempt(line, name, () => (isCsv ? spec.fromText(String(given)) : spec.parse(given)));
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
