import { describe, expect, it } from 'vitest';
import { availability, describeClient } from './availability.ts';

const client = { provider: 'acme', service: 'storage', client: 'AcmeClient', packageName: '@cmx/acme', requires: ['acme-sdk', 'acme-identity'] };

describe('availability', () => {
  it('finds the clients of the workspace, without an error', async () => {
    const found = await availability();
    expect(found.find(({ client: name }) => name === 'LocalStorageClient')).toMatchObject({ provider: 'local', service: 'storage', available: true });
  });

  it('names the packages that are missing and how to get them', () => {
    const only = (...names: string[]) => (name: string) => (names.includes(name) ? `/x/${name}/package.json` : undefined);
    expect(describeClient(client, only('@cmx/acme', 'acme-sdk', 'acme-identity'))).toMatchObject({ available: true });
    expect(describeClient(client, only('@cmx/acme'))).toMatchObject({ available: false, reason: 'acme-sdk and acme-identity are not installed', install: 'npm install acme-sdk acme-identity' });
    expect(describeClient(client, only())).toMatchObject({ available: false, reason: '@cmx/acme is not installed' });
  });

  it('looks for what a client requires beside the package that requires it', () => {
    const seen: string[] = [];
    describeClient(client, (name, from) => {
      seen.push(`${name} from ${from}`);
      return `/x/${name}/package.json`;
    });
    expect(seen.slice(1)).toEqual(['acme-sdk from /x/@cmx/acme/package.json', 'acme-identity from /x/@cmx/acme/package.json']);
  });
});
