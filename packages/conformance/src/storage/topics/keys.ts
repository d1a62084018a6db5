import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectRefusal, readText } from '../../suite/assertions.ts';
import { DELICATE_KEYS, DOT_KEYS, ORDINARY_KEYS, TWIN_KEYS } from '../key-table.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

export function keysTopic(run: StorageRun): void {
  run.behaviour('1 keys', (it) => {
    for (const [description, key] of ORDINARY_KEYS) {
      it(`keeps a key with ${description}`, {}, (subject) => roundTrip(subject, subject.key(key)));
    }
    for (const [description, key] of DELICATE_KEYS) {
      it(`keeps or refuses a key with ${description}`, {}, (subject) => roundTripOrRefusal(subject, subject.key(key)));
    }
    for (const [description, key] of DOT_KEYS) {
      it(`keeps or refuses a key with ${description}`, {}, async (subject) => {
        const kept = await roundTripOrRefusal(subject, subject.key(key));
        expect(kept, 'kept, as facts.dotSegments says').toBe(subject.capabilities.facts.dotSegments);
      });
    }
    it('keeps or refuses a key with a leading slash', {}, (subject) => roundTripOrRefusal(subject, `/${subject.key()}`));
    for (const [description, one, other] of TWIN_KEYS) {
      it(`keeps apart ${description}`, {}, async (subject) => {
        await subject.put(one, 'one');
        await subject.put(other, 'other');
        expect(await readText(subject.client, subject.bucket, subject.key(one))).toBe('one');
        expect(await readText(subject.client, subject.bucket, subject.key(other))).toBe('other');
        expect((await subject.listKeys()).toSorted()).toEqual([subject.key(one), subject.key(other)].toSorted());
      });
    }
  });

  run.behaviour('2 key length', (it) => {
    it('keeps a key of one character', {}, (subject) => roundTrip(subject, '~'));
    it('keeps a key of the greatest length', {}, (subject) => roundTrip(subject, longKey(subject, 'x')));
    it('counts the length in bytes, not characters', {}, (subject) => roundTrip(subject, longKey(subject, 'é')));
    it('refuses one byte more', {}, (subject) => refused(subject, `${longKey(subject, 'x')}x`));
    it('refuses one multi-byte character more', {}, (subject) => refused(subject, `${longKey(subject, 'é')}é`));
    it('refuses an empty key', {}, (subject) => refused(subject, ''));
    it('refuses half a surrogate pair', {}, (subject) => refused(subject, subject.key('a\ud800b')));
    it('refuses what is no text', {}, (subject) => refused(subject, 7 as unknown as string));
    it('refuses an empty bucket name', {}, async ({ client }) => {
      await expectRefusal(client.getObjectMetadata('', 'key'));
      await expectRefusal(client.putObject('', 'key', 'content'));
    });
  });
}

/** Puts, reads, lists, copies and deletes under exactly this key. */
async function roundTrip(subject: StorageSubject, key: string): Promise<void> {
  const { client, bucket } = subject;
  const content = `content of ${JSON.stringify(key)}`;
  await client.putObject(bucket, key, content);
  subject.defer(() => client.deleteObject(bucket, key));
  expect((await client.getObjectMetadata(bucket, key)).key).toBe(key);
  expect(await readText(client, bucket, key)).toBe(content);
  expect(await client.objectExists(bucket, key)).toBe(true);
  expect(await subject.listKeys(key)).toEqual([key]);
  await client.copyObject({ bucket, key }, { bucket, key: subject.key('copy') });
  expect(await readText(client, bucket, subject.key('copy'))).toBe(content);
  await client.deleteObject(bucket, key);
  expect(await client.objectExists(bucket, key)).toBe(false);
  expect(await subject.listKeys(key)).toEqual([]);
}

/** The round trip, or a refusal that leaves nothing behind, by the client or by the service itself; says which it was. */
async function roundTripOrRefusal(subject: StorageSubject, key: string): Promise<boolean> {
  try {
    await roundTrip(subject, key);
    return true;
  } catch (error) {
    if (!CloudError.is(error, 'invalid_argument')) throw error;
    if (error.phase === 'arguments') await refused(subject, key);
    else expect(await subject.listKeys()).toEqual([]);
    return false;
  }
}

async function refused(subject: StorageSubject, key: string): Promise<void> {
  const { client, bucket } = subject;
  const source = await subject.put('source');
  await expectRefusal(client.putObject(bucket, key, 'content'));
  await expectRefusal(client.getObject(bucket, key));
  await expectRefusal(client.getObjectMetadata(bucket, key));
  await expectRefusal(client.deleteObject(bucket, key));
  await expectRefusal(client.copyObject({ bucket, key: source }, { bucket, key }));
  expect(await subject.listKeys()).toEqual([source]);
}

/** This case's prefix, filled up to the limit. */
function longKey(subject: StorageSubject, filling: string): string {
  const size = new TextEncoder().encode(filling).length;
  const room = subject.capabilities.limits.maxKeyBytes - subject.prefix.length;
  return subject.key('.'.repeat(room % size) + filling.repeat(Math.floor(room / size)));
}
