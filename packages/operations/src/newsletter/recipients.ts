import type { Campaign, InfomaniakNewsletterClient } from '@cmx/cloud/infomaniak-newsletter';
import { CloudError, type CallOptions } from '@cmx/cloud-core';

/** Whom a campaign goes to. */
export interface Recipients {
  /** In words: `group "Readers", ada@example.com, without group "Staff"`. */
  readonly who: string;
  /** In words, as exactly as the service tells: `5 subscribers`, `at most 12 subscribers`. */
  readonly howMany: string;
}

/** Some of the recipients. Who is in several parts gets one message all the same. */
interface Part {
  readonly name: string;
  readonly count?: number | undefined;
}

/** Groups and segments that are looked up by name: each costs a request. */
const MAX_LOOKUPS = 5;
/** Addresses that are written out. */
const MAX_ADDRESSES = 3;

/** Finds out whom a campaign is for, and how many they are. The campaign must have been read `with` its recipients. */
export async function describeRecipients(client: InfomaniakNewsletterClient, { recipients, subscribersCount }: Campaign, call: CallOptions): Promise<Recipients> {
  if (!recipients) return { who: 'recipients that the service does not name', howMany: countText(subscribersCount) };
  const { allSubscribers, groups, segments, emails = [], expert } = recipients;
  const included: Part[] = [];
  if (allSubscribers) included.push({ name: 'all subscribers', count: await client.subscribers.list({ ...call, filter: { status: 'active' } }).count(call) });
  included.push(...(await groupParts(client, groups?.include ?? [], call)), ...(await segmentParts(client, segments?.include ?? [], call)));
  if (emails.length > 0) included.push({ name: listAddresses(emails), count: emails.length });
  if (expert) included.push({ name: 'a selection of its own' });
  const excluded = [...(await groupParts(client, groups?.exclude ?? [], call)), ...(await segmentParts(client, segments?.exclude ?? [], call))];
  const without = excluded.length > 0 ? [`without ${namesOf(excluded)}`] : [];
  return {
    who: included.length === 0 ? 'nobody' : [namesOf(included), ...without].join(', '),
    howMany: subscribersCount === undefined ? countOf(included, excluded.length === 0) : countText(subscribersCount),
  };
}

/** What the parts add up to: exactly when there is but one and nobody is taken out. */
function countOf(parts: readonly Part[], isWhole: boolean): string {
  const total = parts.reduce<number | undefined>((sum, { count }) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
  return total === undefined || (isWhole && parts.length < 2) ? countText(total) : `at most ${countText(total)}`;
}

function countText(count: number | undefined): string {
  if (count === undefined) return 'an unknown number of subscribers';
  return `${String(count)} ${count === 1 ? 'subscriber' : 'subscribers'}`;
}

async function groupParts(client: InfomaniakNewsletterClient, ids: readonly number[], call: CallOptions): Promise<Part[]> {
  return partsOf('group', ids, async (id) => {
    const { name, subscribedCount } = await client.groups.get(id, { ...call, with: ['subscribed_count'] });
    return { name, count: subscribedCount === undefined ? undefined : Number(subscribedCount) };
  });
}

async function segmentParts(client: InfomaniakNewsletterClient, ids: readonly number[], call: CallOptions): Promise<Part[]> {
  return partsOf('segment', ids, async (id) => {
    const { name, subscribedCount } = await client.segments.get(id, call);
    return { name, count: subscribedCount };
  });
}

async function partsOf(kind: string, ids: readonly number[], find: (id: number) => Promise<Part>): Promise<Part[]> {
  if (ids.length > MAX_LOOKUPS) return [{ name: `${String(ids.length)} ${kind}s` }];
  return Promise.all(
    ids.map(async (id) => {
      try {
        const { name, count } = await find(id);
        return { name: `${kind} "${name}"`, count };
      } catch (error) {
        if (!CloudError.is(error, 'not_found')) throw error;
        return { name: `${kind} ${String(id)}, which is gone`, count: 0 };
      }
    }),
  );
}

function listAddresses(emails: readonly string[]): string {
  const shown = emails.slice(0, MAX_ADDRESSES).join(', ');
  return emails.length > MAX_ADDRESSES ? `${shown} and ${String(emails.length - MAX_ADDRESSES)} more addresses` : shown;
}

function namesOf(parts: readonly Part[]): string {
  return parts.map(({ name }) => name).join(', ');
}
