import type { CaseMeta } from '@cmx/conformance/reporter';
import { expect, test } from 'vitest';
import { AwsCloudClient, type S3Client } from '../src/index.ts';

export interface AdministrationHarness {
  readonly client: S3Client;
  /** A name nobody uses. */
  readonly name: () => string;
}

/**
 * What every server must do that the control plane speaks to: each case begins with a bucket of its own, and is a behaviour
 * of the conformance table.
 *
 * @param deviations - Cases the server is known to fail, by title, with the reason. They must fail.
 */
export function describeAdministration(server: string, open: () => AdministrationHarness, deviations: Readonly<Record<string, string>> = {}): void {
  const it = (behaviour: string, run: () => Promise<void>): void => {
    const deviation = deviations[behaviour];
    const cmx: CaseMeta = { contract: 'bucket administration', behaviour, client: 'aws', server, deviation, without: [] };
    const add = deviation === undefined ? test : test.fails;
    add(behaviour, ({ task }) => {
      Object.assign(task.meta, { cmx });
      return run();
    });
  };
  const buckets = async (options: Parameters<S3Client['createBucket']>[1] = {}) => {
    const { client, name } = open();
    const bucket = name();
    await client.createBucket(bucket, options);
    return { client, bucket };
  };

  it('keeps life-cycle rules, and removes them', async () => {
    const { client, bucket } = await buckets();
    const rules = [
      { id: 'logs', enabled: true, prefix: 'logs/', expireAfterInDays: 365, transitions: [{ afterInDays: 30, storageClass: 'STANDARD_IA' }] },
      { id: 'uploads', enabled: false, abortIncompleteUploadsAfterInDays: 7 },
      { id: 'old', enabled: true, tags: { kind: 'log' }, expireNoncurrentAfterInDays: 10 },
    ];
    await client.putBucketLifecycle(bucket, rules);
    expect(await client.getBucketLifecycle(bucket)).toEqual(rules);
    await client.putBucketLifecycle(bucket, []);
    expect(await client.getBucketLifecycle(bucket)).toEqual([]);
    await client.deleteBucketLifecycle(bucket);
  });

  it('keeps every field of a life-cycle rule', async () => {
    const { client, bucket } = await buckets();
    const rules = [
      {
        id: 'logs',
        enabled: true,
        prefix: 'logs/',
        tags: { kind: 'log', 'cost centre': '12' },
        largerThanInBytes: 1000,
        expireAfterInDays: 365,
        transitions: [{ afterInDays: 30, storageClass: 'STANDARD_IA' }],
        expireNoncurrentAfterInDays: 10,
        keepNoncurrentVersions: 3,
        noncurrentTransitions: [{ afterInDays: 5, storageClass: 'GLACIER', keepVersions: 2 }],
      },
      { id: 'day', enabled: true, smallerThanInBytes: 5, expireOn: new Date('2100-01-01'), transitionsOnDate: [{ on: new Date('2099-01-01'), storageClass: 'GLACIER' }] },
      { id: 'markers', enabled: true, expireDeleteMarkers: true },
    ];
    await client.putBucketLifecycle(bucket, rules);
    expect(await client.getBucketLifecycle(bucket)).toEqual(rules);
  });

  it('keeps cross-origin rules, and removes them', async () => {
    const { client, bucket } = await buckets();
    const rule = { allowedOrigins: ['https://a.test', 'https://*.b.test'], allowedMethods: ['GET', 'PUT'], allowedHeaders: ['*'], exposedHeaders: ['ETag'], maxAgeInSeconds: 60 };
    await client.putBucketCors(bucket, [rule]);
    expect(await client.getBucketCors(bucket)).toEqual([rule]);
    await client.putBucketCors(bucket, []);
    expect(await client.getBucketCors(bucket)).toEqual([]);
    await client.deleteBucketCors(bucket);
  });

  it('keeps a policy to the letter, and removes it', async () => {
    const { client, bucket } = await buckets();
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'OnlyTls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${bucket}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    } as const;
    expect(await client.getBucketPolicy(bucket)).toBeUndefined();
    await client.putBucketPolicy(bucket, policy);
    expect(await client.getBucketPolicy(bucket)).toEqual(policy);
    await client.deleteBucketPolicy(bucket);
    expect(await client.getBucketPolicy(bucket)).toBeUndefined();
  });

  it('blocks public access, and stops blocking it', async () => {
    const { client, bucket } = await buckets();
    const block = { blockPublicAcls: true, ignorePublicAcls: false, blockPublicPolicy: true, restrictPublicBuckets: false };
    const nothing = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
    expect(await client.getPublicAccessBlock(bucket)).toEqual(nothing);
    await client.putPublicAccessBlock(bucket, block);
    expect(await client.getPublicAccessBlock(bucket)).toEqual(block);
    await client.deletePublicAccessBlock(bucket);
    expect(await client.getPublicAccessBlock(bucket)).toEqual(nothing);
  });

  it('keeps how a bucket is encrypted', async () => {
    const { client, bucket } = await buckets();
    const encryption = { algorithm: 'aws:kms', keyId: 'arn:aws:kms:us-east-1:123456789012:key/one', bucketKey: true } as const;
    await client.putBucketEncryption(bucket, encryption);
    expect(await client.getBucketEncryption(bucket)).toEqual(encryption);
    await client.deleteBucketEncryption(bucket);
    expect((await client.getBucketEncryption(bucket))?.keyId).toBeUndefined();
  });

  it('replaces the tags of a bucket, and removes them', async () => {
    const { client, bucket } = await buckets();
    expect(await client.getBucketTags(bucket)).toEqual({});
    await client.putBucketTags(bucket, { team: 'blue', 'cost centre': '12 + 3' });
    expect(await client.getBucketTags(bucket)).toEqual({ team: 'blue', 'cost centre': '12 + 3' });
    await client.putBucketTags(bucket, {});
    expect(await client.getBucketTags(bucket)).toEqual({});
  });

  it('keeps a website with its routing rules', async () => {
    const { client, bucket } = await buckets();
    const website = {
      indexDocument: 'index.html',
      errorDocument: 'error.html',
      routingRules: [{ condition: { keyPrefix: 'old/', errorStatus: 404 }, redirect: { hostName: 'example.org', protocol: 'https', status: 302, keyPrefix: 'new/' } }],
    } as const;
    expect(await client.getBucketWebsite(bucket)).toBeUndefined();
    await client.putBucketWebsite(bucket, website);
    expect(await client.getBucketWebsite(bucket)).toEqual(website);
    await client.deleteBucketWebsite(bucket);
    expect(await client.getBucketWebsite(bucket)).toBeUndefined();
  });

  it('keeps who is told of events', async () => {
    const { client, bucket } = await buckets();
    expect(await client.getBucketNotifications(bucket)).toEqual({ rules: [], eventBridge: false });
    const rules = [
      { id: 'topic', destination: 'arn:aws:sns:us-east-1:123456789012:made', events: ['s3:ObjectCreated:*'], prefix: 'in/', suffix: '.csv' },
      { id: 'queue', destination: 'arn:aws:sqs:us-east-1:123456789012:gone', events: ['s3:ObjectRemoved:Delete', 's3:ObjectRemoved:DeleteMarkerCreated'] },
      { id: 'function', destination: 'arn:aws:lambda:us-east-1:123456789012:function:resize', events: ['s3:ObjectCreated:Put'], suffix: '.jpg' },
    ];
    await client.putBucketNotifications(bucket, { rules, eventBridge: true }, { skipDestinationValidation: true });
    expect(await client.getBucketNotifications(bucket)).toEqual({ rules, eventBridge: true });
    await client.putBucketNotifications(bucket, { rules: [] });
    expect(await client.getBucketNotifications(bucket)).toEqual({ rules: [], eventBridge: false });
  });

  it('tells and changes who owns a bucket’s objects', async () => {
    const { client, bucket } = await buckets({ objectOwnership: 'BucketOwnerPreferred' });
    expect(await client.getBucketOwnership(bucket)).toBe('BucketOwnerPreferred');
    await client.putBucketOwnership(bucket, 'ObjectWriter');
    expect(await client.getBucketOwnership(bucket)).toBe('ObjectWriter');
  });

  it('tells and changes who may do what, by name and by grants', async () => {
    const { client, bucket } = await buckets({ objectOwnership: 'ObjectWriter' });
    const everyone = { grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' };
    await client.putObject(bucket, 'a', 'content');
    await client.putObjectAcl(bucket, 'a', 'public-read');
    const { owner, grants } = await client.getObjectAcl(bucket, 'a');
    expect(grants).toContainEqual(everyone);
    await client.putObjectAcl(bucket, 'a', { grants: grants.filter(({ grantee }) => grantee !== everyone.grantee) });
    expect(await client.getObjectAcl(bucket, 'a')).toEqual({ owner, grants: [{ grantee: owner, permission: 'FULL_CONTROL' }] });
    await client.putBucketAcl(bucket, { owner, grants: [everyone] });
    expect((await client.getBucketAcl(bucket)).grants).toEqual([everyone]);
  });

  it('locks objects until a day', async () => {
    const { client, bucket } = await buckets({ objectLock: true });
    expect(await client.getBucketObjectLock(bucket)).toEqual({});
    await client.putObject(bucket, 'a', 'content');
    const retainUntil = new Date(Date.UTC(2100, 0, 1));
    await client.putObjectRetention(bucket, 'a', { mode: 'governance', retainUntil });
    expect(await client.getObjectRetention(bucket, 'a')).toEqual({ mode: 'governance', retainUntil });
  });

  it('holds objects', async () => {
    const { client, bucket } = await buckets({ objectLock: true });
    await client.putObject(bucket, 'a', 'content');
    await client.putObjectLegalHold(bucket, 'a', true);
    expect(await client.getObjectLegalHold(bucket, 'a')).toBe(true);
    await client.putObjectLegalHold(bucket, 'a', false);
    expect(await client.getObjectLegalHold(bucket, 'a')).toBe(false);
  });

  it('locks what is new by default', async () => {
    const { client, bucket } = await buckets({ objectLock: true });
    await client.putBucketObjectLock(bucket, { defaultRetention: { mode: 'governance', days: 3 } });
    expect(await client.getBucketObjectLock(bucket)).toEqual({ defaultRetention: { mode: 'governance', days: 3 } });
    await client.putBucketObjectLock(bucket, {});
    expect(await client.getBucketObjectLock(bucket)).toEqual({});
  });

  it('knows of no lock where there is none', async () => {
    const { client, bucket } = await buckets();
    await client.putObject(bucket, 'a', 'content');
    expect(await client.getBucketObjectLock(bucket)).toBeUndefined();
    expect(await client.getObjectRetention(bucket, 'a')).toBeUndefined();
    expect(await client.getObjectLegalHold(bucket, 'a')).toBe(false);
    await expect(client.getObjectRetention(bucket, 'missing')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('moves an object to another class', async () => {
    const { client, bucket } = await buckets();
    await client.putObject(bucket, 'a', '', { contentType: 'text/csv' });
    await client.setObjectStorageClass(bucket, 'a', 'STANDARD_IA');
    expect(await client.getObjectMetadata(bucket, 'a')).toMatchObject({ storageClass: 'STANDARD_IA', contentType: 'text/csv' });
  });

  it('creates buckets where it is told, and knows where they are', async () => {
    const { client, bucket } = await buckets({ region: 'eu-central-2' });
    expect(await client.getBucketRegion(bucket)).toBe('eu-central-2');
    const { bucket: locked } = await buckets({ region: 'eu-west-1', objectLock: true });
    expect(await client.getBucketRegion(locked)).toBe('eu-west-1');
    const { bucket: home } = await buckets();
    expect(await client.getBucketRegion(home)).toBe('us-east-1');
  });

  it('says that a bucket is missing, with the service’s own facts', async () => {
    const { client, name } = open();
    const bucket = name();
    const calls = [
      () => client.getBucketCors(bucket),
      () => client.getBucketPolicy(bucket),
      () => client.getBucketRegion(bucket),
      () => client.putBucketTags(bucket, { a: 'b' }),
      () => client.getBucketObjectLock(bucket),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'bucket_not_found', provider: 'aws', service: 's3', vendorCode: 'NoSuchBucket', status: 404, resource: { type: 'bucket', name: bucket } });
    }
  });

  it('shows buckets as resources', async () => {
    const { client, name } = open();
    const cloud = new AwsCloudClient({ storage: client });
    const id = name();
    const created = await cloud.createResource({ type: 'storage', name: id, properties: { region: 'eu-west-1', tags: { team: 'blue' } } });
    expect(created).toMatchObject({ id, name: id, type: 'storage', provider: 'aws', region: 'eu-west-1', tags: { team: 'blue' } });
    const found = await cloud.getResource('storage', id);
    expect(found).toMatchObject({ id, region: 'eu-west-1', tags: { team: 'blue' } });
    expect(found.createdAt).toBeInstanceOf(Date);
    const all = [];
    for await (const resource of cloud.listResources()) all.push(resource);
    expect(all).toContainEqual(found);
    await cloud.deleteResource('storage', id);
    await cloud.deleteResource('storage', id);
    await expect(cloud.getResource('storage', id)).rejects.toMatchObject({ code: 'bucket_not_found' });
  });
}
