import { expect } from 'vitest';
import { expectRefusal } from '../../suite/assertions.ts';
import { ORDINARY_KEYS } from '../key-table.ts';
import type { StorageRun } from '../run.ts';

export function deletesTopic(run: StorageRun): void {
  run.behaviour('29 deleting', (it) => {
    it('deletes an object', {}, async (subject) => {
      const key = await subject.put('object');
      await subject.client.deleteObject(subject.bucket, key);
      expect(await subject.client.objectExists(subject.bucket, key)).toBe(false);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('deletes an absent object without failing, as often as asked', {}, async (subject) => {
      await subject.client.deleteObject(subject.bucket, subject.key());
      await subject.client.deleteObject(subject.bucket, subject.key());
    });
    it('deletes nothing but the key', {}, async (subject) => {
      const others = [await subject.put('a/b'), await subject.put('a/c/d'), await subject.put('b2')];
      await subject.client.deleteObject(subject.bucket, await subject.put('b'));
      for (const name of ['a', 'a/', 'a/c']) await subject.client.deleteObject(subject.bucket, subject.key(name));
      expect((await subject.listKeys()).toSorted()).toEqual(others.toSorted());
    });
    it('deletes an object, not those inside its name', {}, async (subject) => {
      const others = [await subject.put('a/b'), await subject.put('a/b/c')];
      await subject.client.deleteObject(subject.bucket, await subject.put('a'));
      expect(await subject.listKeys()).toEqual(others);
    });
    it('deletes no key of none', {}, async (subject) => {
      await subject.put('object');
      expect(await subject.client.deleteObjects(subject.bucket, [])).toEqual([]);
      expect(await subject.listKeys()).toHaveLength(1);
    });
    it('deletes one key of one', { needs: ['batchDelete'] }, async (subject) => {
      const key = await subject.put('object');
      expect(await subject.client.deleteObjects(subject.bucket, [key])).toMatchObject([{ key, deleted: true }]);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('answers in the order of the keys, present or absent, odd or plain', {}, async (subject) => {
      const keys = ORDINARY_KEYS.map(([, key]) => subject.key(key));
      for (const [index, [, key]] of ORDINARY_KEYS.entries()) if (index % 2 === 0) await subject.put(key);
      const kept = await subject.put('kept');
      const results = await subject.client.deleteObjects(subject.bucket, keys);
      expect(results.map(({ key, deleted }) => [key, deleted])).toEqual(keys.map((key) => [key, true]));
      expect(await subject.listKeys()).toEqual([kept]);
    });
    for (const extra of [0, 1]) {
      it(`deletes ${extra === 0 ? 'as many keys as go in one request' : 'one key more than that'}`, {}, async (subject) => {
        const count = Math.min(Math.max(subject.capabilities.limits.maxBatchDelete, 10), 1000) + extra;
        const keys = Array.from({ length: count }, (_, index) => subject.key(`absent-${index}`));
        keys[0] = await subject.put('first');
        keys[count - 1] = await subject.put('last');
        const results = await subject.client.deleteObjects(subject.bucket, keys);
        expect(results.map(({ key }) => key)).toEqual(keys);
        expect(results.every(({ deleted }) => deleted)).toBe(true);
        expect(await subject.listKeys()).toEqual([]);
      });
    }
    it('takes keys from a generator', {}, async (subject) => {
      const keys = [await subject.put('a'), await subject.put('b')];
      const results = await subject.client.deleteObjects(
        subject.bucket,
        (function* () {
          yield* keys;
        })(),
      );
      expect(results).toHaveLength(2);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('deletes nothing when one of the keys is impossible', {}, async (subject) => {
      const key = await subject.put('object');
      await expectRefusal(subject.client.deleteObjects(subject.bucket, [key, '']));
      expect(await subject.listKeys()).toEqual([key]);
    });
    it('says of each key whether it was refused', { needs: ['wire'] }, async (subject) => {
      const keys = [await subject.put('a'), await subject.put('b')];
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.forbidden } });
      const results = await client.deleteObjects(subject.bucket, keys).catch(() => []);
      for (const result of results) expect(result).toMatchObject({ deleted: false, error: { code: 'permission_denied' } });
      expect(await subject.listKeys()).toEqual(keys);
    });
  });
}
