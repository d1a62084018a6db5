import { readJson, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import providerGenerator from './provider/generator.js';
import resourceGenerator from './resource/generator.js';

let tree;

/** Paths that changed, and whatever was written has no template mark left in it. */
function changes() {
  const changed = tree.listChanges().filter(({ type }) => type !== 'DELETE');
  for (const { content } of changed) expect(content.toString()).not.toMatch(/<%|__\w+__/);
  return changed.map(({ path }) => path);
}

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  tree.write('LICENSE', 'MIT');
  writeJson(tree, 'packages/cloud-core/package.json', { name: '@cmx/cloud-core', version: '1.2.3' });
  writeJson(tree, 'packages/http/package.json', { name: '@cmx/http', version: '4.5.6' });
});

describe('provider', () => {
  it('makes a package with client, connection, contract test, documentation and changeset', async () => {
    await providerGenerator(tree, { name: 'acme-cloud' });
    expect(changes()).toEqual(
      expect.arrayContaining([
        'packages/acme-cloud/package.json',
        'packages/acme-cloud/README.md',
        'packages/acme-cloud/LICENSE',
        'packages/acme-cloud/src/index.ts',
        'packages/acme-cloud/src/acme-cloud-connection.ts',
        'packages/acme-cloud/src/acme-cloud-storage-client.ts',
        'packages/acme-cloud/test/contract.test.ts',
        'docs/providers/acme-cloud.md',
        '.changeset/new-acme-cloud.md',
      ]),
    );
  });

  it('names it in every spelling it needs', async () => {
    await providerGenerator(tree, { name: 'acme-cloud' });
    const manifest = readJson(tree, 'packages/acme-cloud/package.json');
    expect(manifest.name).toBe('@cmx/acme-cloud');
    expect(manifest.dependencies).toEqual({ '@cmx/cloud-core': '1.2.3' });
    expect(manifest.cmx.clients).toEqual([{ export: 'AcmeCloudStorageClient', service: 'storage' }]);
    expect(manifest.cmx.connections).toEqual([{ type: 'acme-cloud', title: 'Acme Cloud', export: 'acmeCloudConnection' }]);
    expect(tree.read('packages/acme-cloud/src/acme-cloud-connection.ts', 'utf-8')).toContain("environment: ['ACME_CLOUD_TOKEN']");
  });

  it('takes a title that the name does not spell', async () => {
    await providerGenerator(tree, { name: 'ovh', title: 'OVHcloud' });
    expect(tree.read('docs/providers/ovh.md', 'utf-8')).toMatch(/^# OVHcloud$/m);
  });

  it('does not write over a package', async () => {
    await providerGenerator(tree, { name: 'acme' });
    await expect(providerGenerator(tree, { name: 'acme' })).rejects.toThrow('packages/acme exists already');
  });
});

describe('resource', () => {
  beforeEach(async () => {
    await providerGenerator(tree, { name: 'acme' });
  });

  it('adds paths, wire types, mappers and operations with their tests, and exports them', async () => {
    await resourceGenerator(tree, { provider: 'acme', name: 'record-set' });
    expect(changes()).toEqual(
      expect.arrayContaining([
        ...['urls.ts', 'wire.ts', 'mappers.ts', 'mappers.test.ts', 'record-sets.ts'].map((file) => `packages/acme/src/record-sets/${file}`),
        'packages/acme/test/record-sets.test.ts',
        '.changeset/acme-record-sets.md',
      ]),
    );
    expect(tree.read('packages/acme/src/index.ts', 'utf-8')).toContain("export { getRecordSet, listRecordSets } from './record-sets/record-sets.ts';");
  });

  it('declares the HTTP client it needs', async () => {
    await resourceGenerator(tree, { provider: 'acme', name: 'widget' });
    expect(readJson(tree, 'packages/acme/package.json').dependencies).toEqual({ '@cmx/cloud-core': '1.2.3', '@cmx/http': '4.5.6' });
  });

  it('takes a plural that is not the name and an s', async () => {
    await resourceGenerator(tree, { provider: 'acme', name: 'policy', plural: 'policies' });
    expect(tree.read('packages/acme/src/policies/policies.ts', 'utf-8')).toContain('export function listPolicies(');
  });

  it('wants the package to be there and the resource not', async () => {
    await expect(resourceGenerator(tree, { provider: 'nobody', name: 'widget' })).rejects.toThrow('There is no package packages/nobody');
    await resourceGenerator(tree, { provider: 'acme', name: 'widget' });
    await expect(resourceGenerator(tree, { provider: 'acme', name: 'widget' })).rejects.toThrow('packages/acme/src/widgets exists already');
  });
});
