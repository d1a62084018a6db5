import type { PlannedChange, SyncCounts, TableSchema } from '@cmx/cloud/coda';
import { CloudError } from '@cmx/cloud-core';
import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { dryRun } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { connection, doc, openDoc, table, wait } from './coda-input.ts';
import { openRows, rowsInput } from './read-rows.ts';

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
    keep: z.boolean().default(false).describe('Delete nothing: keep rows that the file does not have'),
    maxDeletes: z.int().min(0).optional().describe('Do nothing at all when more rows than this would be deleted. Default: any number, but not all of them for a file without rows').meta({ flag: 'max-delete' }),
    dryRun,
    wait,
    connection,
  }),
  output: z.object({
    outcome: z.enum(['planned', 'queued', 'inserted', 'updated', 'deleted']).describe('queued: it was not waited for'),
    change: z.enum(['insert', 'update', 'delete']),
    key: z.string().describe('Values of the key columns, with commas between them'),
    rowId: z.string().optional(),
    columns: z.array(z.string()).optional().describe('What is changed'),
    reason: z.string().optional().describe('Why a row is deleted: missing from the file, or duplicate'),
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
    const { typed, rows, keyColumns } = await openRows(client, docId, input.table, input, context);
    const call = callOptions(context);
    const plan = await typed.planSync(rows, { ...call, keyColumns, deleteMissing: !input.keep });
    if (!input.dryRun) refuseDeletes(plan.counts, input);
    if (!input.dryRun) {
      const result = await plan.apply(call);
      if (input.wait) await result.applied({ abortSignal: context.abortSignal });
    }
    for (const change of plan.changes) yield { ...describe(change), outcome: outcomeOf(change, input) };
  },
});

function outcomeOf({ kind }: PlannedChange<TableSchema>, { dryRun: onlyPlans, wait: waits }: { dryRun: boolean; wait: boolean }) {
  if (onlyPlans) return 'planned' as const;
  return waits ? DONE[kind] : ('queued' as const);
}

function describe(change: PlannedChange<TableSchema>) {
  const { kind, key } = change;
  return {
    change: kind,
    key: (JSON.parse(key) as string[]).join(', '),
    rowId: kind === 'insert' ? undefined : change.rowId,
    columns: kind === 'update' ? [...change.fields] : undefined,
    reason: kind === 'delete' ? change.reason : undefined,
  };
}

/** A file that came out empty by accident must not empty the table. */
function refuseDeletes({ inserts, updates, deletes, unchanged }: SyncCounts, { maxDeletes, table: name }: { maxDeletes?: number | undefined; table: string }): void {
  if (maxDeletes === undefined ? deletes === 0 || inserts + updates + unchanged > 0 : deletes <= maxDeletes) return;
  const found = `${String(deletes)} ${deletes === 1 ? 'row' : 'rows'} would be deleted`;
  const reason = maxDeletes === undefined ? `The file has no rows, so all ${found}: nothing was done` : `${found}, and --max-delete allows ${String(maxDeletes)}: nothing was done`;
  const hint = `Look at the plan with --dry-run; if it is what you want, say --max-delete ${String(deletes)}`;
  throw new CloudError('precondition_failed', reason, { provider: 'coda', operation: 'sync', resource: { type: 'table', name }, applied: false, details: { hint } });
}
