import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ContentHeaders } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectBytes, expectFailure, expectRefusal, readBytes } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

const HEADERS: ContentHeaders = {
  cacheControl: 'public, max-age=3600',
  contentDisposition: 'attachment; filename="a b.txt"',
  contentLanguage: 'de-CH',
  contentEncoding: 'identity',
};

export function contentTopic(run: StorageRun): void {
  run.behaviour('25 content type and encoding', (it) => {
    for (const contentType of ['text/plain', 'text/html; charset=UTF-8', 'application/vnd.api+json;version="1"', 'image/svg+xml']) {
      it(`keeps ${contentType} to the letter`, {}, async (subject) => {
        const key = await subject.put('object', 'content', { contentType });
        expect((await subject.client.getObjectMetadata(subject.bucket, key)).contentType).toBe(contentType);
        const object = await subject.client.getObject(subject.bucket, key);
        await object.discard();
        expect(object.metadata.contentType).toBe(contentType);
      });
    }
    it('stores application/octet-stream when no type is given', {}, async (subject) => {
      const key = await subject.put('page.html', '<p>');
      expect((await subject.client.getObjectMetadata(subject.bucket, key)).contentType).toBe('application/octet-stream');
    });
    it('refuses a type that would forge a header', {}, async (subject) => {
      await expectRefusal(subject.put('object', 'content', { contentType: 'text/plain\r\nX-Forged: yes' }));
      expect(await subject.listKeys()).toEqual([]);
    });
    it('gives back the stored bytes of an encoded object, and their size', { needs: ['contentHeaders'] }, async (subject) => {
      const zipped = gzipSync('hello '.repeat(1000));
      const key = await subject.put('object', zipped, { contentEncoding: 'gzip', contentType: 'text/plain' });
      const object = await subject.client.getObject(subject.bucket, key);
      expect(object.metadata).toMatchObject({ contentEncoding: 'gzip', sizeInBytes: zipped.length });
      expectBytes(await object.bytes(), zipped);
    });
    it('keeps no framing of its own among the encodings', { needs: ['contentHeaders'] }, async (subject) => {
      const key = await subject.put('object', new Uint8Array(100_000), { contentEncoding: 'br' });
      expect((await subject.client.getObjectMetadata(subject.bucket, key)).contentEncoding).toBe('br');
    });
    it('takes the type of a file from its name, and its bytes whole', {}, async (subject) => {
      const path = await scratchFile(subject, 'page.html', '<p>hello</p>');
      const key = subject.key('page.html');
      const result = await subject.client.uploadFile(subject.bucket, key, path);
      expect(result.sizeInBytes).toBe(12);
      expect((await subject.client.getObjectMetadata(subject.bucket, key)).contentType).toMatch(/^text\/html/);
    });
    it('says that a file is not there', {}, async (subject) => {
      await expectFailure(subject.client.uploadFile(subject.bucket, subject.key(), await scratchFile(subject, 'x', '', 'missing')), 'not_found');
      expect(await subject.listKeys()).toEqual([]);
    });
    it('writes a file whole, or replaces it only when asked', {}, async (subject) => {
      const bytes = subject.prng.bytes(200_000);
      const key = await subject.put('object', bytes);
      const path = await scratchFile(subject, 'target', 'old');
      await expectFailure(subject.client.downloadFile(subject.bucket, key, path, { overwrite: false }), 'already_exists');
      expect(await readFile(path, 'utf8')).toBe('old');
      const metadata = await subject.client.downloadFile(subject.bucket, key, path);
      expect(metadata).toMatchObject({ key, sizeInBytes: bytes.length });
      expectBytes(await readFile(path), bytes);
    });
    it('leaves no file behind when there is nothing to write', {}, async (subject) => {
      const path = await scratchFile(subject, 'other', '', 'target');
      await expectFailure(subject.client.downloadFile(subject.bucket, subject.key(), path), 'not_found');
      expect(await readdir(join(path, '..'))).toEqual(['other']);
    });
    it('leaves no file behind when the connection breaks for good', { needs: ['wire'] }, async (subject) => {
      const key = await subject.put('object', subject.prng.bytes(300_000));
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: 100_000, by: 'rst' }, { times: 1 }));
      proxy.use(subject.rule('readObject', { kind: 'reset', by: 'rst' }));
      const path = await scratchFile(subject, 'other', '', 'target');
      await expectFailure(client.downloadFile(subject.bucket, key, path), 'unavailable');
      expect(await readdir(join(path, '..'))).toEqual(['other']);
    });
  });

  run.behaviour('27 content headers', (it) => {
    it('keeps cache, disposition, language and encoding', { needs: ['contentHeaders'] }, async (subject) => {
      const key = await subject.put('object', 'content', HEADERS);
      expect(await subject.client.getObjectMetadata(subject.bucket, key)).toMatchObject(HEADERS);
      const object = await subject.client.getObject(subject.bucket, key);
      await object.discard();
      expect(object.metadata).toMatchObject(HEADERS);
    });
    it('forgets them when the object is replaced', { needs: ['contentHeaders'] }, async (subject) => {
      const key = await subject.put('object', 'content', HEADERS);
      await subject.put('object', 'content');
      const metadata = await subject.client.getObjectMetadata(subject.bucket, key);
      expect(metadata.cacheControl).toBeUndefined();
      expect(metadata.contentDisposition).toBeUndefined();
    });
    it('refuses line breaks in them', { needs: ['contentHeaders'] }, async (subject) => {
      for (const name of ['cacheControl', 'contentDisposition', 'contentLanguage', 'contentEncoding'] as const) {
        await expectRefusal(subject.put('object', 'content', { [name]: 'a\r\nX-Forged: yes' }));
      }
    });
    it('answers a read with other ones when asked', { needs: ['responseOverrides'] }, async (subject) => {
      const key = await subject.put('object', 'content', { contentType: 'text/plain' });
      const object = await subject.client.getObject(subject.bucket, key, { responseHeaders: { contentType: 'text/csv', cacheControl: 'no-store' } });
      expect(object.metadata).toMatchObject({ contentType: 'text/csv', cacheControl: 'no-store' });
      await object.discard();
      expectBytes(await readBytes(subject.client, subject.bucket, key), new TextEncoder().encode('content'));
    });
  });
}

/** A file in a folder of its own, gone with the case; or the path of another name beside it. */
async function scratchFile(subject: StorageSubject, name: string, content: string, other = name): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cmx-conformance-'));
  subject.defer(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), content);
  return join(folder, other);
}
