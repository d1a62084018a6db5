import type { Campaign, CampaignStatus } from '@cmx/cloud/infomaniak-newsletter';
import { z } from 'zod';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { time } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { campaignId as id, connection, LARGEST_PAGE, openNewsletter } from './newsletter-input.ts';
import { describeRecipients, type Recipients } from './recipients.ts';

const STATUSES = ['draft', 'scheduled', 'sending', 'sent', 'canceled', 'blocked', 'sending_failed'] as const satisfies readonly CampaignStatus[];
const byId = [{ field: 'id', label: 'CAMPAIGN' }] as const;

const campaign = z.object({
  id: z.number(),
  status: z.string(),
  subject: z.string(),
  from: z.string(),
  startedAt: time.optional(),
  createdAt: time,
  to: z.string().optional().describe('Whom it is for, in words'),
  recipients: z.string().optional().describe('How many they are, as exactly as the service tells'),
  statistics: z.record(z.string(), z.unknown()).optional().describe('Counts, and rates between 0 and 100'),
});
const outcome = z.object({ id: z.number(), outcome: z.string(), at: time.optional(), to: z.string().optional() });

export const listCampaignsOperation = defineOperation({
  name: 'newsletter_list_campaigns',
  summary: 'List the campaigns of a newsletter',
  risk: 'READ',
  input: z.object({ search: z.string().optional().describe('Only campaigns with these words'), status: z.enum(STATUSES).optional().describe('Only campaigns that stand so'), ...listRange, connection }),
  output: campaign,
  returns: 'items',
  cli: { command: 'newsletter campaigns ls', columns: ['id', 'status', 'subject', 'startedAt', 'createdAt'], primary: 'id' },
  async *handler({ search, status, connection: name, ...range }, context) {
    const client = await openNewsletter(name, context);
    const campaigns = client.campaigns.list({ ...callOptions(context), filter: { search, status: status && [status] } });
    return yield* listFrom(campaigns, range, { operation: 'newsletter_list_campaigns', of: [search, status, name] }, { toResult: toCampaign, largestPage: LARGEST_PAGE });
  },
});

export const showCampaignOperation = defineOperation({
  name: 'newsletter_get_campaign',
  summary: 'Show a campaign and what became of it',
  risk: 'READ',
  input: z.object({ id, connection }),
  output: campaign,
  returns: 'value',
  cli: { command: 'newsletter campaigns show', arguments: byId, columns: ['id', 'status', 'subject'], primary: 'id' },
  async handler(input, context) {
    const { campaign: found, recipients } = await readCampaign(input, context);
    return { ...toCampaign(found), to: recipients.who, recipients: recipients.howMany };
  },
});

export const testCampaignOperation = defineOperation({
  name: 'newsletter_test_campaign',
  summary: 'Send a campaign to one address, marked as a test',
  risk: 'EXPOSE',
  input: z.object({ id, to: z.email().describe('Address to send to'), connection }),
  output: outcome,
  returns: 'value',
  cli: { command: 'newsletter campaigns test', arguments: [...byId, { field: 'to', label: 'ADDRESS' }], columns: ['outcome', 'id', 'to'], primary: 'id' },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    await client.campaigns.test(input.id, input.to, callOptions(context));
    return { id: input.id, outcome: 'tested', to: input.to };
  },
});

export const scheduleCampaignOperation = defineOperation({
  name: 'newsletter_schedule_campaign',
  summary: 'Have a campaign sent at a time to come',
  description: 'Asks twice: scripts say --yes --yes. Until then it can be canceled.',
  risk: 'EXPOSE',
  input: z.object({ id, at: z.iso.datetime({ offset: true }).describe('When, as 2026-06-01T08:00:00+02:00'), connection }),
  output: outcome,
  returns: 'value',
  cli: {
    command: 'newsletter campaigns schedule',
    arguments: [...byId, { field: 'at', label: 'TIME' }],
    columns: ['outcome', 'id', 'at'],
    primary: 'id',
    confirm: (input, context) => askTwice(input, context, `at ${new Date(input.at).toISOString()}`, 'without asking again'),
    examples: [['cmx newsletter campaigns schedule 17 2026-06-01T08:00:00+02:00', 'asks twice']],
  },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    const at = new Date(input.at);
    await client.campaigns.schedule(input.id, at, callOptions(context));
    return { id: input.id, outcome: 'scheduled', at: at.toISOString() };
  },
});

export const sendCampaignOperation = defineOperation({
  name: 'newsletter_send_campaign',
  summary: 'Send a campaign now, to everybody it is for',
  description: 'Asks twice: scripts say --yes --yes. Never repeated by itself: after a lost answer, look at the campaign.',
  risk: 'EXPOSE',
  input: z.object({ id, connection }),
  output: outcome,
  returns: 'value',
  cli: {
    command: 'newsletter campaigns send',
    arguments: byId,
    columns: ['outcome', 'id'],
    primary: 'id',
    confirm: (input, context) => askTwice(input, context, 'now', 'and nothing calls it back'),
    examples: [['cmx newsletter campaigns send 17 --yes --yes', 'from a script']],
  },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    await client.campaigns.sendNow(input.id, callOptions(context));
    return { id: input.id, outcome: 'sent' };
  },
});

export const cancelCampaignOperation = defineOperation({
  name: 'newsletter_cancel_campaign',
  summary: 'Stop a scheduled campaign',
  risk: 'WRITE',
  input: z.object({ id, connection }),
  output: outcome,
  returns: 'value',
  cli: { command: 'newsletter campaigns cancel', arguments: byId, columns: ['outcome', 'id'], primary: 'id' },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    await client.campaigns.cancel(input.id, callOptions(context));
    return { id: input.id, outcome: 'canceled' };
  },
});

/** What is sent and to whom is looked up: a number alone is easily mistaken for another. */
async function askTwice(input: CampaignReference, context: OperationContext, when: string, finality: string): Promise<string[]> {
  const { campaign: found, recipients } = await readCampaign(input, context);
  const { id: number, subject, emailFromAddr } = found;
  return [
    `Send campaign ${String(number)}, "${subject}", from ${emailFromAddr} to ${recipients.howMany} (${recipients.who}) ${when}?`,
    `"${subject}" goes to ${recipients.howMany} ${finality}. Is this certain?`,
  ];
}

interface CampaignReference {
  readonly id: number;
  readonly connection?: string | undefined;
}

async function readCampaign(input: CampaignReference, context: OperationContext): Promise<{ campaign: Campaign; recipients: Recipients }> {
  const client = await openNewsletter(input.connection, context);
  const found = await client.campaigns.get(input.id, { ...callOptions(context), with: ['statistics', 'recipients'] });
  return { campaign: found, recipients: await describeRecipients(client, found, callOptions(context)) };
}

function toCampaign({ id: number, status, subject, emailFromName, emailFromAddr, startedAt, createdAt, statistics }: Campaign) {
  return {
    id: number,
    status,
    subject,
    from: `${emailFromName} <${emailFromAddr}>`,
    startedAt: startedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    statistics: statistics && { ...statistics },
  };
}
