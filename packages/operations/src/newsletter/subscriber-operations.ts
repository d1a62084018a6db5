import type { InfomaniakNewsletterClient, Subscriber, SubscriberStatusFilter } from '@cmx/cloud/infomaniak-newsletter';
import { InvalidArgumentError, NotFoundError } from '@cmx/cloud-core';
import { z } from 'zod';
import { readWholeInput } from '../local-files.ts';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { time } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { connection, LARGEST_PAGE, openNewsletter } from './newsletter-input.ts';

const STATUSES = ['active', 'bounced', 'junk', 'unconfirmed', 'unsubscribed', 'under_verification', 'all'] as const satisfies readonly SubscriberStatusFilter[];
const subscriber = z.object({ id: z.number(), email: z.string(), status: z.string().nullable(), createdAt: time, source: z.string().nullish() });
const selection = {
  search: z.string().optional().describe('Only addresses with this in them'),
  status: z.enum(STATUSES).optional().describe('Only subscribers that stand so'),
};
const groups = z.array(z.string().min(1)).default([]).describe('Group to join, by number, or by name: one that does not exist is made; can be repeated').meta({ flag: 'group' });
const wait = z.boolean().default(false).describe('Wait until the service has done it; otherwise it is queued');

export const listSubscribersOperation = defineOperation({
  name: 'newsletter_list_subscribers',
  summary: 'List the subscribers of a newsletter',
  risk: 'READ_CONTENT',
  input: z.object({ ...selection, ...listRange, connection }),
  output: subscriber,
  returns: 'items',
  cli: {
    command: 'newsletter subscribers ls',
    columns: ['id', 'email', 'status', 'createdAt'],
    primary: 'email',
    examples: [['cmx newsletter subscribers ls --status active -o csv', 'as CSV, on this machine']],
  },
  async *handler({ search, status, connection: name, ...range }, context) {
    const client = await openNewsletter(name, context);
    const found = client.subscribers.list({ ...callOptions(context), filter: { search, status } });
    return yield* listFrom(found, range, { operation: 'newsletter_list_subscribers', of: [search, status, name] }, { toResult: toSubscriber, largestPage: LARGEST_PAGE });
  },
});

export const upsertSubscriberOperation = defineOperation({
  name: 'newsletter_upsert_subscriber',
  summary: 'Add a subscriber, or change the one with this address',
  risk: 'WRITE',
  input: z.object({
    email: z.email().describe('Address'),
    set: z.array(z.string().regex(/^[^=]+=/, 'must be FIELD=VALUE')).default([]).describe('Value of a custom field, FIELD=VALUE; can be repeated'),
    groups,
    connection,
  }),
  output: subscriber,
  returns: 'value',
  cli: { command: 'newsletter subscribers upsert', arguments: [{ field: 'email', label: 'ADDRESS' }], columns: ['id', 'email', 'status'], primary: 'id' },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    const given = { fields: await toFields(client, input.set, context), groups: toGroups(input.groups) };
    return toSubscriber(await client.subscribers.upsert(input.email, given, callOptions(context)));
  },
});

export const importSubscribersOperation = defineOperation({
  name: 'newsletter_import_subscribers',
  summary: 'Import subscribers from a CSV file with a column email',
  description: 'Reads and checks the whole file before anything is sent. An error on the way says which lines are in, in doubt, and not sent.',
  risk: 'WRITE',
  riskOf: ({ dryRun }) => (dryRun ? 'PLAN' : 'WRITE'),
  input: z.object({
    file: z.string().min(1).default('-').describe('File to read, or - for standard input'),
    groups,
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).default('utf-8').describe('How the bytes are to be read'),
    skipInvalid: z.boolean().default(false).describe('Leave wrong rows out and report them, instead of refusing the file'),
    startAtLine: z.int().min(2).optional().describe('Leave out what is before this line: to go on behind an error'),
    dryRun: z.boolean().default(false).describe('Check the file and send no subscriber'),
    connection,
  }),
  output: z.object({ outcome: z.enum(['planned', 'imported']), rows: z.number(), rejected: z.array(z.object({ line: z.number(), reason: z.string() })) }),
  returns: 'value',
  cli: { command: 'newsletter subscribers import', arguments: [{ field: 'file', label: 'FILE' }], short: { dryRun: 'n' }, columns: ['outcome', 'rows', 'rejected'], primary: 'rows' },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    const bytes = await readWholeInput(input.file, context);
    const { encoding, startAtLine } = input;
    const options = { ...callOptions(context), encoding, startAtLine, groups: toGroups(input.groups), invalidRows: input.skipInvalid ? ('skip' as const) : ('refuse' as const) };
    const { rows, rejected } = await client.subscribers.planImport(bytes, options);
    const checked = { rows, rejected: rejected.map(({ line, reason }) => ({ line, reason })) };
    if (input.dryRun) return { ...checked, outcome: 'planned' as const };
    const running = await client.subscribers.importCsv(bytes, options);
    // Each batch is sent when the one before it is in, so it takes somebody who waits.
    await running.applied().result({ abortSignal: context.abortSignal });
    return { ...checked, outcome: 'imported' as const };
  },
});

export const exportSubscribersOperation = defineOperation({
  name: 'newsletter_export_subscribers',
  summary: 'Have the service write a file of subscribers',
  description: 'The answer says where the file is, as far as the service tells. For CSV on this machine: newsletter subscribers ls -o csv.',
  risk: 'EXPOSE',
  input: z.object({ ...selection, wait, connection }),
  output: z.object({ outcome: z.enum(['queued', 'exported']), operationId: z.string(), response: z.unknown().optional().describe('What the service says of the file') }),
  returns: 'value',
  cli: { command: 'newsletter subscribers export', columns: ['outcome', 'operationId', 'response'], primary: 'operationId' },
  async handler({ search, status, wait: waits, connection: name }, context) {
    const client = await openNewsletter(name, context);
    const running = await client.subscribers.export({ all: true, filter: { search, status } }, callOptions(context));
    if (!waits) return { outcome: 'queued' as const, operationId: running.id };
    const { response } = await running.applied().result({ abortSignal: context.abortSignal });
    return { outcome: 'exported' as const, operationId: running.id, response };
  },
});

export const forgetSubscriberOperation = defineOperation({
  name: 'newsletter_forget_subscriber',
  summary: 'Erase everything about a subscriber, for good (GDPR)',
  risk: 'DELETE',
  input: z.object({ subscriber: z.string().min(1).describe('Number or address of the subscriber'), connection }),
  output: z.object({ id: z.number(), outcome: z.literal('forgotten') }),
  returns: 'value',
  cli: {
    command: 'newsletter subscribers forget',
    arguments: [{ field: 'subscriber', label: 'SUBSCRIBER' }],
    columns: ['outcome', 'id'],
    primary: 'id',
    confirm: ({ subscriber: who }) => `Erase everything about subscriber ${who}, for good?`,
  },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    const id = /^\d+$/.test(input.subscriber) ? Number(input.subscriber) : await findSubscriber(client, input.subscriber, context);
    await client.subscribers.forget(id, callOptions(context));
    return { id, outcome: 'forgotten' as const };
  },
});

/** A misspelt field is refused here: nobody knows what the service makes of it. @throws {InvalidArgumentError} There is no such field. */
async function toFields(client: InfomaniakNewsletterClient, pairs: readonly string[], context: OperationContext): Promise<Record<string, string> | undefined> {
  if (pairs.length === 0) return undefined;
  const given = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const known: string[] = [];
  for await (const { key } of client.fields.list(callOptions(context))) known.push(key);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return given;
  throw new InvalidArgumentError(`The newsletter has no field ${unknown.join(', ')}; it has ${known.join(', ')}`, { provider: 'infomaniak', service: 'newsletter', operation: 'upsertSubscriber' });
}

async function findSubscriber(client: InfomaniakNewsletterClient, email: string, context: OperationContext): Promise<number> {
  for await (const found of client.subscribers.list({ ...callOptions(context), filter: { search: email, status: 'all' } })) {
    if (found.email.toLowerCase() === email.toLowerCase()) return found.id;
  }
  throw new NotFoundError('There is no subscriber with that address', { provider: 'infomaniak', service: 'newsletter', operation: 'findSubscriber', resource: { type: 'subscriber', name: email } });
}

function toGroups(names: readonly string[]): (number | string)[] | undefined {
  return names.length === 0 ? undefined : names.map((name) => (/^\d+$/.test(name) ? Number(name) : name));
}

function toSubscriber({ id, email, status, createdAt, source }: Subscriber) {
  return { id, email, status, createdAt: createdAt.toISOString(), source };
}
