import { expect } from 'vitest';
import { collect, expectFailure } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

export function missingTopic(run: StorageRun): void {
  run.behaviour('28 what is missing or forbidden', (it) => {
    it('says that a key is missing', {}, async (subject) => {
      const { client, bucket } = subject;
      const read = await expectFailure(client.getObject(bucket, subject.key()), 'not_found');
      expect(read).toMatchObject({ retryable: false, operation: 'getObject' });
      expect(read.provider).toBe(client.provider);
      expect(read.message).toContain(subject.key());
      await expectFailure(client.getObjectMetadata(bucket, subject.key()), 'not_found');
      expect(await client.objectExists(bucket, subject.key())).toBe(false);
    });
    it('does not take a prefix of a key for an object', {}, async (subject) => {
      await subject.put('folder/object');
      expect(await subject.client.objectExists(subject.bucket, subject.key('folder'))).toBe(false);
      expect(await subject.client.objectExists(subject.bucket, subject.key('folder/'))).toBe(false);
    });
    for (const [method, call] of MISSING_BUCKET_CALLS) {
      it(`${method} says that the bucket is missing, not the key`, {}, async (subject) => {
        await expectFailure(call(subject), 'bucket_not_found');
      });
    }
    it('says that a bucket does not exist, or does', {}, async ({ client, bucket, missingBucket }) => {
      expect(await client.bucketExists(bucket)).toBe(true);
      expect(await client.bucketExists(missingBucket)).toBe(false);
    });
    for (const answer of ['forbidden', 'unauthenticated'] as const) {
      it(`tells ${answer} from missing`, { needs: ['wire'] }, async (subject) => {
        const { client, proxy } = await subject.faulty();
        proxy.use({ fault: { kind: 'status', ...subject.wire.answers[answer] } });
        const code = answer === 'forbidden' ? 'permission_denied' : 'unauthenticated';
        await expectFailure(client.getObject(subject.bucket, subject.key()), code);
        await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()), code);
        await expectFailure(client.objectExists(subject.bucket, subject.key()), code);
        await expectFailure(collect(client.listObjects(subject.bucket)), code);
      });
    }
    it('tells a failing service from a missing key', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.internalError } });
      await expectFailure(client.objectExists(subject.bucket, subject.key()), 'unavailable');
      await expectFailure(client.bucketExists(subject.bucket), 'unavailable');
    });
    it('tells nothing secret in its errors', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.forbidden } });
      const error = await expectFailure(client.getObject(subject.bucket, subject.key()));
      const { authorization = 'none' } = proxy.requests[0]!.headers;
      expect(JSON.stringify(error)).not.toContain(authorization.slice(-32));
    });
  });

  run.behaviour('28 buckets', (it) => {
    it('creates a bucket once', { needs: ['createBucket'] }, async (subject) => {
      const bucket = await subject.createBucket();
      expect(await subject.client.bucketExists(bucket)).toBe(true);
      await expectFailure(subject.client.createBucket(bucket), 'already_exists');
    });
    it('lists the bucket among the others', { needs: ['createBucket', 'listBuckets'] }, async (subject) => {
      const bucket = await subject.createBucket();
      const names = (await collect(subject.client.listBuckets())).map(({ name }) => name);
      expect(names).toContain(bucket);
      expect(names).toContain(subject.bucket);
    });
    it('lists the bucket that is there', { needs: ['listBuckets'] }, async ({ client, bucket }) => {
      expect((await collect(client.listBuckets())).map(({ name }) => name)).toContain(bucket);
    });
    it('keeps a bucket that holds something, and deletes it by force', { needs: ['createBucket', 'deleteBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await subject.createBucket();
      await client.putObject(bucket, 'object', 'content');
      await expectFailure(client.deleteBucket(bucket), 'conflict');
      expect(await client.objectExists(bucket, 'object')).toBe(true);
      await client.deleteBucket(bucket, { force: true });
      expect(await client.bucketExists(bucket)).toBe(false);
    });
    it('deletes a bucket that is gone already without failing', { needs: ['deleteBucket'] }, async ({ client, missingBucket }) => {
      await client.deleteBucket(missingBucket);
    });
  });
}

const MISSING_BUCKET_CALLS: readonly (readonly [method: string, call: (subject: StorageSubject) => Promise<unknown>])[] = [
  ['putObject', ({ client, missingBucket }) => client.putObject(missingBucket, 'key', 'content')],
  ['getObject', ({ client, missingBucket }) => client.getObject(missingBucket, 'key')],
  ['getObjectMetadata', ({ client, missingBucket }) => client.getObjectMetadata(missingBucket, 'key')],
  ['objectExists', ({ client, missingBucket }) => client.objectExists(missingBucket, 'key')],
  ['listObjects', ({ client, missingBucket }) => collect(client.listObjects(missingBucket))],
  ['deleteObject', ({ client, missingBucket }) => client.deleteObject(missingBucket, 'key')],
  ['copyObject', async (subject) => subject.client.copyObject({ bucket: subject.bucket, key: await subject.put('source') }, { bucket: subject.missingBucket, key: 'key' })],
];
