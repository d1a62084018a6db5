import type { UploadedPart } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect, expectBytes, expectFailure, expectRefusal, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

export function multipartTopic(run: StorageRun): void {
  run.behaviour('18 multipart uploads', (it) => {
    it('joins parts in the order of their numbers, not of their arrival', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      const third = await upload.send(3, upload.bytes(2));
      const first = await upload.send(1, upload.bytes(0));
      const second = await upload.send(2, upload.bytes(1));
      await upload.complete([first, second, third]);
      expectBytes(await readBytes(subject.client, subject.bucket, upload.key), upload.joined(3));
    });
    it('joins parts given in any order rightly, or refuses', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      const parts = [await upload.send(1, upload.bytes(0)), await upload.send(2, upload.bytes(1))];
      const failed = await upload.complete(parts.toReversed()).then(() => false, () => true);
      if (failed) await upload.complete(parts);
      expectBytes(await readBytes(subject.client, subject.bucket, upload.key), upload.joined(2));
    });
    it('keeps the latest of a part sent twice', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      await upload.send(1, upload.bytes(7));
      const again = await upload.send(1, upload.bytes(0));
      const second = await upload.send(2, upload.bytes(1));
      await upload.complete([again, second]);
      expectBytes(await readBytes(subject.client, subject.bucket, upload.key), upload.joined(2));
    });
    it('leaves out a part that is not named at the end', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      const first = await upload.send(1, upload.bytes(0));
      await upload.send(2, upload.bytes(5));
      const third = await upload.send(7, upload.bytes(1));
      await upload.complete([first, third]);
      expectBytes(await readBytes(subject.client, subject.bucket, upload.key), upload.joined(2));
    });
    it('shows nothing until it is complete, and keeps content type and metadata', { needs: ['multipart', 'metadata'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = subject.key();
      const { uploadId } = await client.createMultipartUpload(bucket, key, { contentType: 'text/plain', metadata: { origin: 'parts' } });
      const part = await client.uploadPart(bucket, key, uploadId, 1, new TextEncoder().encode('content'));
      expect(part).toMatchObject({ partNumber: 1, sizeInBytes: 7 });
      expect(await client.objectExists(bucket, key)).toBe(false);
      expect(await subject.listKeys()).toEqual([]);
      const result = await client.completeMultipartUpload(bucket, key, uploadId, [part]);
      const metadata = await client.getObjectMetadata(bucket, key);
      expect(metadata).toMatchObject({ sizeInBytes: 7, contentType: 'text/plain', metadata: { origin: 'parts' }, etag: result.etag });
    });
    it('lists parts and unfinished uploads', { needs: ['multipart'] }, async (subject) => {
      const { client, bucket } = subject;
      const upload = await begin(subject);
      const sent = [await upload.send(1, upload.bytes(0)), await upload.send(2, upload.bytes(1))];
      const listed = await collect(client.listParts(bucket, upload.key, upload.uploadId));
      expect(listed.map(({ partNumber, etag, sizeInBytes }) => ({ partNumber, etag, sizeInBytes }))).toEqual(
        sent.map(({ partNumber, etag }) => ({ partNumber, etag, sizeInBytes: subject.partSizeInBytes })),
      );
      expect(await subject.listUploads()).toMatchObject([{ key: upload.key, uploadId: upload.uploadId }]);
    });
    it('refuses a missing part and a wrong ETag, and goes on afterwards', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      const part = await upload.send(1, upload.bytes(0));
      await expectFailure(upload.complete([part, { ...part, partNumber: 2 }]));
      await expectFailure(upload.complete([{ ...part, etag: '0'.repeat(32) }]));
      expect(await subject.listKeys()).toEqual([]);
      await upload.complete([part]);
      expectBytes(await readBytes(subject.client, subject.bucket, upload.key), upload.joined(1));
    });
    it('refuses an end without parts', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      await expectFailure(upload.complete([]), 'invalid_argument');
      expect(await subject.listKeys()).toEqual([]);
    });
    it('refuses part numbers out of bounds before any request', { needs: ['multipart'] }, async (subject) => {
      const upload = await begin(subject);
      for (const number of [0, -1, 1.5, Number.NaN, subject.capabilities.limits.maxParts + 1]) await expectRefusal(upload.send(number, upload.bytes(0)));
    });
    it('refuses a part below the minimum that is not the last', { needs: ['multipart', 'partMinimum'] }, async (subject) => {
      const upload = await begin(subject);
      const parts = [await upload.send(1, new Uint8Array(subject.capabilities.limits.minPartBytes - 1)), await upload.send(2, upload.bytes(1))];
      await expectFailure(upload.complete(parts), 'invalid_argument');
    });
    it('puts more parts together than one page lists, up to the greatest number', { needs: ['multipart', 'tinyParts'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = subject.key();
      const { uploadId } = await client.createMultipartUpload(bucket, key);
      const numbers = [...Array.from({ length: 1000 }, (_, index) => index + 1), subject.capabilities.limits.maxParts];
      const parts: UploadedPart[] = [];
      for (const number of numbers) parts.push(await client.uploadPart(bucket, key, uploadId, number, Uint8Array.of(number % 251)));
      const listed = await collect(client.listParts(bucket, key, uploadId));
      expect(listed.map(({ partNumber }) => partNumber)).toEqual(numbers);
      await client.completeMultipartUpload(bucket, key, uploadId, parts);
      expectBytes(await readBytes(client, bucket, key), Uint8Array.from(numbers, (number) => number % 251));
    });
  });

  run.behaviour('20 uploads taken up again', (it) => {
    it('finds the parts that arrived, sends the missing one, and completes', { needs: ['multipart'] }, async (subject) => {
      const { client, bucket } = subject;
      const lost = await begin(subject);
      await lost.send(1, lost.bytes(0));
      await lost.send(3, lost.bytes(2));
      const [found] = await subject.listUploads();
      expect(found).toBeDefined();
      const arrived = await collect(client.listParts(bucket, found!.key, found!.uploadId));
      expect(arrived.map(({ partNumber }) => partNumber)).toEqual([1, 3]);
      const missing = await client.uploadPart(bucket, found!.key, found!.uploadId, 2, lost.bytes(1));
      const parts = [...arrived, missing].toSorted((left, right) => left.partNumber - right.partNumber);
      await client.completeMultipartUpload(bucket, found!.key, found!.uploadId, parts);
      expectBytes(await readBytes(client, bucket, found!.key), lost.joined(3));
      expect(await subject.listUploads()).toEqual([]);
    });
    it('says that an aborted upload is gone', { needs: ['multipart'] }, async (subject) => {
      const { client, bucket } = subject;
      const upload = await begin(subject);
      const part = await upload.send(1, upload.bytes(0));
      await client.abortMultipartUpload(bucket, upload.key, upload.uploadId);
      await expectFailure(upload.send(2, upload.bytes(1)), 'not_found');
      await expectFailure(upload.complete([part]), 'not_found');
      await client.abortMultipartUpload(bucket, upload.key, upload.uploadId);
      expect(await subject.listUploads()).toEqual([]);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('does not touch the object that is there until it is complete', { needs: ['multipart'] }, async (subject) => {
      const key = await subject.put('object', 'old');
      const upload = await begin(subject);
      await upload.send(1, upload.bytes(0));
      await subject.client.abortMultipartUpload(subject.bucket, key, upload.uploadId);
      expect(await readText(subject.client, subject.bucket, key)).toBe('old');
    });
  });
}

/** An upload whose every part is one part size of a byte of its own. */
async function begin(subject: StorageSubject) {
  const { client, bucket, partSizeInBytes } = subject;
  const key = subject.key();
  const { uploadId } = await client.createMultipartUpload(bucket, key);
  const bytes = (value: number) => new Uint8Array(partSizeInBytes).fill(value);
  return {
    key,
    uploadId,
    bytes,
    joined: (count: number) => new Uint8Array(count * partSizeInBytes).map((_, index) => Math.floor(index / partSizeInBytes)),
    send: (partNumber: number, body: Uint8Array) => client.uploadPart(bucket, key, uploadId, partNumber, body),
    complete: (parts: readonly UploadedPart[]) => client.completeMultipartUpload(bucket, key, uploadId, parts),
  };
}
