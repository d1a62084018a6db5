import { ResourceType } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { InfomaniakNewsletterClient, infomaniakNewsletterConnection } from '../src/index.ts';
import { collect, useNewsletter } from './harness.ts';

const newsletter = useNewsletter();

describe('opening', () => {
  const env = { INFOMANIAK_NEWSLETTER_TOKEN: 'test-token', INFOMANIAK_NEWSLETTER_ID: '42' };

  it('takes token and domain from the environment', async () => {
    expect(InfomaniakNewsletterClient.fromEnv({}, env).domain.id).toBe(42);
    expect(() => InfomaniakNewsletterClient.fromEnv({}, { ...env, INFOMANIAK_NEWSLETTER_TOKEN: '' })).toThrow(
      'INFOMANIAK_NEWSLETTER_TOKEN is not set',
    );
    expect(() => InfomaniakNewsletterClient.fromEnv({}, { ...env, INFOMANIAK_NEWSLETTER_ID: 'news' })).toThrow('positive whole number');
  });

  it('takes credentials', async () => {
    const client = InfomaniakNewsletterClient.fromCredentials({ kind: 'bearer', token: 'test-token', expiresAt: new Date(0) }, 42);
    await expect(client.domain.get()).rejects.toMatchObject({ code: 'unauthenticated', phase: 'credentials' });
    await client.close();
  });

  it('takes the settings of a connection', async () => {
    const client = await infomaniakNewsletterConnection.openClient?.({ token: 'test-token', domainId: '42' }, {});
    expect(client).toBeInstanceOf(InfomaniakNewsletterClient);
    expect(() => infomaniakNewsletterConnection.openClient?.({ token: 'test-token', domainId: 'x' }, {})).toThrow('positive whole number');
  });

  it('refuses a domain that is none', () => {
    expect(() => newsletter.connect({ domainId: 0 })).toThrow('newsletter domain');
  });
});

describe('the inventory view', () => {
  it('shows campaigns as resources', async () => {
    const { client } = newsletter;
    expect(client.resourceTypes).toEqual(['newsletter']);
    const properties = { lang: 'en_GB', emailFromAddr: 'news@example.com', emailFromName: 'News' };
    const created = await client.createResource({ type: ResourceType.NEWSLETTER, name: 'June', properties });
    expect(created).toMatchObject({
      name: 'June',
      type: 'newsletter',
      provider: 'infomaniak',
      state: 'draft',
      createdAt: new Date(newsletter.clock.now()),
      tags: {},
    });
    expect(await collect(client.listResources())).toEqual([created]);
    expect(await collect(client.listResources(ResourceType.NEWSLETTER).byPage({ maxPageSize: 1 }))).toMatchObject([{ items: [created] }]);
    expect(await client.getResource(ResourceType.NEWSLETTER, created.id)).toEqual(created);
    await client.deleteResource(ResourceType.NEWSLETTER, created.id);
    await expect(client.getResource(ResourceType.NEWSLETTER, created.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('knows no other types and no names for numbers', async () => {
    const { client } = newsletter;
    expect(() => client.listResources(ResourceType.DNS)).toThrow(expect.objectContaining({ code: 'unsupported' }) as Error);
    await expect(client.getResource(ResourceType.NEWSLETTER, 'June')).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(client.createResource({ type: ResourceType.NEWSLETTER, name: 'June' })).rejects.toMatchObject({
      details: { missing: ['lang', 'emailFromAddr', 'emailFromName'] },
    });
    expect(newsletter.service.exchanges).toEqual([]);
  });
});
