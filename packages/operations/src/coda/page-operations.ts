import { InvalidArgumentError } from '@cmx/cloud-core';
import { z } from 'zod';
import { readWholeInput, writeOutput } from '../local-files.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { connection, doc, openDoc, page, wait } from './coda-input.ts';

const format = z.enum(['markdown', 'html']).default('markdown').describe('Markdown keeps less than HTML: see docs/providers/coda.md');
const place = [
  { field: 'doc', label: 'DOC' },
  { field: 'page', label: 'PAGE' },
] as const;

export const readPageOperation = defineOperation({
  name: 'docs_read_page',
  summary: 'Print a page as Markdown or HTML',
  risk: 'READ_CONTENT',
  input: z.object({ doc, page, format, connection }),
  returns: 'bytes',
  cli: { command: 'pages get', arguments: place, columns: [], primary: '', examples: [['cmx pages get AbCDeFGH Notes', 'as Markdown']] },
  async *handler(input, context) {
    yield* await exportPage(input, context);
  },
});

export const exportPageOperation = defineOperation({
  name: 'docs_export_page',
  summary: 'Write a page to a file as Markdown or HTML, as it arrives',
  risk: 'WRITE_LOCAL',
  riskOf: ({ to }) => (to === '-' ? 'READ_CONTENT' : 'WRITE_LOCAL'),
  input: z.object({ doc, page, to: z.string().min(1).default('-').describe('File to write to, or - for standard output'), format, connection }),
  output: z.object({ path: z.string(), sizeInBytes: z.number() }),
  returns: 'value',
  cli: {
    command: 'pages export',
    arguments: place,
    short: { to: 't' },
    columns: ['path', 'sizeInBytes'],
    primary: 'path',
    examples: [['cmx pages export AbCDeFGH Notes --format html --to notes.html', 'as HTML']],
  },
  async handler({ to, ...input }, context) {
    return { path: to, sizeInBytes: await writeOutput(to, await exportPage(input, context), context) };
  },
});

export const writePageOperation = defineOperation({
  name: 'docs_write_page',
  summary: 'Write Markdown or HTML to a page, in place of its content, before it or behind it',
  risk: 'DELETE',
  riskOf: ({ mode }) => (mode === 'replace' ? 'DELETE' : 'WRITE'),
  input: z.object({
    doc,
    page,
    file: z.string().min(1).default('-').describe('File to read, or - for standard input'),
    mode: z.enum(['replace', 'append', 'prepend']).default('replace').describe('What becomes of what is there'),
    format,
    wait,
    connection,
  }),
  output: z.object({ outcome: z.enum(['queued', 'applied']), pageId: z.string(), requestId: z.string().optional(), warning: z.string().optional() }),
  returns: 'value',
  cli: {
    command: 'pages put',
    arguments: [...place, { field: 'file', label: 'FILE' }],
    columns: ['outcome', 'pageId', 'requestId', 'warning'],
    primary: 'pageId',
    examples: [['date | cmx pages put AbCDeFGH Log --mode append', 'a line more']],
  },
  async handler(input, context) {
    const { client, docId } = await openDoc(input, context);
    const content = textOf(await readWholeInput(input.file, context));
    const { abortSignal, timeoutInMs } = context;
    const change = await client.pages.writeContent(docId, input.page, input.format, content, { abortSignal, timeoutInMs, insertionMode: input.mode });
    const status = input.wait ? await change.applied().result({ abortSignal }) : undefined;
    return { outcome: status ? ('applied' as const) : ('queued' as const), pageId: change.id, requestId: change.requestId, warning: status?.warning };
  },
});

async function exportPage(input: { connection?: string | undefined; doc: string; page: string; format: 'markdown' | 'html' }, context: OperationContext): Promise<AsyncIterable<Uint8Array>> {
  const { client, docId } = await openDoc(input, context);
  const exported = await client.pages.export(docId, input.page, { outputFormat: input.format, abortSignal: context.abortSignal });
  return exported.stream({ abortSignal: context.abortSignal });
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InvalidArgumentError('The content is not UTF-8', { provider: 'coda', operation: 'writePage', cause: error });
  }
}
