import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectBytes, expectFailure, expectRefusal, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

export function conditionsTopic(run: StorageRun): void {
  run.behaviour('8 create-only put', (it) => {
    it('creates what is absent', { needs: ['createOnlyPut'] }, async (subject) => {
      await subject.put('object', 'first', { ifNoneMatch: '*' });
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('first');
    });
    it('refuses to replace, and keeps what is there', { needs: ['createOnlyPut'] }, async (subject) => {
      await subject.put('object', 'first');
      await expectFailure(subject.put('object', 'second', { ifNoneMatch: '*' }), 'precondition_failed');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('first');
    });
    it('lets exactly one of eight racing creators win', { needs: ['createOnlyPut'] }, async (subject) => {
      const bodies = Array.from({ length: 8 }, (_, index) => `creator ${index}`);
      const outcomes = await Promise.allSettled(bodies.map((body) => subject.put('object', body, { ifNoneMatch: '*' })));
      await expectOneWinner(subject, outcomes, bodies);
    });
    it('refuses to replace by an upload in parts too', { needs: ['createOnlyPut', 'multipart', 'conditionalMultipart'] }, async (subject) => {
      await subject.put('object', 'first');
      await expectFailure(putInParts(subject, 2, { ifNoneMatch: '*' }), 'precondition_failed');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('first');
      expect(await subject.listUploads()).toEqual([]);
    });
    it('refuses to replace what appeared while the parts were sent', { needs: ['multipart', 'conditionalMultipart'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = subject.key();
      const { uploadId } = await client.createMultipartUpload(bucket, key);
      const part = await client.uploadPart(bucket, key, uploadId, 1, new Uint8Array(10));
      await subject.put('object', 'meanwhile');
      await expectFailure(client.completeMultipartUpload(bucket, key, uploadId, [part], { ifNoneMatch: '*' }), 'precondition_failed');
      expect(await readText(client, bucket, key)).toBe('meanwhile');
    });
    it('creates by an upload in parts', { needs: ['createOnlyPut', 'multipart', 'conditionalMultipart'] }, async (subject) => {
      const bytes = await putInParts(subject, 3, { ifNoneMatch: '*' });
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
    });
    it('refuses any other ifNoneMatch for a put', { needs: ['createOnlyPut'] }, async (subject) => {
      await expectRefusal(subject.put('object', 'content', { ifNoneMatch: 'an-etag' as '*' }));
    });
  });

  run.behaviour('9 writes on condition', (it) => {
    it('replaces the state that is named', { needs: ['conditionalPut'] }, async (subject) => {
      const etag = await putAndGetEtag(subject, 'first');
      await subject.put('object', 'second', { ifMatch: etag });
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('second');
    });
    it('refuses to replace a newer state', { needs: ['conditionalPut'] }, async (subject) => {
      const stale = await putAndGetEtag(subject, 'first');
      await subject.put('object', 'second');
      await expectFailure(subject.put('object', 'third', { ifMatch: stale }), 'precondition_failed');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('second');
    });
    it('refuses to replace what is not there', { needs: ['conditionalPut'] }, async (subject) => {
      const etag = await putAndGetEtag(subject, 'first');
      await subject.client.deleteObject(subject.bucket, subject.key());
      await expectFailure(subject.put('object', 'second', { ifMatch: etag }), 'precondition_failed', 'not_found');
      expect(await subject.listKeys()).toEqual([]);
    });
    it('lets exactly one of eight racing editors win', { needs: ['conditionalPut'] }, async (subject) => {
      const etag = await putAndGetEtag(subject, 'first');
      const bodies = Array.from({ length: 8 }, (_, index) => `editor ${index}`);
      const outcomes = await Promise.allSettled(bodies.map((body) => subject.put('object', body, { ifMatch: etag })));
      await expectOneWinner(subject, outcomes, bodies);
    });
    it('refuses a newer state by an upload in parts too', { needs: ['conditionalPut', 'multipart', 'conditionalMultipart'] }, async (subject) => {
      const stale = await putAndGetEtag(subject, 'first');
      await subject.put('object', 'second');
      await expectFailure(putInParts(subject, 2, { ifMatch: stale }), 'precondition_failed');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('second');
    });
    it('deletes the state that is named, and no newer one', { needs: ['conditionalDelete'] }, async (subject) => {
      const { client, bucket } = subject;
      const stale = await putAndGetEtag(subject, 'first');
      const current = await putAndGetEtag(subject, 'second');
      await expectFailure(client.deleteObject(bucket, subject.key(), { ifMatch: stale }), 'precondition_failed');
      expect(await client.objectExists(bucket, subject.key())).toBe(true);
      await client.deleteObject(bucket, subject.key(), { ifMatch: current });
      expect(await client.objectExists(bucket, subject.key())).toBe(false);
    });
    it('copies the state that is named, and no newer one', { needs: ['conditionalCopy'] }, async (subject) => {
      const { client, bucket } = subject;
      const source = { bucket, key: subject.key() };
      const target = { bucket, key: subject.key('copy') };
      const stale = await putAndGetEtag(subject, 'first');
      const current = await putAndGetEtag(subject, 'second');
      await expectFailure(client.copyObject(source, target, { sourceIfMatch: stale }), 'precondition_failed');
      expect(await client.objectExists(bucket, target.key)).toBe(false);
      await client.copyObject(source, target, { sourceIfMatch: current });
      expect(await readText(client, bucket, target.key)).toBe('second');
    });
  });

  run.behaviour('10 reads on condition', (it) => {
    const reads = [
      ['getObject', (subject: StorageSubject, options: object) => subject.client.getObject(subject.bucket, subject.key(), options)],
      ['getObjectMetadata', (subject: StorageSubject, options: object) => subject.client.getObjectMetadata(subject.bucket, subject.key(), options)],
    ] as const;
    for (const [method, read] of reads) {
      it(`${method} answers for the ETag it was asked for, and no other`, { needs: ['conditionalGet'] }, async (subject) => {
        const stale = await putAndGetEtag(subject, 'first');
        const current = await putAndGetEtag(subject, 'second');
        await release(await read(subject, { ifMatch: current }));
        await expectFailure(read(subject, { ifMatch: stale }), 'precondition_failed');
        await release(await read(subject, { ifNoneMatch: stale }));
        const error = await expectFailure(read(subject, { ifNoneMatch: current }), 'not_modified');
        expect(error.retryable).toBe(false);
      });
      it(`${method} compares dates to the second`, { needs: ['modifiedConditions'] }, async (subject) => {
        await subject.put('object');
        const { lastModified } = await subject.client.getObjectMetadata(subject.bucket, subject.key());
        const [before, at, after] = [-10_000, 0, 10_000].map((shift) => new Date(Math.floor((lastModified.getTime() + shift) / 1000) * 1000));
        await release(await read(subject, { ifModifiedSince: before }));
        await expectFailure(read(subject, { ifModifiedSince: at }), 'not_modified');
        await expectFailure(read(subject, { ifUnmodifiedSince: before }), 'precondition_failed');
        await release(await read(subject, { ifUnmodifiedSince: at }));
        await release(await read(subject, { ifUnmodifiedSince: after }));
      });
    }
    it('says that a missing object is missing, whatever the condition', { needs: ['conditionalGet'] }, async (subject) => {
      await expectFailure(subject.client.getObject(subject.bucket, subject.key(), { ifNoneMatch: 'abc' }), 'not_found');
    });
  });
}

async function putAndGetEtag(subject: StorageSubject, body: string): Promise<string> {
  return (await subject.client.putObject(subject.bucket, subject.key(), body)).etag;
}

async function putInParts(subject: StorageSubject, parts: number, condition: { ifMatch?: string; ifNoneMatch?: '*' }): Promise<Uint8Array> {
  const bytes = subject.prng.bytes(parts * subject.partSizeInBytes);
  await subject.client.putObject(subject.bucket, subject.key(), chunked(bytes, 9000), { partSizeInBytes: subject.partSizeInBytes, ...condition });
  return bytes;
}

/** One succeeded, the others were told why not, and the winner's bytes are the object. */
async function expectOneWinner(subject: StorageSubject, outcomes: readonly PromiseSettledResult<unknown>[], bodies: readonly string[]): Promise<void> {
  const winners = bodies.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(CloudError.is(outcome.reason, 'precondition_failed') || CloudError.is(outcome.reason, 'conflict'), String(outcome.reason)).toBe(true);
  }
  expect([await readText(subject.client, subject.bucket, subject.key())]).toEqual(winners);
}

async function release(answer: object): Promise<void> {
  if ('discard' in answer) await (answer as { discard(): Promise<void> }).discard();
}
