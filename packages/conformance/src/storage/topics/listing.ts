import type { ListEntry, ListObjectsOptions } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect, expectFailure, expectRefusal } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

/** In the order of their UTF-8 bytes, which is not that of JavaScript's strings: U+FF5E sorts before U+1F600. */
const ORDERED_NAMES = ['!', '-', '0', 'A', 'Z', 'a!', 'a/b', 'a0', 'b', 'é', '漢', '\uff5e', '😀'];

/** Folders whose next character sorts before and after `/`. */
const TREE = ['a b/x', 'a!/y', 'a-/z', 'a/one', 'a/two', 'a/deep/three', 'a0/w', 'b'];

export function listingTopic(run: StorageRun): void {
  run.behaviour('30 listing', (it) => {
    it('is empty when there is nothing', {}, async (subject) => {
      expect(await entries(subject)).toEqual([]);
    });
    it('is empty in an empty bucket', { needs: ['createBucket'] }, async (subject) => {
      const bucket = await subject.createBucket();
      expect(await collect(subject.client.listObjects(bucket))).toEqual([]);
      const pages = await collect(subject.client.listObjects(bucket).byPage());
      expect(pages.flatMap(({ items }) => items)).toEqual([]);
    });
    it('tells size, ETag and time of each object', {}, async (subject) => {
      const key = await subject.put('object', '12345');
      const [entry] = await entries(subject);
      const { etag, lastModified } = await subject.client.getObjectMetadata(subject.bucket, key);
      expect(entry).toMatchObject({ type: 'object', key, sizeInBytes: 5, etag });
      const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
      expect(entry?.type === 'object' && Math.abs(seconds(entry.lastModified) - seconds(lastModified))).toBeLessThanOrEqual(1);
    });
    it('is in the order of the keys’ bytes', { needs: ['orderedLists'] }, async (subject) => {
      await putAll(subject, ORDERED_NAMES.toReversed());
      expect(await subject.listKeys()).toEqual(ORDERED_NAMES.map((name) => subject.key(name)));
    });
    for (const maxPageSize of [1, 2, 3, 7, 1000]) {
      it(`gives every key once with pages of ${maxPageSize}`, {}, async (subject) => {
        const keys = await putAll(subject, ['a', 'b', 'c', 'd/e', 'd/f', 'g', 'h']);
        const pages = await collect(subject.client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize }));
        for (const page of pages) expect(page.items.length).toBeLessThanOrEqual(maxPageSize);
        expect(pages.at(-1)?.nextPageToken).toBeUndefined();
        expect(pages.flatMap(({ items }) => items.map(nameOf)).toSorted()).toEqual(keys);
      });
    }
    it('refuses pages of nothing', {}, async ({ client, bucket }) => {
      for (const maxPageSize of [0, -1, 1.5]) await expectRefusal((async () => collect(client.listObjects(bucket).byPage({ maxPageSize })))());
    });
    it('goes on from the token of a page, in another loop', {}, async (subject) => {
      const keys = await putAll(subject, ['a', 'b', 'c', 'd', 'e']);
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const list = subject.client.listObjects(subject.bucket, { prefix: subject.prefix });
        for await (const page of list.byPage({ pageToken, maxPageSize: 2 })) {
          seen.push(...page.items.map(nameOf));
          pageToken = page.nextPageToken;
          break;
        }
      } while (pageToken !== undefined);
      expect(seen.toSorted()).toEqual(keys);
    });
    it('starts again when it is iterated again', {}, async (subject) => {
      await putAll(subject, ['a', 'b']);
      const list = subject.client.listObjects(subject.bucket, { prefix: subject.prefix });
      expect(await collect(list)).toEqual(await collect(list));
    });
    it('gives what begins with the prefix, a whole key included', {}, async (subject) => {
      await putAll(subject, ['a', 'ab', 'b', 'c/d', 'ca']);
      expect((await subject.listKeys(subject.key('a'))).toSorted()).toEqual(['a', 'ab'].map((name) => subject.key(name)));
      expect((await subject.listKeys(subject.key('c'))).toSorted()).toEqual(['c/d', 'ca'].map((name) => subject.key(name)));
      expect(await subject.listKeys(subject.key('c/d'))).toEqual([subject.key('c/d')]);
      expect(await subject.listKeys(subject.key('c/'))).toEqual([subject.key('c/d')]);
      expect(await subject.listKeys(subject.key('zzz'))).toEqual([]);
    });
    it('takes a prefix to the letter, not as a pattern', {}, async (subject) => {
      await putAll(subject, ['a*', 'ab', 'a%', 'a+']);
      for (const name of ['a*', 'a%', 'a+']) expect(await subject.listKeys(subject.key(name))).toEqual([subject.key(name)]);
    });
    it('folds folders, wherever their names sort', { needs: ['delimiter'] }, async (subject) => {
      await putAll(subject, TREE);
      expect(await names(subject, { delimiter: '/' })).toEqual(['a b/', 'a!/', 'a-/', 'a/', 'a0/', 'b']);
      expect(await names(subject, { delimiter: '/', prefix: 'a/' })).toEqual(['a/deep/', 'a/one', 'a/two']);
      expect(await names(subject, { delimiter: '/', prefix: 'a' })).toEqual(['a b/', 'a!/', 'a-/', 'a/', 'a0/']);
    });
    for (const maxPageSize of [1, 2, 3]) {
      it(`gives every folder once across pages of ${maxPageSize}`, { needs: ['delimiter'] }, async (subject) => {
        await putAll(subject, TREE);
        const list = subject.client.listObjects(subject.bucket, { prefix: subject.prefix, delimiter: '/' });
        const pages = await collect(list.byPage({ maxPageSize }));
        const seen = pages.flatMap(({ items }) => items.map((entry) => nameOf(entry).slice(subject.prefix.length)));
        expect(seen.toSorted()).toEqual(['a b/', 'a!/', 'a-/', 'a/', 'a0/', 'b']);
      });
    }
    it('shows an object beside the folder of the same name', { needs: ['delimiter'] }, async (subject) => {
      await putAll(subject, ['a', 'a!', 'a/b', 'a0']);
      expect(await names(subject, { delimiter: '/' })).toEqual(['a', 'a!', 'a/', 'a0']);
      for (const maxPageSize of [1, 2]) {
        const pages = await collect(subject.client.listObjects(subject.bucket, { prefix: subject.key('a'), delimiter: '/' }).byPage({ maxPageSize }));
        expect(pages.flatMap(({ items }) => items)).toHaveLength(4);
      }
      expect((await subject.listKeys(subject.key('a'))).toSorted()).toEqual(['a', 'a!', 'a/b', 'a0'].map((name) => subject.key(name)));
    });
    it('shows a folder once, and its contents inside', { needs: ['delimiter'] }, async (subject) => {
      await putAll(subject, ['x/y', 'x/z']);
      expect(await names(subject, { delimiter: '/' })).toEqual(['x/']);
      expect(await names(subject, { delimiter: '/', prefix: 'x/' })).toEqual(['x/y', 'x/z']);
    });
    for (const delimiter of ['\\', 'abc', '%', ' ', '漢']) {
      it(`folds at ${JSON.stringify(delimiter)}`, { needs: ['anyDelimiter'] }, async (subject) => {
        await putAll(subject, [`a${delimiter}1`, `a${delimiter}2`, 'b', 'c/d']);
        expect(await names(subject, { delimiter })).toEqual([`a${delimiter}`, 'b', 'c/d']);
      });
    }
    it('does not go round in circles when a page token repeats', { needs: ['wire'] }, async (subject) => {
      await putAll(subject, ['a', 'b', 'c', 'd']);
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('listObjects', { kind: 'repeat-answer' }, { nth: 2 }));
      await expectFailure(collect(client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize: 1 })));
      expect(proxy.requests.length).toBeLessThan(10);
    });
  });
}

/** Stores one object per name; returns the keys sorted as strings. */
async function putAll(subject: StorageSubject, all: readonly string[]): Promise<string[]> {
  for (const name of all) await subject.put(name, name);
  return all.map((name) => subject.key(name)).toSorted();
}

async function entries({ client, bucket, prefix }: StorageSubject, options: ListObjectsOptions = {}): Promise<ListEntry[]> {
  return collect(client.listObjects(bucket, { ...options, prefix: prefix + (options.prefix ?? '') }));
}

/** Keys and folders below this case's prefix, sorted as strings: order has a case of its own. */
async function names(subject: StorageSubject, options: ListObjectsOptions): Promise<string[]> {
  return (await entries(subject, options)).map((entry) => nameOf(entry).slice(subject.prefix.length)).toSorted();
}

function nameOf(entry: ListEntry): string {
  return entry.type === 'object' ? entry.key : entry.prefix;
}
