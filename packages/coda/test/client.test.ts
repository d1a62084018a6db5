import { describe, expect, it } from 'vitest';
import { CodaClient, codaConnection, createCodaApi, getDoc, listDocs } from '../src/index.ts';
import { all, openHarness, TOKEN } from './harness.ts';
import { serviceTransport } from './service-transport.ts';

describe('a client is made', () => {
  it('from the environment, of which it reads two variables', async () => {
    const { service, clock } = openHarness();
    const read: string[] = [];
    const values: Record<string, string> = { CODA_API_TOKEN: TOKEN, CODA_BASE_URL: 'https://docs.superhuman.com/apis/v1' };
    const env = new Proxy(values, {
      get(target, name: string) {
        read.push(name);
        return target[name];
      },
    });
    const client = CodaClient.fromEnv({ transport: serviceTransport(service), clock }, env);
    expect(await client.account.whoami()).toMatchObject({ scoped: false });
    expect(read).toEqual(['CODA_API_TOKEN', 'CODA_BASE_URL']);
    await client.close();
  });

  it.each([
    ['is missing', () => CodaClient.fromEnv({}, {}), /CODA_API_TOKEN is not set/],
    ['is empty', () => new CodaClient({ token: '' }), /The token is not set/],
    ['has a line end in it', () => new CodaClient({ token: 'a\nb' }), /holds characters that no token has/],
  ])('not when the token %s', (_name, make, problem) => {
    expect(make).toThrow(problem);
  });

  it('not of a base URL that is none', () => {
    expect(() => new CodaClient({ token: 'a', baseUrl: 'coda.io' })).toThrow(/base URL/);
  });

  it('or its functions are used without one', async () => {
    const { service, clock, docId } = openHarness();
    const api = createCodaApi({ token: TOKEN, transport: serviceTransport(service), clock });
    expect((await all(listDocs(api)))[0]?.id).toBe(docId);
    expect(await getDoc(api, docId)).toMatchObject({ name: 'Launch' });
  });
});

describe('the inventory', () => {
  it('shows docs as resources, page by page', async () => {
    const { client, docId } = openHarness();
    for (let place = 0; place < 3; place++) await client.createResource({ type: 'document', name: `Doc ${String(place)}`, properties: { timezone: 'Europe/Zurich' } });
    const resources = await all(client.listResources('document'));
    expect(resources.map(({ name }) => name)).toEqual(['Launch', 'Doc 0', 'Doc 1', 'Doc 2']);
    expect(resources[0]).toMatchObject({ id: docId, type: 'document', provider: 'coda', state: 'active', createdAt: expect.any(Date) as Date, tags: {}, raw: { id: docId } });
    expect((await all(client.listResources().byPage({ maxPageSize: 3 }))).map(({ items }) => items.length)).toEqual([3, 1]);
    expect(await client.getResource('document', docId)).toMatchObject({ name: 'Launch' });
    await client.deleteResource('document', docId);
    await client.deleteResource('document', docId);
    await expect(client.getResource('document', docId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has nothing else', async () => {
    const { client } = openHarness();
    expect(client.resourceTypes).toEqual(['document']);
    expect(() => client.listResources('storage')).toThrow(/no resources of type "storage"/);
    await expect(client.createResource({ type: 'compute', name: 'a' })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(client.createResource({ type: 'document', name: 'a', properties: { color: 'red' } })).rejects.toMatchObject({ code: 'invalid_argument' });
  });
});

describe('the connection', () => {
  it('opens a client without touching the network', async () => {
    const client = await codaConnection.openClient?.({ token: TOKEN }, {});
    expect(client).toBeInstanceOf(CodaClient);
    expect(() => codaConnection.openClient?.({}, {})).toThrow(/token/);
  });
});
