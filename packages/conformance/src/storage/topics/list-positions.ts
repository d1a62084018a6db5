import type { ListObjectsOptions } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect } from '../../suite/assertions.ts';
import { DELICATE_KEYS } from '../key-table.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

const NAMES = ['a!', 'a/a', 'a/b', 'a%2Fa', 'b', 'c'].toSorted();

export function listPositionsTopic(run: StorageRun): void {
  run.behaviour('31 start after', (it) => {
    it('begins behind a key that is there, without it', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, 'a/a')).toEqual(NAMES.filter((name) => name > 'a/a'));
    });
    it('begins behind a key that is not there', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, 'a/aa')).toEqual(NAMES.filter((name) => name > 'a/aa'));
    });
    it('gives all behind a key before the first', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, ' ')).toEqual(NAMES);
    });
    it('gives none behind the last', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, 'c')).toEqual([]);
      expect(await namesAfter(subject, 'zzz')).toEqual([]);
    });
    it('tells an encoded slash from a slash', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, 'a%2Fa')).toEqual(NAMES.filter((name) => name > 'a%2Fa'));
    });
    it('stays within the prefix', { needs: ['startAfter'] }, async (subject) => {
      expect(await namesAfter(subject, 'a/a', { prefix: 'a/' })).toEqual(['a/b']);
    });
    it('folds what is behind it', { needs: ['startAfter', 'delimiter'] }, async (subject) => {
      expect(await namesAfter(subject, 'a!', { delimiter: '/' })).toEqual(['a%2Fa', 'a/', 'b', 'c']);
    });
    it('goes on through pages', { needs: ['startAfter'] }, async (subject) => {
      await putAll(subject);
      const list = subject.client.listObjects(subject.bucket, { prefix: subject.prefix, startAfter: subject.key('a!') });
      const pages = await collect(list.byPage({ maxPageSize: 1 }));
      expect(pages.flatMap(({ items }) => items)).toHaveLength(NAMES.filter((name) => name > 'a!').length);
    });
  });

  run.behaviour('32 listing while keys come and go', (it) => {
    it('gives each key that stays exactly once', { needs: ['strongConsistency'] }, async (subject) => {
      const staying = ['b', 'd', 'f', 'h', 'j'];
      for (const name of [...staying, 'c', 'g']) await subject.put(name);
      const seen: string[] = [];
      let page = 0;
      for await (const { items } of subject.client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize: 2 })) {
        seen.push(...items.map((entry) => (entry.type === 'object' ? entry.key.slice(subject.prefix.length) : entry.prefix)));
        page += 1;
        if (page === 1) await subject.put('a');
        if (page === 1) await subject.client.deleteObject(subject.bucket, subject.key('g'));
        if (page === 2) await subject.put('i');
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((name) => staying.includes(name)).toSorted()).toEqual(staying);
    });
    it('goes on when the key it stopped at is deleted', { needs: ['strongConsistency'] }, async (subject) => {
      for (const name of ['a', 'b', 'c']) await subject.put(name);
      const seen: string[] = [];
      for await (const { items } of subject.client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize: 1 })) {
        for (const entry of items) {
          if (entry.type !== 'object') continue;
          seen.push(entry.key);
          await subject.client.deleteObject(subject.bucket, entry.key);
        }
      }
      expect(seen).toHaveLength(3);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('shows a write and a deletion at once', { needs: ['strongConsistency'] }, async (subject) => {
      for (let round = 0; round < 5; round += 1) {
        const key = await subject.put(`object-${round}`);
        expect(await subject.listKeys()).toEqual([key]);
        await subject.client.deleteObject(subject.bucket, key);
        expect(await subject.listKeys()).toEqual([]);
      }
    });
  });

  run.behaviour('33 control characters in listings', (it) => {
    it('gives back every odd key that was taken, as it was', {}, async (subject) => {
      const taken: string[] = [];
      for (const [, name] of [...DELICATE_KEYS, ['an escape', 'x\u001by'], ['an entity', 'x&#x1b;y']] as const) {
        if (await subject.put(name).then(() => true, () => false)) taken.push(subject.key(name));
      }
      expect((await subject.listKeys()).toSorted()).toEqual(taken.toSorted());
    });
  });
}

async function putAll(subject: StorageSubject): Promise<void> {
  for (const name of NAMES) await subject.put(name);
}

/** Names behind a name, sorted as strings: order has a case of its own. */
async function namesAfter(subject: StorageSubject, startAfter: string, options: ListObjectsOptions = {}): Promise<string[]> {
  await putAll(subject);
  const list = subject.client.listObjects(subject.bucket, { ...options, prefix: subject.key(options.prefix ?? ''), startAfter: subject.key(startAfter) });
  const found = await collect(list);
  return found.map((entry) => (entry.type === 'object' ? entry.key : entry.prefix).slice(subject.prefix.length)).toSorted();
}
