import { z } from 'zod';
import { listFrom, listRange } from '../list-range.ts';
import { defineOperation } from '../operation.ts';
import { time } from '../storage/schemas.ts';
import { callOptions } from '../storage/select-source.ts';
import { connection, LARGEST_PAGE, openNewsletter } from './newsletter-input.ts';

export const listGroupsOperation = defineOperation({
  name: 'newsletter_list_groups',
  summary: 'List the groups of subscribers',
  risk: 'READ',
  input: z.object({ search: z.string().optional().describe('Only groups with this in their name'), ...listRange, connection }),
  output: z.object({ id: z.number(), name: z.string(), subscribers: z.number().optional(), updatedAt: time }),
  returns: 'items',
  cli: { command: 'newsletter groups ls', columns: ['id', 'name', 'subscribers', 'updatedAt'], primary: 'id' },
  async *handler({ search, connection: name, ...range }, context) {
    const client = await openNewsletter(name, context);
    const groups = client.groups.list({ ...callOptions(context), filter: { search }, with: ['subscribed_count'] });
    return yield* listFrom(groups, range, { operation: 'newsletter_list_groups', of: [search, name] }, {
      toResult: ({ id, name: title, subscribedCount, updatedAt }) => ({ id, name: title, subscribers: subscribedCount === undefined ? undefined : Number(subscribedCount), updatedAt: updatedAt.toISOString() }),
      largestPage: LARGEST_PAGE,
    });
  },
});

export const showCreditsOperation = defineOperation({
  name: 'newsletter_get_credits',
  summary: 'Show how many messages can still be sent',
  risk: 'READ',
  input: z.object({ connection }),
  output: z.object({ total: z.number().optional() }),
  returns: 'value',
  cli: { command: 'newsletter credits', columns: ['total'], primary: 'total' },
  async handler(input, context) {
    const client = await openNewsletter(input.connection, context);
    const { total } = await client.credits.getDetails(callOptions(context));
    return { total };
  },
});
