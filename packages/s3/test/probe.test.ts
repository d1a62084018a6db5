import { describe, expect, it } from 'vitest';
import { probeS3Endpoint, S3_DIALECTS } from '../src/index.ts';
import { identify } from '../src/probe/identify.ts';
import { credentialsOf, serveService } from './support.ts';

const headers = (pairs: Record<string, string>) => new Headers(pairs) as unknown as Parameters<typeof identify>[1];

describe('identify', () => {
  it.each([
    ['https://s3.eu-west-1.amazonaws.com', {}, 'aws'],
    ['https://account.r2.cloudflarestorage.com', {}, 'r2'],
    ['https://s3.us-west-004.backblazeb2.com', {}, 'b2'],
    ['https://s3.pub1.infomaniak.cloud', { 'x-trans-id': 'tx1' }, 'infomaniak'],
    ['http://127.0.0.1:9000', { server: 'MinIO' }, 'minio'],
    ['http://127.0.0.1:3900', { server: 'Garage' }, 'garage'],
    ['http://127.0.0.1:8080', { 'x-trans-id': 'tx1' }, 'swift'],
    ['http://127.0.0.1:7480', { 'x-amz-request-id': 'tx000001f5a3bb53e4d5c7a-0065e6c8d1-1234-default' }, 'ceph'],
    ['http://127.0.0.1:9010', { server: 'VERSITYGW' }, undefined],
  ])('%s %j', (endpoint, pairs, name) => {
    expect(identify(endpoint, headers(pairs)).name).toBe(name);
  });
});

describe('probeS3Endpoint', () => {
  it('finds everything in a service that has everything, and leaves nothing behind', async () => {
    await using served = await serveService();
    const { dialect, evidence, name } = await probeS3Endpoint(served.url, { credentials: credentialsOf(served.service) });
    expect(name).toBe('generic');
    expect(evidence.filter(({ works }) => !works).map(({ subject }) => subject)).toEqual(['name']);
    const { limits: _limits, storageClass: _class, ...observed } = dialect.capabilities;
    expect(S3_DIALECTS.aws.capabilities).toMatchObject(observed);
    expect(dialect).toMatchObject({ listVersion: 2, batchDeleteDigest: 'md5', copyConditions: true, keys: { emptySegments: true, unlistableCharacters: true, maxSegmentBytes: undefined } });
    expect(served.service.buckets.size).toBe(0);
  });

  it('works in a bucket that is given, without changing it', async () => {
    await using served = await serveService();
    const client = served.client();
    await client.createBucket('given');
    await client.putObject('given', 'mine', 'x');
    const { dialect } = await probeS3Endpoint(served.url, { credentials: credentialsOf(served.service), bucket: 'given' });
    expect(dialect.capabilities.versions).toBe(false);
    expect([...(served.service.buckets.get('given')?.objects.keys() ?? [])]).toEqual(['mine']);
    expect(served.service.openUploads).toBe(0);
    await client.close();
  });

  it('fails with what went wrong first, whatever becomes of the cleaning up', async () => {
    await using served = await serveService();
    served.service.fail({ method: 'PUT', status: 403, code: 'AccessDenied' });
    for (const method of ['GET', 'DELETE', 'POST']) served.service.fail({ method, status: 400, code: 'InvalidRequest', times: 100 });
    const warnings: string[] = [];
    const logger = { debug: () => undefined, info: () => undefined, warn: (_fields: object, message?: string) => void warnings.push(message ?? ''), error: () => undefined };
    await expect(probeS3Endpoint(served.url, { credentials: credentialsOf(served.service), logger })).rejects.toMatchObject({ code: 'permission_denied' });
    expect(warnings).toContain('What the probe made could not be deleted');
  });

  it('fails when the credentials are refused', async () => {
    await using served = await serveService();
    const credentials = { kind: 'access_key', accessKeyId: 'NOBODY', secretAccessKey: 'x' } as const;
    await expect(probeS3Endpoint(served.url, { credentials })).rejects.toMatchObject({ code: 'unauthenticated', vendorCode: 'InvalidAccessKeyId' });
  });
});
