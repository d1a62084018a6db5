import type { CodaClient, Column } from '@cmx/cloud/coda';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { z } from 'zod';
import { connectionOf } from '../connections/connection-input.ts';
import type { OperationContext } from '../operation-context.ts';
import { callOptions } from '../storage/select-source.ts';

/** Inputs that several operations share, described once. */
export const connection = connectionOf('coda');
export const doc = z.string().min(1).describe('Id or link of the doc');
export const table = z.string().min(1).describe('Id or name of a table or view');
export const page = z.string().min(1).describe('Id or name of a page');
export const wait = z.boolean().default(false).describe('Wait until the change is applied (up to ten minutes); otherwise it is queued');

/** Items that every list of Coda's gives at once. */
export const LARGEST_PAGE = 100;

/** The client, and the id of the doc: a link is read without a request where it can be. */
export async function openDoc({ connection: name, doc: given }: { connection?: string | undefined; doc: string }, context: OperationContext): Promise<{ client: CodaClient; docId: string }> {
  const client = await openCoda(name, context);
  if (!given.includes('/')) return { client, docId: given };
  const { parseLink } = await import('@cmx/cloud/coda');
  const parsed = parseLink(given);
  if (parsed) return { client, docId: parsed.docId };
  const { resource } = await client.links.resolve(given, { abortSignal: context.abortSignal });
  return { client, docId: /\/docs\/([^/]+)/.exec(resource.href)?.[1] ?? resource.id };
}

/** @throws {InvalidArgumentError} The connection is of another type. */
export async function openCoda(name: string | undefined, context: OperationContext): Promise<CodaClient> {
  return (await context.client('coda', name)) as CodaClient;
}

export async function columnsOf(client: CodaClient, docId: string, tableName: string, context: OperationContext): Promise<Column[]> {
  const columns: Column[] = [];
  for await (const column of client.columns.list(docId, tableName, callOptions(context))) columns.push(column);
  return columns;
}

/** Names of columns that were given by id or name. @throws {InvalidArgumentError} The table has no such column. */
export function namesOf(columns: readonly Column[], wanted: readonly string[]): string[] {
  return wanted.map((given) => (columns.find(({ id }) => id === given) ?? columns.find(({ name }) => name === given) ?? refuse(columns, given)).name);
}

function refuse(columns: readonly Column[], given: string): never {
  throw new InvalidArgumentError(noColumn(given, columns.map(({ name }) => name)), { provider: 'coda', operation: 'findColumn' });
}

export function noColumn(given: string, known: readonly string[]): string {
  return `The table has no column "${given}"; it has ${known.join(', ')}`;
}
