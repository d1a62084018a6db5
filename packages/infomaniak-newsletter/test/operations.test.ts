import { CloudError } from '@cmx/cloud-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { CampaignInput } from '../src/index.ts';
import { collect, useNewsletter, validator } from './harness.ts';

const newsletter = useNewsletter();

const letter: CampaignInput = {
  subject: 'June',
  lang: 'en_GB',
  emailFromAddr: 'news@example.com',
  emailFromName: 'News',
  contentHtml: '<p>Hello</p>',
};

describe('domain', () => {
  it('shows the domain', async () => {
    const domain = await newsletter.client.domain.get({ with: ['statistics'] });
    expect(domain).toMatchObject({ id: 42, name: 'example.com', senderType: 'smtp', canUseOtherDomains: false });
  });

  it('deletes only the domain that is named once more', async () => {
    await expect(newsletter.client.domain.delete(41)).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(newsletter.service.exchanges).toEqual([]);
    await newsletter.client.domain.delete(42);
    await expect(newsletter.client.domain.get()).rejects.toMatchObject({ code: 'not_found', resource: { type: 'domain', name: '42' } });
  });

  it('reads the API key', async () => {
    expect(await newsletter.client.domain.getApiKey()).toEqual(['key']);
  });
});

describe('campaigns', () => {
  it('writes, changes, lists and deletes a campaign', async () => {
    const { campaigns } = newsletter.client;
    const created = await campaigns.create({ ...letter, trackingUtm: { utmSource: 'letter' }, recipients: { allSubscribers: true } });
    expect(created).toMatchObject({ status: 'draft', subject: 'June', trackingUtm: { utmSource: 'letter' } });
    expect(created.createdAt).toEqual(new Date(newsletter.clock.now()));
    expect(created.startedAt).toBeUndefined();
    await campaigns.update(created.id, { subject: 'July' });
    expect(await campaigns.get(created.id, { with: ['recipients', 'content'] })).toMatchObject({
      subject: 'July',
      content: '<p>Hello</p>',
      recipients: { allSubscribers: true },
    });
    const listed = await collect(
      campaigns.list({ filter: { status: ['draft'], search: 'jul' }, with: ['statistics'], orderBy: 'id', order: 'desc', dateFrom: new Date(0) }),
    );
    expect(listed.map(({ id }) => id)).toEqual([created.id]);
    expect(listed[0]?.statistics).toMatchObject({ sentCount: 0, openRate: 0 });
    await campaigns.delete(created.id);
    await campaigns.delete(created.id);
    expect(await campaigns.list().count()).toBe(0);
  });

  it('schedules, cancels, and sends when the time has come', async () => {
    const { campaigns, subscribers } = newsletter.client;
    await subscribers.upsert('ada@example.com');
    const { id } = await campaigns.create({ ...letter, recipients: { allSubscribers: true } });
    const startsAt = new Date(newsletter.clock.now() + 60_000);
    await campaigns.schedule(id, startsAt);
    expect(await campaigns.get(id)).toMatchObject({ status: 'scheduled', startedAt: startsAt });
    await campaigns.cancel(id);
    expect(await campaigns.get(id)).toMatchObject({ status: 'canceled', startedAt: undefined });
    await expect(campaigns.cancel(id)).rejects.toMatchObject({ code: 'invalid_argument', status: 400, vendorCode: 'bad_request' });
    await campaigns.schedule(id, startsAt);
    newsletter.clock.advance(61_000);
    expect(await campaigns.get(id)).toMatchObject({ status: 'sent' });
  });

  it('sends at once and reports', async () => {
    const { campaigns, subscribers, credits } = newsletter.client;
    await subscribers.upsert('ada@example.com');
    await subscribers.upsert('alan@example.com');
    const { id } = await campaigns.create({ ...letter, recipients: { allSubscribers: true } });
    await campaigns.sendNow(id);
    expect(newsletter.service.exchanges.at(-1)).toMatchObject({ method: 'PUT', body: undefined });
    expect(await collect(campaigns.tracking(id, { filter: { action: 'delivery', search: 'ada' } }))).toMatchObject([
      { email: 'ada@example.com', action: 'delivery' },
    ]);
    expect(await collect(campaigns.activityReport(id, { orderBy: 'email', order: 'asc' }))).toMatchObject([
      { email: 'ada@example.com', openCount: 0 },
      { email: 'alan@example.com' },
    ]);
    expect(await campaigns.linkReport(id)).toEqual([{ url: 'https://example.com/', clickCount: 0 }]);
    expect(await collect(credits.list())).toMatchObject([{ campaignId: id, quantity: -2 }]);
  });

  it('tests, duplicates and deletes many', async () => {
    const { campaigns } = newsletter.client;
    const { id } = await campaigns.create(letter);
    await campaigns.test(id, 'me@example.com');
    await campaigns.testTemplate('a-uuid', ['you@example.com']);
    expect(newsletter.service.state.tests).toEqual(['me@example.com', 'you@example.com']);
    await expect(campaigns.testTemplate('a-uuid', [])).rejects.toMatchObject({ code: 'invalid_argument' });
    const copy = await campaigns.duplicate(id);
    expect(copy).toMatchObject({ subject: 'June', status: 'draft' });
    const deletion = await campaigns.deleteMany({ all: true, exclude: [copy.id], filter: { search: 'june' } });
    expect(await campaigns.list().count()).toBe(2);
    expect(await deletion.applied()).toMatchObject({ response: { deleted: 1 } });
    expect((await collect(campaigns.list())).map((campaign) => campaign.id)).toEqual([copy.id]);
  });
});

describe('subscribers', () => {
  it('adds, changes and forgets a subscriber', async () => {
    const { subscribers, groups } = newsletter.client;
    const added = await subscribers.upsert('Ada@example.com', { fields: { firstname: 'Ada' }, groups: ['Readers'] });
    expect(added).toMatchObject({
      email: 'ada@example.com',
      status: 'active',
      source: 'api',
      groups: [{ name: 'Readers' }],
      fields: [{ key: 'firstname', value: 'Ada' }],
    });
    const again = await subscribers.upsert('ada@example.com', { fields: { lastname: 'Lovelace' } });
    expect(again.id).toBe(added.id);
    expect(again.fields?.map(({ key }) => key)).toEqual(['firstname', 'lastname']);
    const [group] = await collect(groups.list());
    await subscribers.update(added.id, { status: 'unsubscribed', groups: [group!.id] }, { with: ['groups'] });
    expect(await subscribers.get(added.id, { with: ['statistics'] })).toMatchObject({ status: 'unsubscribed', statistics: { sentCount: 0 } });
    await subscribers.forget(added.id);
    await expect(subscribers.forget(added.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(newsletter.service.state.forgotten).toEqual(['ada@example.com']);
  });

  it('lists, filters and counts', async () => {
    const { subscribers } = newsletter.client;
    for (const name of ['ada', 'alan', 'grace']) await subscribers.upsert(`${name}@example.com`, { groups: name === 'grace' ? [] : ['A'] });
    const group = (await collect(newsletter.client.groups.list()))[0]!;
    expect(await collect(subscribers.list({ filter: { groups: [group.id], status: 'active' }, orderFor: { email: 'desc' } }))).toHaveLength(2);
    expect(await collect(subscribers.filter({ filter: { search: 'gr' } }, { extra: 'metadata', with: ['groups'] }))).toMatchObject([
      { email: 'grace@example.com' },
    ]);
    expect(await subscribers.countByStatus()).toEqual({ active: 3 });
  });

  it('works on selections in the background', async () => {
    const { subscribers, groups } = newsletter.client;
    const ada = await subscribers.upsert('ada@example.com');
    const alan = await subscribers.upsert('alan@example.com');
    const group = await groups.create('Readers');
    await (await subscribers.assignMany({ all: true, filter: { status: 'active' } }, [group.id])).applied();
    expect(await groups.listSubscribers(group.id).count()).toBe(2);
    await (await subscribers.unassignMany({ include: [alan.id] }, group.id)).applied();
    expect((await collect(groups.listSubscribers(group.id))).map(({ id }) => id)).toEqual([ada.id]);
    await (await subscribers.unsubscribeMany({ include: [ada.id] })).applied();
    expect(await subscribers.countByStatus()).toEqual({ unsubscribed: 1, active: 1 });
    const outcome = await (await subscribers.export({ all: true })).applied();
    expect(outcome.response).toEqual({ url: 'https://example.com/export/2.csv' });
    expect(outcome.finishedAt).toBeInstanceOf(Date);
    await subscribers.delete(ada.id);
    await (await subscribers.deleteMany({ all: true, segment: '7' })).applied();
    expect(await subscribers.countByStatus()).toEqual({});
  });

  it('imports an upload as it is', async () => {
    const { subscribers, fields } = newsletter.client;
    const [email, firstname] = await collect(fields.list());
    const uploadId = await subscribers.uploadCsv('ada@example.com;Ada\nalan@example.com;Alan\n');
    const operation = await subscribers.importUpload(uploadId, {
      fields: [email!.id, firstname!.id],
      groups: ['Readers', 1],
      csvSeparator: ';',
      csvEnclosure: '"',
      replaceFields: true,
    });
    expect(await operation.applied()).toMatchObject({ response: { imported: 2, ignored: 0 } });
    await expect(subscribers.importUpload(9, { fields: [email!.id] })).rejects.toMatchObject({
      code: 'permission_denied',
      vendorCode: 'access_denied',
    });
  });
});

describe('groups', () => {
  it('makes, renames, fills and deletes a group', async () => {
    const { groups, subscribers } = newsletter.client;
    const { id } = await groups.create('Readers');
    expect(await groups.update(id, 'Friends')).toMatchObject({ id, name: 'Friends' });
    const ada = await subscribers.upsert('ada@example.com');
    expect(await groups.assign(id, [ada.id])).toMatchObject([{ email: 'ada@example.com' }]);
    expect(await groups.get(id, { with: ['subscribed_count'] })).toMatchObject({ subscribedCount: '1' });
    expect(await collect(groups.listSubscribers(id, { filter: { search: 'ada', status: 'active' } }))).toHaveLength(1);
    await groups.unassign(id, [ada.id]);
    expect(await groups.listSubscribers(id).count()).toBe(0);
    await groups.delete(id);
    await groups.create('Others');
    await (await groups.deleteMany({ all: true, filter: { search: 'oth' } })).applied();
    expect(await collect(groups.list({ filter: { search: 'o' } }))).toEqual([]);
  });
});

describe('segments', () => {
  it('keeps a question and answers it', async () => {
    const { segments, fields, subscribers } = newsletter.client;
    const field = (await collect(fields.list({ filter: { search: 'first' } })))[0]!;
    await subscribers.upsert('ada@example.com', { fields: { firstname: 'Ada' } });
    await subscribers.upsert('alan@example.com', { fields: { firstname: 'Alan' } });
    const data = { closure: 'OR', conds: [{ closure: 'AND', conds: [{ type: 'meta', metaId: field.id, operator: '=', value: 'Ada' }] }] } as const;
    const segment = await segments.create({ name: 'Adas', data });
    expect(segment).toMatchObject({ subscribedCount: 1, data });
    expect(await collect(segments.listSubscribers(segment.id))).toMatchObject([{ email: 'ada@example.com' }]);
    const clicked = { closure: 'OR', conds: [{ closure: 'AND', conds: [{ type: 'campaign', actionId: 'last5', operator: 'click' }] }] } as const;
    expect(await segments.update(segment.id, { name: 'Clickers', data: clicked })).toMatchObject({ name: 'Clickers', data: clicked });
    expect(await segments.get(segment.id)).toMatchObject({ subscribedCount: 0 });
    await segments.delete(segment.id);
    await segments.create({ name: 'More', data });
    await segments.deleteMany({ all: true });
    expect(await collect(segments.list({ filter: { status: 'active' } }))).toEqual([]);
  });
});

describe('fields', () => {
  it('makes, renames and deletes fields', async () => {
    const { fields } = newsletter.client;
    const { id } = await fields.create('Shoe size', 'number', { slug: 'shoes' });
    expect(await fields.update(id, 'Size of shoes')).toMatchObject({ id, name: 'Size of shoes', key: 'shoes' });
    await fields.delete(id);
    const other = await fields.create('Hat size', 'number');
    await fields.deleteMany({ include: [other.id] });
    expect((await collect(fields.list())).map(({ key }) => key)).toEqual(['email', 'firstname', 'lastname']);
  });
});

describe('templates', () => {
  it('reads templates and makes one of a campaign', async () => {
    const { templates, campaigns } = newsletter.client;
    const [template] = await collect(templates.list());
    expect(await templates.getHtml(template!.id)).toBe('<p>Letter</p>');
    expect(await templates.updateThumbnail(template!.id)).toBe('https://example.com/new.png');
    const { id } = await campaigns.create(letter);
    expect(await templates.createFromCampaign(id, 'new')).toMatch(/^template-\d+$/);
    expect(await templates.list().count()).toBe(2);
  });
});

describe('webforms', () => {
  it('makes, changes and deletes forms', async () => {
    const { webforms } = newsletter.client;
    const form = await webforms.create({
      name: 'Sign up',
      title: 'Join',
      rgpd: true,
      fields: [{ id: 1, required: true }],
      groups: [3],
      msgOk: 'Thank you',
    });
    expect(form).toMatchObject({ name: 'Sign up', rgpd: 'true', msgOk: 'Thank you' });
    expect(await webforms.update(form.id, { button: 'Go' }, { with: ['fields'] })).toMatchObject({ title: 'Join', button: 'Go' });
    expect(await webforms.get(form.id)).toMatchObject({ button: 'Go' });
    expect(await webforms.listFields(form.id)).toEqual([{ id: 1, required: true }]);
    expect(await webforms.listThemes()).toEqual([{ name: 'light' }, { name: 'dark' }]);
    await webforms.delete(form.id);
    await webforms.create({ name: 'Other' });
    await (await webforms.deleteMany({ all: true, filter: { search: 'oth' } })).applied();
    expect(await collect(webforms.list({ filter: { search: '' } }))).toEqual([]);
  });
});

describe('credits', () => {
  it('shows the balance, the movements and the shop', async () => {
    const { credits } = newsletter.client;
    expect(await credits.getDetails()).toMatchObject({ total: 1000, expiresAt: expect.any(Date) as Date });
    expect(await collect(credits.listOfAccount())).toMatchObject([{ quantity: 1000, genre: 'credit' }]);
    expect(await credits.listPacks()).toEqual(['1000', '5000']);
    expect(await credits.checkout(5)).toEqual({ url: 'https://example.com/checkout/5' });
  });
});

describe('operations', () => {
  it('cancels work that has not begun', async () => {
    const { operations, groups } = newsletter.client;
    await groups.create('Readers');
    const deletion = await groups.deleteMany({ all: true });
    await operations.cancel(deletion.id);
    newsletter.clock.advance(60_000);
    expect(await groups.list().count()).toBe(1);
    await expect(operations.cancel(deletion.id)).rejects.toSatisfy((error) => CloudError.is(error, 'not_found'));
  });
});

it("is held to the vendor's whole document", (context) => {
  if (validator.description.source === 'facts')
    context.skip('without infomaniak/newsletter.openapi.json in CMX_SPECS_DIR bodies are checked one level deep, against the fact table');
  expect(validator.description.operations).toHaveLength(71);
});

afterAll(() => {
  const missing = validator.description.operations.map(({ id }) => id).filter((id) => !validator.exercised.has(id));
  expect({ total: validator.description.operations.length, missing }).toEqual({ total: 71, missing: [] });
});
