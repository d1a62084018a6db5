import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectRefusal } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

/** Values that must come back as they are. */
const VALUES: readonly (readonly [description: string, value: string])[] = [
  ['plain text', 'value'],
  ['inner spaces', 'two  words'],
  ['a percent sign', '100%25'],
  ['quotes and commas', `"a", 'b'; c=d`],
  ['accented letters', 'Zürich'],
  ['Chinese characters and an emoji', '漢字 😀'],
  ['text like an encoded word', '=?UTF-8?B?w6k=?='],
];

/** Values that may be refused, but not changed. */
const DELICATE_VALUES: readonly (readonly [description: string, value: string])[] = [
  ['nothing', ''],
  ['leading and trailing blanks', ' a '],
  ['a tab', 'a\tb'],
];

export function metadataTopic(run: StorageRun): void {
  run.behaviour('26 user metadata', (it) => {
    it('has none when none was given', { needs: ['metadata'] }, async (subject) => {
      await subject.put('object');
      expect(await metadataOf(subject)).toEqual({});
    });
    for (const [description, value] of VALUES) {
      it(`keeps ${description}`, { needs: ['metadata'] }, async (subject) => {
        await subject.put('object', 'content', { metadata: { note: value } });
        expect(await metadataOf(subject)).toEqual({ note: value });
      });
    }
    for (const [description, value] of DELICATE_VALUES) {
      it(`keeps or refuses ${description}`, { needs: ['metadata'] }, async (subject) => {
        const error: unknown = await subject.put('object', 'content', { metadata: { note: value } }).then(() => undefined, (reason: unknown) => reason);
        if (error === undefined) expect(await metadataOf(subject)).toEqual({ note: value });
        else expect(error).toSatisfy((reason) => CloudError.is(reason, 'invalid_argument'));
      });
    }
    it('gives names back in lower case', { needs: ['metadata'] }, async (subject) => {
      await subject.put('object', 'content', { metadata: { 'Mixed-Case': '1', lower: '2' } });
      expect(await metadataOf(subject)).toEqual({ 'mixed-case': '1', lower: '2' });
    });
    it('gives them with a read too', { needs: ['metadata'] }, async (subject) => {
      const key = await subject.put('object', 'content', { metadata: { note: 'Zürich' } });
      const object = await subject.client.getObject(subject.bucket, key);
      await object.discard();
      expect(object.metadata.metadata).toEqual({ note: 'Zürich' });
    });
    for (const [description, metadata] of BAD_METADATA) {
      it(`refuses ${description} before any request`, { needs: ['metadata'] }, async (subject) => {
        await expectRefusal(subject.put('object', 'content', { metadata }));
        expect(await subject.listKeys()).toEqual([]);
      });
    }
    it('keeps as much as the limit says, and refuses more', { needs: ['metadata'] }, async (subject) => {
      const { maxMetadataBytes } = subject.capabilities.limits;
      const room = Math.min(maxMetadataBytes, 64 * 1024) - 'note'.length;
      await subject.put('object', 'content', { metadata: { note: 'x'.repeat(room) } });
      expect((await metadataOf(subject)).note).toHaveLength(room);
      if (maxMetadataBytes <= 64 * 1024) await expectRefusal(subject.put('object', 'content', { metadata: { note: 'x'.repeat(room + 1) } }));
    });
    it('replaces all of it with the object', { needs: ['metadata'] }, async (subject) => {
      await subject.put('object', 'content', { metadata: { one: '1', two: '2' } });
      await subject.put('object', 'content', { metadata: { three: '3' } });
      expect(await metadataOf(subject)).toEqual({ three: '3' });
    });
    it('copies it, or replaces it when other is given', { needs: ['metadata'] }, async (subject) => {
      const { client, bucket } = subject;
      const source = { bucket, key: await subject.put('object', 'content', { metadata: { one: '1' }, contentType: 'text/plain' }) };
      await client.copyObject(source, { bucket, key: subject.key('kept') });
      expect(await client.getObjectMetadata(bucket, subject.key('kept'))).toMatchObject({ metadata: { one: '1' }, contentType: 'text/plain' });
      await client.copyObject(source, { bucket, key: subject.key('replaced') }, { metadata: { two: '2' }, contentType: 'text/csv' });
      expect(await client.getObjectMetadata(bucket, subject.key('replaced'))).toMatchObject({ metadata: { two: '2' }, contentType: 'text/csv' });
      expect(await metadataOf(subject, 'replaced')).toEqual({ two: '2' });
      await client.copyObject(source, { bucket, key: subject.key('emptied') }, { metadataDirective: 'replace' });
      expect(await metadataOf(subject, 'emptied')).toEqual({});
    });
  });
}

const BAD_METADATA: readonly (readonly [description: string, metadata: Record<string, string>])[] = [
  ['a line break in a value', { note: 'a\nb' }],
  ['a carriage return in a value', { note: 'a\rX-Forged: yes' }],
  ['a NUL in a value', { note: 'a\u0000b' }],
  ['a line break in a name', { 'a\r\nX-Forged': 'yes' }],
  ['a blank in a name', { 'a b': 'c' }],
  ['a name with a colon', { 'a:b': 'c' }],
  ['an empty name', { '': 'c' }],
  ['two names that differ by case alone', { note: '1', NOTE: '2' }],
  ['a value that is no text', { note: 7 as unknown as string }],
];

async function metadataOf({ client, bucket, prefix }: StorageSubject, name = 'object'): Promise<Readonly<Record<string, string>>> {
  return (await client.getObjectMetadata(bucket, prefix + name)).metadata;
}
