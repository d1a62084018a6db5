import { describe, expect, it, vi } from 'vitest';
import type { S3Client } from '../src/index.ts';
import { AwsCloudClient, awsConnection } from '../src/index.ts';
import { interceptService, ORIGIN } from './intercepted.ts';

const intercepted = interceptService();

describe('AwsCloudClient', () => {
  it('lists more buckets than are described at once, in order, in pages', async () => {
    const storage = intercepted.open();
    const names = Array.from({ length: 20 }, (_, index) => `cmx-test-${String(index).padStart(2, '0')}`);
    for (const name of names) await storage.createBucket(name);
    const cloud = new AwsCloudClient({ storage });
    const pages = [];
    for await (const { items } of cloud.listResources('storage').byPage()) pages.push(items.map(({ name }) => name));
    expect(pages).toEqual([names]);
    expect(intercepted.service.exchanges.find(({ path }) => path.startsWith('/?'))?.path).toContain('max-buckets=100');
  });

  it('shows a bucket whose tags may not be read, and says so', async () => {
    const storage = intercepted.open();
    await storage.createBucket('cmx-test');
    vi.spyOn(storage, 'getBucketTags').mockImplementation(async () => {
      intercepted.service.fail({ status: 403, code: 'AccessDenied' });
      return (await storage.getBucketPolicy('cmx-test')) as never;
    });
    const warn = vi.fn();
    const cloud = new AwsCloudClient({ storage, logger: { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() } });
    expect(await cloud.getResource('storage', 'cmx-test')).toMatchObject({ name: 'cmx-test', tags: {} });
    expect(warn).toHaveBeenCalledOnce();
  });

  it('refuses what it does not know before any request', async () => {
    const cloud = new AwsCloudClient({ storage: intercepted.open() });
    expect(() => cloud.listResources('compute')).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'aws' }));
    await expect(cloud.deleteResource('dns', 'a')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(cloud.createResource({ type: 'storage', name: 'cmx-test', properties: { size: 3 } })).rejects.toMatchObject({ code: 'invalid_argument', reason: expect.stringContaining('"size"') as unknown });
    await expect(cloud.getResource('storage', 'cmx-test', { timeout: 3 } as never)).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(intercepted.service.exchanges).toEqual([]);
  });
});

describe('awsConnection', () => {
  const env = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' };

  it('opens a store by keys, endpoint and region', async () => {
    const client = (await awsConnection.openStorage?.({ accessKeyId: 'AKIACONN', secretAccessKey: 'S', region: 'eu-central-2', endpoint: ORIGIN }, { env })) as S3Client;
    const { url } = await client.generatePresignedUrl('cmx-test', 'a');
    expect(url).toContain('https://cmx-test.s3.test/a?');
    expect(url).toContain('AKIACONN');
    expect(client.region).toBe('eu-central-2');
    await client.close();
  });

  it('takes the region from the context’s environment', async () => {
    const client = (await awsConnection.openStorage?.({}, { env: { ...env, AWS_DEFAULT_REGION: 'sa-east-1' } })) as S3Client;
    expect(client.region).toBe('sa-east-1');
    await client.close();
  });

  it('opens the inventory', async () => {
    expect(await awsConnection.openClient?.({ accessKeyId: 'A', secretAccessKey: 'S' }, { env })).toBeInstanceOf(AwsCloudClient);
  });

  it('refuses half a pair of keys', () => {
    expect(() => awsConnection.openStorage?.({ accessKeyId: 'A' }, { env })).toThrow('must be given together');
  });

  it('offers the profiles there are, and takes any name where there are none', () => {
    const profile = awsConnection.fields.find(({ name }) => name === 'profile');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
    expect(profile?.choices).toBeUndefined();
    vi.stubEnv('AWS_CONFIG_FILE', new URL('fixtures/shared-config', import.meta.url).pathname);
    expect(profile?.choices).toEqual(['default', 'work']);
    vi.unstubAllEnvs();
  });
});
