import type { PlannedChange, TableSchema } from '@cmx/cloud/coda';
import { CloudError } from '@cmx/cloud-core';
import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { dryRun } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { connection, doc, openDoc, table, wait } from './coda-input.ts';
import { openRows, rowsInput } from './read-rows.ts';
import { keys } from './row-operations.ts';

const DONE = { insert: 'inserted', update: 'updated', delete: 'deleted' } as const;

export const syncRowsOperation = defineOperation({
  name: 'docs_sync_rows',
  summary: 'Make a table hold exactly the rows of a file: add, change and delete',
  description: 'Compares first and sends only what differs; --dry-run shows the plan. A row whose key is in the table twice is deleted but once.',
  risk: 'DELETE',
  riskOf: (input) => (input.dryRun ? 'PLAN' : input.keep ? 'WRITE' : 'DELETE'),
  input: z.object({
    doc,
    table,
    ...rowsInput,
    keys,
    keep: z.boolean().default(false).describe('Delete nothing: keep rows that the file does not have'),
    maxDeletes: z.int().min(0).optional().describe('Do nothing at all when more rows than this would be deleted').meta({ flag: 'max-delete' }),
    dryRun,
    wait,
    connection,
  }),
  output: z.object({
    outcome: z.enum(['planned', 'inserted', 'updated', 'deleted']),
    change: z.enum(['insert', 'update', 'delete']),
    key: z.string(),
    rowId: z.string().optional(),
    columns: z.array(z.string()).optional().describe('What is changed'),
    reason: z.string().optional().describe('Why a row is deleted: missing from the file, or duplicate'),
    applied: z.boolean().describe('Whether it was waited for; otherwise it is queued'),
  }),
  returns: 'items',
  cli: {
    command: 'rows sync',
    arguments: [
      { field: 'doc', label: 'DOC' },
      { field: 'table', label: 'TABLE' },
      { field: 'file', label: 'FILE' },
    ],
    short: { keys: 'k', dryRun: 'n' },
    columns: ['change', 'key', 'columns', 'reason', 'rowId'],
    primary: 'key',
    quiet: true,
    confirm: ({ dryRun: onlyPlans, keep, table: name, file }) =>
      onlyPlans || keep ? undefined : `Delete the rows of "${name}" that ${file === '-' ? 'standard input' : file} does not have, and write the others?`,
    examples: [
      ['cmx rows sync AbCDeFGH Tasks tasks.csv --key Title --dry-run', 'what would be done'],
      ['cmx rows sync AbCDeFGH Tasks tasks.csv --key Title --wait --yes', 'done, and waited for'],
    ],
  },
  async *handler(input, context) {
    const { client, docId } = await openDoc(input, context);
    const { typed, rows } = await openRows(client, docId, input.table, input, context);
    const call = callOptions(context);
    const plan = await typed.planSync(rows, { ...call, keyColumns: input.keys, deleteMissing: !input.keep });
    if (input.maxDeletes !== undefined && plan.counts.deletes > input.maxDeletes) throw tooManyDeletes(plan.counts.deletes, input.maxDeletes, input.table);
    if (!input.dryRun) {
      const result = await plan.apply(call);
      if (input.wait) await result.applied({ abortSignal: context.abortSignal });
    }
    for (const change of plan.changes) yield { ...describe(change), outcome: input.dryRun ? ('planned' as const) : DONE[change.kind], applied: input.wait && !input.dryRun };
  },
});

function describe(change: PlannedChange<TableSchema>) {
  const { kind, key } = change;
  return {
    change: kind,
    key,
    rowId: kind === 'insert' ? undefined : change.rowId,
    columns: kind === 'update' ? [...change.fields] : undefined,
    reason: kind === 'delete' ? change.reason : undefined,
  };
}

function tooManyDeletes(found: number, allowed: number, name: string): CloudError {
  const reason = `${String(found)} rows would be deleted, and --max-delete allows ${String(allowed)}: nothing was done`;
  return new CloudError('precondition_failed', reason, { provider: 'coda', operation: 'sync', resource: { type: 'table', name }, applied: false });
}
