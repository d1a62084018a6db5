import { checkSettings, ConnectionsFile, connectionTypes, getConnection, listConnections } from '@cmx/cloud';
import { CloudError, InvalidArgumentError, NotFoundError } from '@cmx/cloud-core';
import { z } from 'zod';
import { errorReportSchema, toErrorReport } from '../error-report.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';

const summary = z.object({
  name: z.string(),
  type: z.string(),
  title: z.string(),
  origin: z.enum(['file', 'environment']),
  settings: z.record(z.string(), z.string()).describe('Secrets masked'),
  problem: z.string().optional().describe('Why it cannot be opened'),
});

const name = z.string().min(2).describe('Name of the connection');

function fileOf({ connections }: OperationContext): ConnectionsFile {
  return new ConnectionsFile(connections.env ?? process.env, connections.configDirectory);
}

export const listConnectionsOperation = defineOperation({
  name: 'connections_list',
  summary: 'List the connections of the file and of the environment',
  risk: 'READ',
  input: z.object({}),
  output: summary,
  returns: 'items',
  cli: { command: 'connections list', columns: ['name', 'type', 'origin', 'title', 'problem'], primary: 'name' },
  async *handler(_, context) {
    for (const connection of await listConnections(context.connections)) yield { ...connection, settings: { ...connection.settings } };
  },
});

export const showConnectionOperation = defineOperation({
  name: 'connections_show',
  summary: 'Show the settings of a connection, secrets masked',
  risk: 'READ',
  input: z.object({ name }),
  output: summary,
  returns: 'value',
  cli: { command: 'connections show', arguments: [{ field: 'name', label: 'NAME', complete: 'connection' }], columns: ['name', 'type', 'origin'], primary: 'name' },
  async handler(input, context) {
    const found = (await listConnections(context.connections)).find((connection) => connection.name === input.name);
    if (!found) throw unknown(input.name);
    return { ...found, settings: { ...found.settings } };
  },
});

export const testConnectionOperation = defineOperation({
  name: 'connections_test',
  summary: 'Try connections with one cheap call each',
  risk: 'READ',
  input: z.object({ names: z.array(name).default([]).describe('Default: all there are') }),
  output: z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), error: errorReportSchema.optional() }),
  returns: 'items',
  cli: {
    command: 'connections test',
    arguments: [{ field: 'names', label: 'NAME', variadic: true, complete: 'connection' }],
    columns: ['name', 'ok', 'detail'],
    primary: 'name',
  },
  async *handler(input, context) {
    const names = input.names.length > 0 ? input.names : (await listConnections(context.connections)).map((connection) => connection.name);
    for (const candidate of names) yield await tryConnection(candidate, context);
  },
});

async function tryConnection(candidate: string, context: OperationContext) {
  try {
    const connection = await getConnection(candidate, { ...context.connections, logger: context.logger });
    return { name: candidate, ok: true, detail: await connection.check(context.abortSignal) };
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    return { name: candidate, ok: false, detail: error.reason, error: toErrorReport(error) };
  }
}

export const removeConnectionOperation = defineOperation({
  name: 'connections_remove',
  summary: 'Forget a connection of the file',
  risk: 'WRITE_LOCAL',
  input: z.object({ name }),
  output: z.object({ name: z.string(), outcome: z.literal('removed') }),
  returns: 'value',
  cli: { command: 'connections rm', arguments: [{ field: 'name', label: 'NAME', complete: 'connection' }], columns: ['outcome', 'name'], primary: 'name' },
  async handler(input, context) {
    if (await fileOf(context).remove(input.name)) return { name: input.name, outcome: 'removed' as const };
    throw unknown(input.name);
  },
});

export const saveConnectionOperation = defineOperation({
  name: 'connections_save',
  summary: 'Make a connection, or change one',
  description:
    'Asks for everything on a terminal when no type is given. What a connection of this name and type has already is kept, unless it is set anew. ' +
    'A secret may be given as env:NAME or file:PATH, so that it is not written down. The file is only readable by its owner.',
  risk: 'WRITE_LOCAL',
  input: z.object({
    name: name.optional(),
    type: z.string().optional().describe('Kind of connection, such as local, s3 or coda'),
    set: z
      .array(z.string().regex(/^[^=]+=/, 'must be FIELD=VALUE'))
      .default([])
      .describe('A setting, FIELD=VALUE; FIELD= forgets it; can be repeated'),
    fromEnv: z.boolean().default(false).describe('Refer to the variables that are set now (env:NAME)'),
  }),
  output: summary.pick({ name: true, type: true, title: true, settings: true }).extend({ path: z.string() }),
  returns: 'value',
  cli: {
    command: 'configure',
    arguments: [{ field: 'name', label: 'NAME', complete: 'connection' }],
    columns: ['name', 'type', 'path'],
    primary: 'name',
    examples: [
      ['cmx configure', 'asks for everything'],
      ['cmx configure backup --type local --set root=/srv/backup', 'without questions'],
      ['cmx configure prod --type s3 --from-env', 'refers to the variables that are set'],
      ['cmx configure prod --type s3 --set dialect=minio', 'changes one setting'],
    ],
  },
  async handler(input, context) {
    if (!input.name || !input.type) throw new InvalidArgumentError('A connection needs a name and a --type', { operation: 'connections_save' });
    const registered = connectionTypes(context.connections).find(({ type }) => type === input.type);
    if (!registered) throw unknownType(input.type, context);
    const type = await registered.load();
    const file = fileOf(context);
    const stored = (await file.read()).find((connection) => connection.name === input.name && connection.type === type.type);
    const references = input.fromEnv ? referencesTo(type.fields, context.connections.env ?? process.env) : {};
    const settings = withoutEmpty({ ...stored?.settings, ...references, ...toSettings(input.set) });
    checkSettings(input.name, type, settings);
    await file.save({ name: input.name, type: type.type, settings });
    const saved = (await listConnections(context.connections)).find((connection) => connection.name === input.name);
    return { name: input.name, type: type.type, title: type.title, settings: { ...saved?.settings }, path: await file.path() };
  },
});

function referencesTo(fields: readonly { name: string; environment?: readonly string[] | undefined }[], env: Readonly<Record<string, string | undefined>>) {
  const found = fields.map(({ name: field, environment }) => [field, environment?.find((variable) => env[variable])] as const);
  return Object.fromEntries(found.flatMap(([field, variable]) => (variable === undefined ? [] : [[field, `env:${variable}`]])));
}

function toSettings(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function withoutEmpty(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
}

function unknown(connection: string): NotFoundError {
  return new NotFoundError('There is no connection of that name', { operation: 'connections', resource: { type: 'connection', name: connection } });
}

function unknownType(type: string, context: OperationContext): InvalidArgumentError {
  const known = connectionTypes(context.connections).map((candidate) => candidate.type);
  return new InvalidArgumentError(`There is no connection type "${type}"; there are ${known.join(', ')}`, { operation: 'connections_save' });
}
