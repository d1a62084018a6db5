import { inspect } from 'node:util';
import { CloudError, hasCapability, InvalidArgumentError, type AccessKeyCredentials } from '@cmx/cloud-core';
import { createSkippingClock } from '@cmx/conformance';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { S3_CAPABILITIES, S3Client, type S3LifecycleRule } from '../src/index.ts';
import { interceptService, KEYS, ORIGIN } from './intercepted.ts';

const intercepted = interceptService();
const BUCKET = 'cmx-test';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function openWithBucket(options: Parameters<typeof intercepted.open>[0] = {}) {
  const client = intercepted.open({ clock: createSkippingClock(), ...options });
  await client.createBucket(BUCKET);
  intercepted.service.exchanges.length = 0;
  return { client, service: intercepted.service };
}

describe('arguments', () => {
  const rule = { id: 'r', enabled: true };
  it.each([
    ['a rule without a name', (client: S3Client) => client.putBucketLifecycle(BUCKET, [{ enabled: true } as S3LifecycleRule]), 'rules.0.id must be a string'],
    ['days that are none', (client: S3Client) => client.putBucketLifecycle(BUCKET, [rule, { ...rule, expireAfterInDays: 1.5 }]), 'rules.1.expireAfterInDays must be a positive integer'],
    ['a field that is misspelt', (client: S3Client) => client.putBucketLifecycle(BUCKET, [{ ...rule, expireAfterDays: 3 } as S3LifecycleRule]), 'rules.0 has the unknown field "expireAfterDays"'],
    ['no origins', (client: S3Client) => client.putBucketCors(BUCKET, [{ allowedOrigins: [], allowedMethods: ['GET'] }]), 'rules.0.allowedOrigins must not be empty'],
    ['an ARN of something else', (client: S3Client) => client.putBucketNotifications(BUCKET, { rules: [{ destination: 'arn:aws:s3:::other', events: ['s3:ObjectCreated:*'] }] }), 'ARN of an SNS topic'],
    ['both days and years', (client: S3Client) => client.putBucketObjectLock(BUCKET, { defaultRetention: { mode: 'governance', days: 1, years: 1 } }), 'either days or years'],
    ['a date that is none', (client: S3Client) => client.putObjectRetention(BUCKET, 'a', { mode: 'governance', retainUntil: new Date(NaN) }), 'retainUntil must be a valid Date'],
    ['half a block', (client: S3Client) => client.putPublicAccessBlock(BUCKET, { blockPublicAcls: true } as never), 'block.ignorePublicAcls must be true or false'],
    ['a policy without statements', (client: S3Client) => client.putBucketPolicy(BUCKET, { Version: '2012-10-17', Statement: [] }), 'policy.Statement must be statements'],
    ['an option that is none', (client: S3Client) => client.getBucketCors(BUCKET, { versionId: 'v' } as never), 'There is no option "versionId"'],
    ['an ownership that is none', (client: S3Client) => client.createBucket(BUCKET, { objectOwnership: 'Mine' as never }), 'objectOwnership must be'],
  ])('refuses %s before any request', async (_, call, message) => {
    const client = intercepted.open();
    await expect(call(client)).rejects.toSatisfy((error) => error instanceof InvalidArgumentError && error.message.includes(message) && error.provider === 'aws');
    expect(intercepted.service.exchanges).toEqual([]);
  });

  it('claims what it can do', () => {
    const client = intercepted.open();
    expect(client.capabilities).toEqual(S3_CAPABILITIES);
    expect((['acl', 'lifecycle', 'cors', 'objectLock', 'website', 'storageClass'] as const).every((feature) => hasCapability(client, feature))).toBe(true);
  });
});

describe('attempts', () => {
  it('repeats what passes by itself, by one loop', async () => {
    const { client, service } = await openWithBucket();
    service.fail({ status: 503, code: 'SlowDown' });
    service.fail({ status: 500, code: 'InternalError' });
    await expect(client.getBucketCors(BUCKET)).resolves.toEqual([]);
    expect(service.exchanges.length).toBe(3);
  });

  it('gives up after as many attempts as the policy has, and says how many', async () => {
    const { client, service } = await openWithBucket({ retry: { maxAttempts: 2 } });
    service.fail({ status: 503, code: 'ServiceUnavailable', times: 9 });
    await expect(client.getBucketCors(BUCKET)).rejects.toMatchObject({ code: 'unavailable', attempts: 2, status: 503, requestId: expect.stringMatching(/^[\dA-F]{16}$/) as string, details: { hostId: 'cmx-test-host' } });
    expect(service.exchanges.length).toBe(2);
  });

  it('leaves the repeating to an SDK client that is not its own', async () => {
    const { service } = await openWithBucket();
    const { S3Client: SdkClient } = await import('@aws-sdk/client-s3');
    const sdk = new SdkClient({ endpoint: ORIGIN, forcePathStyle: true, region: 'us-east-1', credentials: KEYS, maxAttempts: 2, retryMode: 'standard' });
    const client = intercepted.open({ client: sdk });
    service.fail({ status: 500, code: 'InternalError', times: 9 });
    await expect(client.getBucketCors(BUCKET)).rejects.toMatchObject({ code: 'unavailable' });
    expect(service.exchanges.length).toBe(2);
    expect(await client.native()).toBe(sdk);
  });

  it('does not repeat a refusal', async () => {
    const { client, service } = await openWithBucket();
    service.fail({ status: 403, code: 'AccessDenied' });
    await expect(client.getBucketPolicy(BUCKET)).rejects.toMatchObject({ code: 'permission_denied', vendorCode: 'AccessDenied', operation: 'getBucketPolicy', resource: { type: 'bucket', name: BUCKET } });
    expect(service.exchanges.length).toBe(1);
  });

  it('asks for other credentials once when the service does not take them', async () => {
    let asked = 0;
    const credentials = async (): Promise<AccessKeyCredentials> => ({ ...KEYS, accessKeyId: `AKIA${String(++asked)}`, expiresAt: new Date(Date.UTC(2100, 0)) });
    for (const count of [1, 2, 3]) intercepted.service.addIdentity({ ...KEYS, accessKeyId: `AKIA${String(count)}` });
    const { client, service } = await openWithBucket({ credentials });
    await client.getBucketCors(BUCKET);
    service.fail({ status: 400, code: 'ExpiredToken' });
    await expect(client.getBucketCors(BUCKET)).resolves.toEqual([]);
    const signers = service.exchanges.map(({ headers }) => /Credential=(\w+)/.exec(headers.get('authorization') ?? '')?.[1]);
    expect(new Set(signers).size).toBe(2);
    service.fail({ status: 400, code: 'ExpiredToken', times: 2 });
    await expect(client.getBucketCors(BUCKET)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('does not ask again for keys that cannot change', async () => {
    const { client, service } = await openWithBucket();
    service.fail({ status: 403, code: 'InvalidAccessKeyId' });
    await expect(client.getBucketCors(BUCKET)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(service.exchanges.length).toBe(1);
  });

  it('signs once more when its clock was off', async () => {
    const service = await intercepted.replace({ now: () => Date.now() + 3_600_000, buckets: [BUCKET] });
    const client = intercepted.open();
    await expect(client.getBucketCors(BUCKET)).resolves.toEqual([]);
    expect(service.exchanges.length).toBe(2);
  });

  it('rejects with the caller’s own reason, and sends nothing', async () => {
    const { client, service } = await openWithBucket();
    const reason = new Error('enough');
    await expect(client.getBucketCors(BUCKET, { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(service.exchanges.length).toBe(0);
  });

  it('says no after it is closed', async () => {
    const { client } = await openWithBucket();
    await client.close();
    await expect(client.getBucketCors(BUCKET)).rejects.toMatchObject({ code: 'unavailable', retryable: false });
  });
});

describe('the way to the service', () => {
  it('shows no secret in errors', async () => {
    const { client, service } = await openWithBucket();
    service.fail({ status: 403, code: 'AccessDenied' });
    const error = await client.getBucketPolicy(BUCKET).catch((thrown: unknown) => thrown);
    expect(CloudError.is(error)).toBe(true);
    for (const text of [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error)]) expect(text).not.toMatch(/very-secret|Signature=/);
  });

  it('goes where an SDK client goes, with its credentials', async () => {
    const service = await intercepted.replace({ region: 'eu-central-2', identities: [{ accessKeyId: 'AKIASDK', secretAccessKey: 'S' }], buckets: [BUCKET] });
    const { S3Client: SdkClient } = await import('@aws-sdk/client-s3');
    const { nodeHttpTransport } = await import('@cmx/http');
    const sdk = new SdkClient({ endpoint: ORIGIN, forcePathStyle: true, region: 'eu-central-2', credentials: { accessKeyId: 'AKIASDK', secretAccessKey: 'S' } });
    const client = await S3Client.fromSdkClient(sdk, { transport: nodeHttpTransport() });
    expect(client.region).toBe('eu-central-2');
    await client.bucketExists(BUCKET);
    await client.getBucketCors(BUCKET);
    for (const { headers } of service.exchanges) expect(headers.get('authorization')).toMatch(/Credential=AKIASDK\/\d+\/eu-central-2\/s3/);
    await client.close();
  });

  it('sends no signature without credentials', async () => {
    const { service } = await openWithBucket();
    const client = intercepted.open({ credentials: 'anonymous' });
    for (const call of [client.bucketExists(BUCKET), client.getBucketCors(BUCKET)]) await expect(call).rejects.toMatchObject({ code: 'permission_denied' });
    expect(new Set(service.exchanges.map(({ headers }) => headers.get('authorization')))).toEqual(new Set([null]));
  });

  it('takes region, endpoint and keys from the environment', async () => {
    const service = await intercepted.replace({ region: 'eu-central-2', identities: [{ accessKeyId: 'AKIAENV', secretAccessKey: 'S' }], buckets: [BUCKET] });
    vi.stubEnv('AWS_REGION', 'eu-central-2');
    vi.stubEnv('AWS_ENDPOINT_URL_S3', ORIGIN);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S');
    vi.stubEnv('AWS_PROFILE', '');
    const { nodeHttpTransport } = await import('@cmx/http');
    const client = S3Client.fromEnv({ addressing: 'path', transport: nodeHttpTransport() });
    await client.bucketExists(BUCKET);
    await client.getBucketCors(BUCKET);
    for (const { headers } of service.exchanges) expect(headers.get('authorization')).toMatch(/Credential=AKIAENV\/\d+\/eu-central-2\/s3/);
    await client.close();
  });

  it('has both planes pass over the environment’s endpoint unless asked to read it', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', 'https://elsewhere.test');
    const client = new S3Client({ region: 'eu-central-2', credentials: KEYS });
    const { url } = await client.generatePresignedUrl(BUCKET, 'a');
    expect(new URL(url).host).toBe(`${BUCKET}.s3.eu-central-2.amazonaws.com`);
    const { config } = await client.native();
    expect(config).toMatchObject({ isCustomEndpoint: false, ignoreConfiguredEndpointUrls: true });
    expect(await config.maxAttempts()).toBe(1);
    await client.close();
  });

  it('follows a bucket to its region, on both planes', async () => {
    const asked: string[] = [];
    intercepted.use(
      http.all('https://*.amazonaws.com/*', ({ request }) => {
        const { host } = new URL(request.url);
        asked.push(host);
        if (!host.includes('us-east-1')) return request.method === 'HEAD' ? new HttpResponse(null) : HttpResponse.xml('<CORSConfiguration/>');
        const error = '<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message></Error>';
        return HttpResponse.xml(request.method === 'HEAD' ? '' : error, { status: 301, headers: { 'x-amz-bucket-region': 'eu-central-2' } });
      }),
    );
    const client = intercepted.open({ endpoint: undefined, addressing: undefined });
    await expect(client.getBucketCors(BUCKET)).resolves.toEqual([]);
    await expect(client.bucketExists(BUCKET)).resolves.toBe(true);
    const hosts = [`${BUCKET}.s3.us-east-1.amazonaws.com`, `${BUCKET}.s3.eu-central-2.amazonaws.com`];
    expect(asked).toEqual([...hosts, ...hosts]);
  });

  it('keeps the key an object is encrypted with when it moves it to another class', async () => {
    const { client, service } = await openWithBucket();
    await client.putObject(BUCKET, 'a', '', { serverSideEncryption: { algorithm: 'aws:kms', keyId: 'key-1' } });
    await client.setObjectStorageClass(BUCKET, 'a', 'GLACIER_IR');
    const copy = service.exchanges.find(({ headers }) => headers.has('x-amz-copy-source'));
    expect(Object.fromEntries(copy?.headers ?? [])).toMatchObject({
      'x-amz-storage-class': 'GLACIER_IR',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'key-1',
      'x-amz-copy-source-if-match': '"d41d8cd98f00b204e9800998ecf8427e"',
    });
    service.exchanges.length = 0;
    await client.setObjectStorageClass(BUCKET, 'a', 'GLACIER_IR');
    expect(service.exchanges.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('says that a website has no documents when all of it redirects', async () => {
    const { client, service } = await openWithBucket();
    service.buckets.get(BUCKET)?.configurations.set('website', '<WebsiteConfiguration><RedirectAllRequestsTo><HostName>example.org</HostName></RedirectAllRequestsTo></WebsiteConfiguration>');
    await expect(client.getBucketWebsite(BUCKET)).rejects.toMatchObject({ code: 'unsupported', reason: expect.stringContaining('example.org') as unknown });
  });

  it('says that a policy is no JSON', async () => {
    const { client, service } = await openWithBucket();
    service.buckets.get(BUCKET)?.configurations.set('policy', '<html>');
    await expect(client.getBucketPolicy(BUCKET)).rejects.toMatchObject({ code: 'unknown', operation: 'getBucketPolicy' });
  });
});
