import { CloudError } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openServices, operation, type Services } from './services.ts';

let services: Services;
beforeEach(async () => (services = await openServices()));
afterEach(() => services[Symbol.asyncDispose]());

const DRAFT = { subject: 'June', lang: 'en_GB', emailFromAddr: 'news@example.com', emailFromName: 'Example', contentHtml: '<p>Hello</p>' } as const;
const changes = () => services.newsletter.exchanges.filter(({ method }) => method !== 'GET');

/** A campaign to everybody in a group of one. */
async function campaign(): Promise<number> {
  const group = services.newsletter.state.addGroup('Readers');
  await services.newsletterClient.subscribers.upsert('ada@example.com', { groups: [group.id] });
  const { id } = await services.newsletterClient.campaigns.create({ ...DRAFT, recipients: { groups: { include: [group.id] } } });
  services.newsletter.exchanges.length = 0;
  return id;
}

describe('newsletter_send_campaign', () => {
  it('has two questions that say what is sent and to whom, and asking sends nothing', async () => {
    const id = await campaign();
    await using context = services.context();
    expect(await operation('newsletter_send_campaign').confirm({ id }, context)).toEqual([
      `Send campaign ${String(id)}, "June", from news@example.com to 1 subscriber (group "Readers") now?`,
      '"June" goes to 1 subscriber and nothing calls it back. Is this certain?',
    ]);
    expect(changes()).toEqual([]);
  });

  it('sends once, and is not repeated after a lost answer', async () => {
    const id = await campaign();
    services.newsletter.fail(() => new Response('lost', { status: 502 }));
    await using context = services.context();
    await expect(operation('newsletter_send_campaign').run({ id }, context)).rejects.toSatisfy((error) => CloudError.is(error, 'unavailable'));
    expect(changes()).toHaveLength(1);
    expect(await operation('newsletter_send_campaign').run({ id }, context)).toEqual({ kind: 'value', value: { id, outcome: 'sent' } });
  });

  it('cannot even be asked about when the campaign is not there', async () => {
    await using context = services.context();
    await expect(operation('newsletter_send_campaign').confirm({ id: 999 }, context)).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
    await expect(operation('newsletter_send_campaign').confirm({ id: 'June' }, context)).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument'));
  });
});

describe('newsletter_get_campaign', () => {
  it('adds segments to who is in it, and leaves out whom it says', async () => {
    const { id: segment } = await services.newsletterClient.segments.create({ name: 'Fans', data: { operator: 'and', conditions: [] } as never });
    const group = services.newsletter.state.addGroup('Staff');
    const { id } = await services.newsletterClient.campaigns.create({ ...DRAFT, recipients: { segments: { include: [segment] }, groups: { exclude: [group.id] } } });
    await using context = services.context();
    expect(await operation('newsletter_get_campaign').run({ id }, context)).toMatchObject({ value: { to: 'segment "Fans", without group "Staff"', recipients: expect.stringMatching(/^at most \d+ subscriber/) as unknown } });
  });
});

describe('newsletter_import_subscribers', () => {
  async function importLines(...lines: readonly string[]) {
    async function* input() {
      yield new TextEncoder().encode(lines.join('\n'));
    }
    await using context = services.context({ streams: { input: input(), write: async () => undefined } });
    return await operation('newsletter_import_subscribers').run({}, context);
  }
  const emails = () => [...services.newsletter.state.subscribers.values()].map(({ email }) => email);

  it('reads standard input and waits for the end', async () => {
    expect(await importLines('email', 'x@example.com', 'y@example.com')).toEqual({ kind: 'value', value: { outcome: 'imported', rows: 2, rejected: [] } });
    expect(emails()).toEqual(['x@example.com', 'y@example.com']);
  });

  it('says which lines are in, in doubt and not sent when it fails on the way', async () => {
    const { uploads } = services.newsletter.state;
    const keep = uploads.set.bind(uploads);
    vi.spyOn(uploads, 'set').mockImplementationOnce((id, csv) => {
      services.newsletter.fail(() => new Response('lost', { status: 502 }));
      return keep(id, csv);
    });
    await expect(importLines('email', 'x@example.com', 'y@example.com')).rejects.toSatisfy(
      (error) => CloudError.is(error, 'unavailable') && /lines imported: none; in doubt: 2-3; not sent: none/.test(error.message),
    );
  });
});
