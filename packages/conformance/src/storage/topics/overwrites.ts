import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectBytes, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { createGate, silentSource } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

export function overwritesTopic(run: StorageRun): void {
  run.behaviour('7 overwriting', (it) => {
    it('replaces bytes and metadata alike', {}, async (subject) => {
      const { client, bucket } = subject;
      const key = await subject.put('object', 'a longer first content', { contentType: 'text/plain' });
      const first = await client.getObjectMetadata(bucket, key);
      await client.putObject(bucket, key, 'second');
      const second = await client.getObjectMetadata(bucket, key);
      expect(await readText(client, bucket, key)).toBe('second');
      expect(second).toMatchObject({ sizeInBytes: 6, contentType: 'application/octet-stream' });
      expect(second.etag).not.toBe(first.etag);
      expect(await subject.listKeys()).toEqual([key]);
    });
    it('shows readers the old or the new object, never a mix', { needs: ['strongConsistency'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = await subject.put('object', uniform(0));
      let writing = true;
      const writer = (async () => {
        for (let round = 1; round <= 20; round += 1) await client.putObject(bucket, key, uniform(round));
        writing = false;
      })();
      const reader = async () => {
        while (writing) await readUniform(subject, key);
      };
      await Promise.all([writer, reader(), reader()]);
      expectBytes(await readBytes(client, bucket, key), uniform(20));
    });
    it('keeps one of two racing objects, whole', { needs: ['strongConsistency'] }, async (subject) => {
      for (let round = 0; round < 5; round += 1) {
        const key = subject.key(`race-${round}`);
        await Promise.all([1, 2].map((value) => subject.client.putObject(subject.bucket, key, uniform(value))));
        await readUniform(subject, key);
        expect(await subject.listKeys(key)).toEqual([key]);
      }
    });
    it('lets the upload that ends last win, not the one that began last', { needs: ['multipart', 'strongConsistency'] }, async (subject) => {
      const { client, bucket } = subject;
      const gate = createGate();
      const slowBytes = subject.prng.bytes(2 * subject.partSizeInBytes);
      const slow = client.putObject(bucket, subject.key(), silentSource(slowBytes, gate.opened), { partSizeInBytes: subject.partSizeInBytes });
      await client.putObject(bucket, subject.key(), 'quick');
      expect(await readText(client, bucket, subject.key())).toBe('quick');
      gate.open();
      await slow;
      expectBytes(await readBytes(client, bucket, subject.key()), slowBytes);
    });
  });
}

/** An object whose length and every byte tell which round wrote it. */
function uniform(round: number): Uint8Array {
  return new Uint8Array(100_000 + round).fill(round);
}

/** Reads such an object; that it changed meanwhile may be said, but never passed over. */
async function readUniform({ client, bucket }: StorageSubject, key: string): Promise<void> {
  try {
    const bytes = await readBytes(client, bucket, key);
    expectBytes(bytes, uniform(bytes[0] ?? -1));
  } catch (error) {
    if (!CloudError.is(error, 'changed_during_read')) throw error;
  }
}
