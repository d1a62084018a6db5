import { expect } from 'vitest';
import { collect, expectFailure, expectBytes, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

export function versionsTopic(run: StorageRun): void {
  run.behaviour('36 versions', (it) => {
    it('is off until it is enabled, and can be suspended', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await subject.createBucket();
      expect(await client.getBucketVersioning(bucket)).toBe('off');
      await client.setBucketVersioning(bucket, 'enabled');
      expect(await client.getBucketVersioning(bucket)).toBe('enabled');
      await client.setBucketVersioning(bucket, 'suspended');
      expect(await client.getBucketVersioning(bucket)).toBe('suspended');
    });
    it('keeps what was overwritten, newest first', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const first = await client.putObject(bucket, 'object', 'first');
      const second = await client.putObject(bucket, 'object', 'second!');
      await client.putObject(bucket, 'other', 'x');
      expect(first.versionId).toBeDefined();
      expect(first.versionId).not.toBe(second.versionId);
      expect(await collect(client.listObjectVersions(bucket))).toMatchObject([
        { key: 'object', versionId: second.versionId, isLatest: true, isDeleteMarker: false, sizeInBytes: 7 },
        { key: 'object', versionId: first.versionId, isLatest: false, isDeleteMarker: false, sizeInBytes: 5 },
        { key: 'other', isLatest: true },
      ]);
      expect(await readText(client, bucket, 'object')).toBe('second!');
      expect(await readText(client, bucket, 'object', { versionId: first.versionId })).toBe('first');
      expect((await client.getObjectMetadata(bucket, 'object', { versionId: first.versionId })).sizeInBytes).toBe(5);
    });
    it('hides a deleted object behind a marker, and brings it back without', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const { versionId } = await client.putObject(bucket, 'object', 'content');
      const marker = await client.deleteObject(bucket, 'object');
      expect(marker.isDeleteMarker).toBe(true);
      await expectFailure(client.getObject(bucket, 'object'), 'not_found');
      expect(await collect(client.listObjects(bucket))).toEqual([]);
      expect(await readText(client, bucket, 'object', { versionId })).toBe('content');
      expect(await collect(client.listObjectVersions(bucket))).toMatchObject([{ isLatest: true, isDeleteMarker: true }, { versionId, isLatest: false }]);
      await client.deleteObject(bucket, 'object', { versionId: marker.versionId });
      expect(await readText(client, bucket, 'object')).toBe('content');
    });
    it('deletes one version for good', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const first = await client.putObject(bucket, 'object', 'first');
      const second = await client.putObject(bucket, 'object', 'second');
      await client.deleteObject(bucket, 'object', { versionId: second.versionId });
      expect(await readText(client, bucket, 'object')).toBe('first');
      await client.deleteObjects(bucket, [{ key: 'object', versionId: first.versionId }]);
      expect(await collect(client.listObjectVersions(bucket))).toEqual([]);
    });
    it('restores an old version by copying it', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const { versionId } = await client.putObject(bucket, 'object', 'first');
      await client.putObject(bucket, 'object', 'second');
      await client.copyObject({ bucket, key: 'object', versionId }, { bucket, key: 'object' });
      expect(await readText(client, bucket, 'object')).toBe('first');
      expect(await collect(client.listObjectVersions(bucket))).toHaveLength(3);
    });
    it('keeps the versions made so far when it is suspended', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const { versionId } = await client.putObject(bucket, 'object', 'kept');
      await client.setBucketVersioning(bucket, 'suspended');
      await client.putObject(bucket, 'object', 'second');
      await client.putObject(bucket, 'object', 'third');
      expect(await collect(client.listObjectVersions(bucket))).toHaveLength(2);
      expect(await readText(client, bucket, 'object')).toBe('third');
      expect(await readText(client, bucket, 'object', { versionId })).toBe('kept');
    });
    it('makes one version of an upload in parts', { needs: ['versions', 'createBucket', 'multipart'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const bytes = subject.prng.bytes(2 * subject.partSizeInBytes);
      const { versionId } = await client.putObject(bucket, 'object', chunked(bytes, 9000), { partSizeInBytes: subject.partSizeInBytes });
      await client.putObject(bucket, 'object', 'second');
      expect(await collect(client.listObjectVersions(bucket))).toHaveLength(2);
      expectBytes(await readBytes(client, bucket, 'object', { versionId }), bytes);
    });
    it('lists versions by prefix and page, each once', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      for (const round of ['1', '2']) for (const key of ['a/x', 'a/y', 'b']) await client.putObject(bucket, key, round);
      const pages = await collect(client.listObjectVersions(bucket, { prefix: 'a/' }).byPage({ maxPageSize: 1 }));
      expect(pages.flatMap(({ items }) => items.map(({ key, isLatest }) => [key, isLatest]))).toEqual([
        ['a/x', true],
        ['a/x', false],
        ['a/y', true],
        ['a/y', false],
      ]);
    });
    it('says that a version is missing', { needs: ['versions', 'createBucket'] }, async (subject) => {
      const { client } = subject;
      const bucket = await versionedBucket(subject);
      const { versionId } = await client.putObject(bucket, 'object', 'content');
      await client.deleteObject(bucket, 'object', { versionId });
      await expectFailure(client.getObject(bucket, 'object', { versionId }), 'not_found');
    });
  });
}

async function versionedBucket(subject: StorageSubject): Promise<string> {
  const bucket = await subject.createBucket();
  await subject.client.setBucketVersioning(bucket, 'enabled');
  return bucket;
}
