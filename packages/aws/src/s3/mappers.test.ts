import { describe, expect, it } from 'vitest';
import { fromAcl, toAcl } from './acl.ts';
import { toCorsRule } from './cors.ts';
import { fromEncryption, toEncryption } from './encryption.ts';
import { fromLifecycleRule, toLifecycleRule } from './lifecycle.ts';
import { fromNotifications, toNotifications } from './notifications.ts';
import { fromObjectLock, toObjectLock } from './object-lock.ts';
import { fromWebsite, toWebsite } from './website.ts';

describe('life-cycle rules', () => {
  const rule = { id: 'r', enabled: true } as const;
  it.each([
    [{}, { Prefix: '' }],
    [{ prefix: 'a/' }, { Prefix: 'a/' }],
    [{ tags: { k: 'v' } }, { Tag: { Key: 'k', Value: 'v' } }],
    [{ largerThanInBytes: 0 }, { ObjectSizeGreaterThan: 0 }],
    [{ smallerThanInBytes: 9 }, { ObjectSizeLessThan: 9 }],
    [{ tags: { k: 'v', l: 'w' } }, { And: { Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l', Value: 'w' }] } }],
    [{ prefix: 'a/', smallerThanInBytes: 9 }, { And: { Prefix: 'a/', ObjectSizeLessThan: 9 } }],
  ])('says the conditions %j once, in the form S3 takes, and reads them back', (conditions, filter) => {
    expect(fromLifecycleRule({ ...rule, ...conditions }).Filter).toEqual(filter);
    expect(toLifecycleRule({ ID: 'r', Status: 'Enabled', Filter: filter })).toEqual({ ...rule, ...conditions });
  });

  it('reads rules of the old form', () => {
    expect(toLifecycleRule({ ID: 'r', Status: 'Disabled', Prefix: 'old/', Expiration: { Days: 3 } })).toEqual({ id: 'r', enabled: false, prefix: 'old/', expireAfterInDays: 3 });
  });

  it('says nothing of what is not asked for', () => {
    expect(fromLifecycleRule(rule)).toEqual({ ID: 'r', Status: 'Enabled', Filter: { Prefix: '' } });
  });
});

describe('access-control lists', () => {
  it.each([
    ['canonical-id', { Type: 'CanonicalUser', ID: 'canonical-id' }],
    ['http://acs.amazonaws.com/groups/global/AllUsers', { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }],
    ['someone@example.org', { Type: 'AmazonCustomerByEmail', EmailAddress: 'someone@example.org' }],
  ] as const)('knows what %s is', (grantee, Grantee) => {
    const grants = [{ grantee, permission: 'READ' }];
    const wire = fromAcl({ grants }, 'owner-id');
    expect(wire).toEqual({ Owner: { ID: 'owner-id' }, Grants: [{ Grantee, Permission: 'READ' }] });
    expect(toAcl(wire)).toEqual({ owner: 'owner-id', grants });
  });
});

describe('notifications', () => {
  it('sorts rules by the service of their ARN, in every partition', () => {
    const rules = ['arn:aws-cn:sqs:cn-north-1:1:q', 'arn:aws:sns:eu-west-1:1:t', 'arn:aws-us-gov:lambda:us-gov-west-1:1:function:f'].map((destination) => ({ destination, events: ['s3:ObjectCreated:*'] }));
    const { QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations, EventBridgeConfiguration } = fromNotifications({ rules });
    expect([QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations].map((list) => list?.length)).toEqual([1, 1, 1]);
    expect(EventBridgeConfiguration).toBeUndefined();
  });

  it('reads filters however they are spelt', () => {
    const Filter = { Key: { FilterRules: [{ Name: 'Prefix' as never, Value: 'in/' }, { Name: 'suffix' as const, Value: '.csv' }] } };
    expect(toNotifications({ QueueConfigurations: [{ QueueArn: 'arn', Events: ['s3:ObjectCreated:Put'], Filter }], EventBridgeConfiguration: {} })).toEqual({
      rules: [{ destination: 'arn', events: ['s3:ObjectCreated:Put'], prefix: 'in/', suffix: '.csv' }],
      eventBridge: true,
    });
  });
});

describe('the others', () => {
  it('reads cross-origin rules with little in them', () => {
    expect(toCorsRule({ AllowedMethods: ['GET'], AllowedOrigins: ['*'] })).toEqual({ allowedOrigins: ['*'], allowedMethods: ['GET'] });
  });

  it('maps encryption both ways', () => {
    const encryption = { algorithm: 'aws:kms', keyId: 'key', bucketKey: true, blockedTypes: ['SSE-C'] } as const;
    expect(toEncryption(fromEncryption(encryption))).toEqual(encryption);
    expect(toEncryption({})).toEqual({ algorithm: 'AES256' });
  });

  it('maps object lock both ways', () => {
    for (const lock of [{}, { defaultRetention: { mode: 'compliance', years: 7 } }, { defaultRetention: { mode: 'governance', days: 1 } }] as const) {
      expect(toObjectLock(fromObjectLock(lock))).toEqual(lock);
    }
  });

  it('maps websites both ways', () => {
    const website = { indexDocument: 'index.html', routingRules: [{ redirect: { key: 'other', status: 307 } }] };
    expect(toWebsite(fromWebsite(website))).toEqual(website);
    expect(fromWebsite({ indexDocument: 'i', routingRules: [] })).toEqual({ IndexDocument: { Suffix: 'i' } });
  });
});
