import { z } from 'zod';
import { writeOutput } from '../local-files.ts';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import { time } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { columnsOf, connection, doc, LARGEST_PAGE, namesOf, openDoc, table, wait } from './coda-input.ts';
import { openRows, rowsInput } from './read-rows.ts';

const place = [
  { field: 'doc', label: 'DOC' },
  { field: 'table', label: 'TABLE' },
] as const;

export const listRowsOperation = defineOperation({
  name: 'docs_list_rows',
  summary: 'List the rows of a table or view',
  risk: 'READ_CONTENT',
  input: z.object({
    doc,
    table,
    query: z.string().optional().describe('Only rows with this value: COLUMN_ID:JSON or "COLUMN":JSON, such as c-tuVwxYz:"Apple"'),
    columns: z.array(z.string()).default([]).describe('Only this column, by id or name; can be repeated').meta({ flag: 'column' }),
    ...listRange,
    connection,
  }),
  output: z.object({ id: z.string(), name: z.string(), values: z.record(z.string(), z.unknown()).describe('By column name'), updatedAt: time }),
  returns: 'items',
  cli: {
    command: 'rows ls',
    arguments: place,
    columns: ['id', 'values'],
    spread: 'values',
    primary: 'id',
    examples: [['cmx rows ls AbCDeFGH Tasks --column Title --limit 10', 'one column of ten rows']],
  },
  async *handler(input, context) {
    const { client, docId } = await openDoc(input, context);
    const names = input.columns.length > 0 ? namesOf(await columnsOf(client, docId, input.table, context), input.columns) : undefined;
    const rows = client.rows.list(docId, input.table, { ...callOptions(context), query: input.query, valueFormat: 'simpleWithArrays', useColumnNames: true });
    return yield* listFrom(rows, input, { operation: 'docs_list_rows', of: [docId, input.table, input.query, input.connection] }, {
      toResult: ({ id, name, values, updatedAt }) => {
        const shown = names ? Object.fromEntries(names.map((column) => [column, values[column]])) : { ...values };
        return { id, name, values: shown, updatedAt: updatedAt.toISOString() };
      },
      largestPage: LARGEST_PAGE,
    });
  },
});

export const upsertRowsOperation = defineOperation({
  name: 'docs_upsert_rows',
  summary: 'Write rows: those with the same keys are changed, others are added',
  description: 'Columns that the table fills itself are left out, so an export can be given back. Other unknown columns are refused by name.',
  risk: 'WRITE',
  input: z.object({ doc, table, ...rowsInput, wait, connection }),
  output: z.object({ outcome: z.enum(['queued', 'applied']), rows: z.number(), requestIds: z.array(z.string()), warnings: z.array(z.string()).optional() }),
  returns: 'value',
  cli: {
    command: 'rows upsert',
    arguments: [...place, { field: 'file', label: 'FILE' }],
    short: { keys: 'k' },
    columns: ['outcome', 'rows', 'requestIds'],
    primary: 'rows',
    examples: [['cmx rows upsert AbCDeFGH Tasks tasks.csv --key Title --wait', 'from CSV, until the doc has them']],
  },
  async handler(input, context) {
    const { client, docId } = await openDoc(input, context);
    const { typed, rows, keyColumns } = await openRows(client, docId, input.table, input, context);
    const written = await typed.upsert(rows, { ...callOptions(context), keyColumns });
    const statuses = input.wait ? await written.applied({ abortSignal: context.abortSignal }) : [];
    return {
      outcome: input.wait ? ('applied' as const) : ('queued' as const),
      rows: written.rowCount,
      requestIds: written.batches.flatMap(({ change }) => change.requestId ?? []),
      warnings: input.wait ? statuses.flatMap(({ warning }) => warning ?? []) : undefined,
    };
  },
});

export const exportRowsOperation = defineOperation({
  name: 'docs_export_rows',
  summary: 'Write all rows of a table or view as CSV or ndjson',
  risk: 'WRITE_LOCAL',
  riskOf: ({ to }) => (to === '-' ? 'READ_CONTENT' : 'WRITE_LOCAL'),
  input: z.object({
    doc,
    table,
    to: z.string().min(1).default('-').describe('File to write to, or - for standard output'),
    format: z.enum(['csv', 'ndjson']).optional().describe('Default: by the ending of the file, else ndjson'),
    delimiter: z.string().length(1).default(',').describe('Between the fields of CSV'),
    connection,
  }),
  output: z.object({ path: z.string(), sizeInBytes: z.number() }),
  returns: 'value',
  cli: {
    command: 'rows export',
    arguments: place,
    short: { to: 't' },
    columns: ['path', 'sizeInBytes'],
    primary: 'path',
    examples: [
      ['cmx rows export AbCDeFGH Tasks --to tasks.csv', 'as CSV, in constant memory'],
      ['cmx rows export AbCDeFGH Tasks | jq .Title', 'JSON objects, one a line'],
    ],
  },
  async handler({ to, format, delimiter, ...input }, context) {
    const { client, docId } = await openDoc(input, context);
    const typed = await client.openTable(docId, input.table, callOptions(context));
    const isCsv = (format ?? (to.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson')) === 'csv';
    const content = isCsv ? typed.toCsv({ ...callOptions(context), delimiter }) : typed.toNdjson(callOptions(context));
    return { path: to, sizeInBytes: await writeOutput(to, content, context) };
  },
});
