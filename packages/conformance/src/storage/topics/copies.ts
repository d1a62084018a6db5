import { expect } from 'vitest';
import { collect, eventually, expectBytes, expectFailure, readBytes, readText } from '../../suite/assertions.ts';
import { DELICATE_KEYS, ORDINARY_KEYS } from '../key-table.ts';
import type { StorageRun } from '../run.ts';

export function copiesTopic(run: StorageRun): void {
  run.behaviour('3 copies of keys that need encoding', (it) => {
    for (const [description, name] of ORDINARY_KEYS) {
      it(`copies from and to a key with ${description}`, { needs: ['serverSideCopy'] }, async (subject) => {
        const { client, bucket } = subject;
        await client.copyObject({ bucket, key: await subject.put(name, name) }, { bucket, key: subject.key(`copy of ${name}`) });
        expect(await readText(client, bucket, subject.key(`copy of ${name}`))).toBe(name);
        expect(await subject.listKeys()).toHaveLength(2);
      });
    }
    it('copies parts of keys that need encoding', { needs: ['partCopy', 'multipart'] }, async (subject) => {
      const { client, bucket, partSizeInBytes } = subject;
      const bytes = subject.prng.bytes(2 * partSizeInBytes);
      for (const name of ['anyfilename%25.txt', 'a+ +b', 'a?b#c', '漢字 😀']) {
        const source = { bucket, key: await subject.put(name, bytes) };
        const target = { bucket, key: subject.key(`copy of ${name}`) };
        const { uploadId } = await client.createMultipartUpload(bucket, target.key);
        const first = await client.copyPart(source, target, uploadId, 1, { range: { start: 0, end: partSizeInBytes - 1 } });
        const second = await client.copyPart(source, target, uploadId, 2, { range: { start: partSizeInBytes, end: 2 * partSizeInBytes - 1 } });
        await client.completeMultipartUpload(bucket, target.key, uploadId, [first, second]);
        expectBytes(await readBytes(client, bucket, target.key), bytes);
      }
    });
  });

  run.behaviour('35 copying', (it) => {
    it('copies bytes, type and size', {}, async (subject) => {
      const { client, bucket } = subject;
      const bytes = subject.prng.bytes(300_000);
      const source = { bucket, key: await subject.put('source', bytes, { contentType: 'text/plain' }) };
      const result = await client.copyObject(source, { bucket, key: subject.key('copy') });
      expect(result.sizeInBytes).toBe(bytes.length);
      const metadata = await client.getObjectMetadata(bucket, subject.key('copy'));
      expect(metadata).toMatchObject({ sizeInBytes: bytes.length, contentType: 'text/plain', etag: result.etag });
      expectBytes(await readBytes(client, bucket, subject.key('copy')), bytes);
    });
    it('copies nothing', {}, async (subject) => {
      const { client, bucket } = subject;
      await client.copyObject({ bucket, key: await subject.put('source', '') }, { bucket, key: subject.key('copy') });
      expect(await client.getObjectMetadata(bucket, subject.key('copy'))).toMatchObject({ sizeInBytes: 0 });
    });
    it('copies several parts', { needs: ['serverSideCopy'] }, async (subject) => {
      const { client, bucket } = subject;
      const bytes = subject.prng.bytes(3 * subject.partSizeInBytes + 1);
      await client.copyObject({ bucket, key: await subject.put('source', bytes) }, { bucket, key: subject.key('copy') });
      expectBytes(await readBytes(client, bucket, subject.key('copy')), bytes);
    });
    it('makes a copy, not an alias', { needs: ['metadata'] }, async (subject) => {
      const { client, bucket } = subject;
      const source = { bucket, key: await subject.put('source', 'first', { metadata: { round: '1' } }) };
      await client.copyObject(source, { bucket, key: subject.key('copy') });
      await subject.put('source', 'second', { metadata: { round: '2' } });
      await client.deleteObject(bucket, source.key);
      expect(await readText(client, bucket, subject.key('copy'))).toBe('first');
      expect((await client.getObjectMetadata(bucket, subject.key('copy'))).metadata).toEqual({ round: '1' });
    });
    it('replaces what is at the target', {}, async (subject) => {
      const { client, bucket } = subject;
      const target = { bucket, key: await subject.put('target', 'old', { contentType: 'text/csv' }) };
      await client.copyObject({ bucket, key: await subject.put('source', 'new', { contentType: 'text/plain' }) }, target);
      expect(await readText(client, bucket, target.key)).toBe('new');
      expect((await client.getObjectMetadata(bucket, target.key)).contentType).toBe('text/plain');
    });
    it('copies an object to itself with other metadata', { needs: ['metadata'] }, async (subject) => {
      const { client, bucket } = subject;
      const object = { bucket, key: await subject.put('object', 'content', { metadata: { round: '1' } }) };
      await client.copyObject(object, object, { metadata: { round: '2' } });
      expect(await readText(client, bucket, object.key)).toBe('content');
      expect((await client.getObjectMetadata(bucket, object.key)).metadata).toEqual({ round: '2' });
    });
    it('copies into another bucket', { needs: ['createBucket', 'deleteBucket'] }, async (subject) => {
      const { client, bucket } = subject;
      const other = await subject.createBucket();
      for (const [, name] of [...ORDINARY_KEYS.slice(0, 8), ...DELICATE_KEYS.slice(0, 2)]) {
        const key = subject.key(name);
        if (!(await client.putObject(bucket, key, name).then(() => true, () => false))) continue;
        await client.copyObject({ bucket, key }, { bucket: other, key });
        expect(await readText(client, other, key)).toBe(name);
      }
      expect((await collect(client.listObjects(other))).length).toBeGreaterThanOrEqual(8);
    });
    it('says that the source is missing, and leaves the target', {}, async (subject) => {
      const { client, bucket } = subject;
      const target = { bucket, key: await subject.put('target', 'old') };
      await expectFailure(client.copyObject({ bucket, key: subject.key('missing') }, target), 'not_found');
      expect(await readText(client, bucket, target.key)).toBe('old');
    });
    it('says that the source’s bucket is missing', {}, async (subject) => {
      const target = { bucket: subject.bucket, key: subject.key() };
      await expectFailure(subject.client.copyObject({ bucket: subject.missingBucket, key: 'key' }, target), 'bucket_not_found');
      expect(await subject.listKeys()).toEqual([]);
    });
    it('creates only, when asked', { needs: ['createOnlyPut'] }, async (subject) => {
      const { client, bucket } = subject;
      const source = { bucket, key: await subject.put('source', 'new') };
      await client.copyObject(source, { bucket, key: subject.key('free') }, { ifNoneMatch: '*' });
      const taken = { bucket, key: await subject.put('taken', 'old') };
      await expectFailure(client.copyObject(source, taken, { ifNoneMatch: '*' }), 'precondition_failed');
      expect(await readText(client, bucket, taken.key)).toBe('old');
    });
    it('copies in parts what is too large for one request', { needs: ['partCopy', 'smallCopies'] }, async (subject) => {
      const { client, bucket } = subject;
      const bytes = subject.prng.bytes(subject.capabilities.limits.maxSingleCopyBytes + 1);
      const source = { bucket, key: await subject.put('source', bytes, { contentType: 'text/plain' }) };
      await client.copyObject(source, { bucket, key: subject.key('copy') });
      expectBytes(await readBytes(client, bucket, subject.key('copy')), bytes);
      expect((await client.getObjectMetadata(bucket, subject.key('copy'))).contentType).toBe('text/plain');
    });
    it('notices that the source changes while it is copied in parts', { needs: ['wire', 'partCopy', 'smallCopies', 'wire:copyPart'] }, async (subject) => {
      const { bucket } = subject;
      const source = { bucket, key: await subject.put('source', subject.prng.bytes(subject.capabilities.limits.maxSingleCopyBytes + 1)) };
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('copyPart', { kind: 'stall-headers', durationInMs: 1000 }));
      const copy = expectFailure(client.copyObject(source, { bucket, key: subject.key('copy') }), 'changed_during_read');
      await eventually(() => proxy.requests.some(({ path }) => subject.wire.requests.copyPart!.path.test(path))).toBe(true);
      await subject.put('source', subject.prng.bytes(subject.capabilities.limits.maxSingleCopyBytes + 1));
      await copy;
      expect(await subject.listKeys()).toEqual([source.key]);
      expect(await subject.listUploads()).toEqual([]);
    });
  });
}
