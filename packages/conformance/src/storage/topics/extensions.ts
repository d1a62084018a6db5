import type {
  AclAdministration,
  CorsAdministration,
  LifecycleAdministration,
  ObjectLockAdministration,
  QuotaAdministration,
  StorageClient,
  WebsiteAdministration,
} from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectFailure, expectRefusal, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';

export function extensionsTopic(run: StorageRun): void {
  run.behaviour('37 tags', (it) => {
    it('keeps tags given with the object', { needs: ['tags'] }, async (subject) => {
      const key = await subject.put('object', 'content', { tags: { team: 'blue', 'cost centre': '12 + 3' } });
      expect(await subject.client.getObjectTags(subject.bucket, key)).toEqual({ team: 'blue', 'cost centre': '12 + 3' });
    });
    it('replaces them all, and removes them', { needs: ['tags'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = await subject.put('object', 'content', { tags: { one: '1' } });
      await client.putObjectTags(bucket, key, { two: '2', 'three/3': '' });
      expect(await client.getObjectTags(bucket, key)).toEqual({ two: '2', 'three/3': '' });
      await client.putObjectTags(bucket, key, {});
      expect(await client.getObjectTags(bucket, key)).toEqual({});
      expect(await readText(client, bucket, key)).toBe('content');
    });
    it('keeps as many as the limit says, and refuses more', { needs: ['tags'] }, async (subject) => {
      const count = Math.min(subject.capabilities.limits.maxTags, 50);
      const tags = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`tag-${index}`, String(index)]));
      const key = await subject.put('object', 'content', { tags: tags(count) });
      expect(await subject.client.getObjectTags(subject.bucket, key)).toEqual(tags(count));
      if (count === subject.capabilities.limits.maxTags) await expectRefusal(subject.client.putObjectTags(subject.bucket, key, tags(count + 1)));
    });
    it('says that the object is missing', { needs: ['tags'] }, async (subject) => {
      await expectFailure(subject.client.getObjectTags(subject.bucket, subject.key()), 'not_found');
      await expectFailure(subject.client.putObjectTags(subject.bucket, subject.key(), { one: '1' }), 'not_found');
    });
  });

  run.behaviour('37 encryption with the caller’s key', (it) => {
    const key32 = (byte: number) => ({ key: new Uint8Array(32).fill(byte) });
    it('reads with the right key, and neither with another nor without', { needs: ['customerKeys'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = await subject.put('object', 'secret', { customerKey: key32(1) });
      expect(await readText(client, bucket, key, { customerKey: key32(1) })).toBe('secret');
      await expectFailure(client.getObject(bucket, key, { customerKey: key32(2) }), 'permission_denied', 'invalid_argument', 'precondition_failed');
      await expectFailure(client.getObject(bucket, key), 'permission_denied', 'invalid_argument', 'precondition_failed');
    });
  });

  run.behaviour('37 encryption at rest', (it) => {
    it('says how an object is encrypted', { needs: ['serverSideEncryption'] }, async (subject) => {
      const key = await subject.put('object', 'content', { serverSideEncryption: { algorithm: 'AES256' } });
      expect((await subject.client.getObjectMetadata(subject.bucket, key)).serverSideEncryption).toBe('AES256');
      expect(await readText(subject.client, subject.bucket, key)).toBe('content');
    });
  });

  run.behaviour('37 life-cycle rules', (it) => {
    it('keeps life-cycle rules', { needs: ['lifecycle', 'createBucket'] }, async (subject) => {
      const client = extended<LifecycleAdministration>(subject.client);
      const bucket = await subject.createBucket();
      expect(await client.getBucketLifecycle(bucket)).toEqual([]);
      await client.putBucketLifecycle(bucket, [{ id: 'old', enabled: true, prefix: 'logs/', expireAfterInDays: 30 }]);
      expect(await client.getBucketLifecycle(bucket)).toMatchObject([{ id: 'old', enabled: true, prefix: 'logs/', expireAfterInDays: 30 }]);
      await client.deleteBucketLifecycle(bucket);
      expect(await client.getBucketLifecycle(bucket)).toEqual([]);
    });
  });

  run.behaviour('37 cross-origin rules', (it) => {
    it('keeps cross-origin rules', { needs: ['cors', 'createBucket'] }, async (subject) => {
      const client = extended<CorsAdministration>(subject.client);
      const bucket = await subject.createBucket();
      expect(await client.getBucketCors(bucket)).toEqual([]);
      const rule = { allowedOrigins: ['https://app.example'], allowedMethods: ['GET', 'PUT'], allowedHeaders: ['*'], maxAgeInSeconds: 60 };
      await client.putBucketCors(bucket, [rule]);
      expect(await client.getBucketCors(bucket)).toMatchObject([rule]);
      await client.deleteBucketCors(bucket);
      expect(await client.getBucketCors(bucket)).toEqual([]);
    });
  });

  run.behaviour('37 websites', (it) => {
    it('keeps a website’s documents', { needs: ['website', 'createBucket'] }, async (subject) => {
      const client = extended<WebsiteAdministration>(subject.client);
      const bucket = await subject.createBucket();
      expect(await client.getBucketWebsite(bucket)).toBeUndefined();
      await client.putBucketWebsite(bucket, { indexDocument: 'index.html' });
      expect(await client.getBucketWebsite(bucket)).toMatchObject({ indexDocument: 'index.html' });
      await client.deleteBucketWebsite(bucket);
      expect(await client.getBucketWebsite(bucket)).toBeUndefined();
    });
  });

  run.behaviour('37 quotas', (it) => {
    it('keeps a quota', { needs: ['quotas', 'createBucket'] }, async (subject) => {
      const client = extended<QuotaAdministration>(subject.client);
      const bucket = await subject.createBucket();
      await client.putBucketQuota(bucket, { maxSizeInBytes: 1_000_000 });
      expect(await client.getBucketQuota(bucket)).toMatchObject({ maxSizeInBytes: 1_000_000 });
    });
  });

  run.behaviour('37 access-control lists', (it) => {
    it('tells who may do what', { needs: ['acl'] }, async (subject) => {
      const acl = await extended<AclAdministration>(subject.client).getObjectAcl(subject.bucket, await subject.put('object'));
      expect(acl.grants.length).toBeGreaterThan(0);
    });
  });

  run.behaviour('37 retention and legal hold', (it) => {
    it('knows of no retention or hold on an ordinary object', { needs: ['objectLock'] }, async (subject) => {
      const client = extended<ObjectLockAdministration>(subject.client);
      const key = await subject.put('object');
      expect(await client.getObjectRetention(subject.bucket, key)).toBeUndefined();
      expect(await client.getObjectLegalHold(subject.bucket, key)).toBe(false);
    });
  });

  run.behaviour('37 storage classes', (it) => {
    it('keeps the class an object is stored in', { needs: ['storageClass'] }, async (subject) => {
      const { storageClass } = subject;
      const key = await subject.put('object', 'content', { storageClass });
      const metadata = await subject.client.getObjectMetadata(subject.bucket, key);
      expect(metadata.storageClass ?? storageClass, 'a service may leave out its default class').toBe(storageClass);
    });
  });
}

/** A client that claims a capability implements the interface that goes with it. */
function extended<Extension>(client: StorageClient): Extension {
  return client as unknown as Extension;
}
