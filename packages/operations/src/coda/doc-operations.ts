import { z } from 'zod';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import { time } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { connection, doc, LARGEST_PAGE, openCoda, openDoc, table } from './coda-input.ts';

export const listDocsOperation = defineOperation({
  name: 'docs_search',
  summary: 'List the docs that can be reached, the ones opened last first',
  risk: 'READ',
  input: z.object({
    query: z.string().optional().describe('Only docs with these words'),
    owned: z.boolean().default(false).describe('Only docs of your own'),
    ...listRange,
    connection,
  }),
  output: z.object({ id: z.string(), name: z.string(), owner: z.string(), updatedAt: time, url: z.string() }),
  returns: 'items',
  cli: {
    command: 'docs ls',
    arguments: [{ field: 'query', label: 'WORDS' }],
    columns: ['id', 'name', 'owner', 'updatedAt'],
    primary: 'id',
    examples: [['cmx docs ls launch --owned', 'docs of your own with that word']],
  },
  async *handler({ query, owned, connection: name, ...range }, context) {
    const client = await openCoda(name, context);
    const docs = client.docs.list({ ...callOptions(context), query, isOwner: owned || undefined });
    return yield* listFrom(docs, range, { operation: 'docs_search', of: [query, owned, name] }, {
      toResult: ({ id, name: title, owner, updatedAt, browserLink }) => ({ id, name: title, owner, updatedAt: updatedAt.toISOString(), url: browserLink }),
      largestPage: LARGEST_PAGE,
    });
  },
});

export const showDocOperation = defineOperation({
  name: 'docs_get',
  summary: 'Show what is in a doc: pages, tables and views; or the columns of a table',
  risk: 'READ',
  input: z.object({ doc, table: table.optional(), connection }),
  output: z.object({
    kind: z.enum(['doc', 'page', 'table', 'view', 'column']),
    id: z.string(),
    name: z.string(),
    parent: z.string().optional().describe('Name of the page it is on or below'),
    format: z.string().optional().describe('What a column holds'),
    calculated: z.boolean().optional().describe('Filled by the table itself'),
    url: z.string().optional(),
  }),
  returns: 'items',
  cli: {
    command: 'docs show',
    arguments: [
      { field: 'doc', label: 'DOC' },
      { field: 'table', label: 'TABLE' },
    ],
    columns: ['kind', 'id', 'name', 'parent', 'format', 'calculated'],
    primary: 'id',
    examples: [['cmx docs show AbCDeFGH Tasks', 'the columns of a table']],
  },
  async *handler(input, context) {
    const { client, docId } = await openDoc(input, context);
    const call = callOptions(context);
    if (input.table !== undefined) {
      for await (const { id, name, format, calculated } of client.columns.list(docId, input.table, call)) {
        yield { kind: 'column' as const, id, name, format: format.isArray ? `${format.type} list` : format.type, calculated };
      }
      return;
    }
    const { name, browserLink } = await client.docs.get(docId, call);
    yield { kind: 'doc' as const, id: docId, name, url: browserLink };
    for await (const { id, name: title, parent, browserLink: url } of client.pages.list(docId, call)) yield { kind: 'page' as const, id, name: title, parent: parent?.name, url };
    for await (const { id, name: title, tableType, parent, browserLink: url } of client.tables.list(docId, call)) {
      yield { kind: tableType === 'view' ? ('view' as const) : ('table' as const), id, name: title, parent: parent?.name, url };
    }
  },
});
