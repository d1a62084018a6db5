import http from 'node:http';
import https from 'node:https';
import type { PresignedUrl, PresignMethod } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectRefusal, readText } from '../../suite/assertions.ts';
import { DOT_KEYS, ORDINARY_KEYS } from '../key-table.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

export function presignedTopic(run: StorageRun): void {
  run.behaviour('34 presigned URLs', (it) => {
    it('reads by plain HTTP', { needs: ['presignGET'] }, async (subject) => {
      await subject.put('object', 'content', { contentType: 'text/plain' });
      const presigned = await presign(subject, 'GET');
      const lifetime = presigned.expiresAt.getTime() - Date.now();
      expect(lifetime).toBeGreaterThan(800_000);
      expect(lifetime).toBeLessThanOrEqual(910_000);
      const answer = await use(presigned);
      expect(answer).toMatchObject({ status: 200, body: 'content' });
      expect(answer.headers['content-type']).toBe('text/plain');
    });
    for (const [description, name] of ORDINARY_KEYS) {
      it(`reads a key with ${description}`, { needs: ['presignGET'] }, async (subject) => {
        const key = await subject.put(name, `content of ${name}`);
        const presigned = await subject.client.generatePresignedUrl(subject.bucket, key);
        expect(await use(presigned)).toMatchObject({ status: 200, body: `content of ${name}` });
        const fetched = await fetch(presigned.url, { headers: presigned.headers });
        expect(await fetched.text()).toBe(`content of ${name}`);
      });
    }
    for (const [description, name] of DOT_KEYS) {
      it(`never signs another key than one with ${description}`, { needs: ['presignGET'] }, async (subject) => {
        await expectRefusal(subject.client.generatePresignedUrl(subject.bucket, subject.key(name)));
      });
    }
    it('writes by plain HTTP, whatever the bytes', { needs: ['presignPUT'] }, async (subject) => {
      const presigned = await presign(subject, 'PUT');
      expect(presigned.url.toLowerCase(), 'no checksum of an empty body').not.toContain('checksum');
      expect((await use(presigned, { body: 'uploaded content' })).status).toBeLessThan(300);
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('uploaded content');
    });
    it('binds the content type of an upload', { needs: ['presignPUT'] }, async (subject) => {
      const presigned = await presign(subject, 'PUT', { contentType: 'text/csv' });
      const typed = { ...presigned.headers, 'content-type': 'text/html' };
      expect((await use({ ...presigned, headers: typed }, { body: 'forged' })).status).toBeGreaterThanOrEqual(400);
      expect(await subject.listKeys()).toEqual([]);
      expect((await use(presigned, { body: 'a,b' })).status).toBeLessThan(300);
      expect((await subject.client.getObjectMetadata(subject.bucket, subject.key())).contentType).toBe('text/csv');
    });
    it('refuses an upload without a header that was signed', { needs: ['presignPUT'] }, async (subject) => {
      const presigned = await presign(subject, 'PUT', { contentType: 'text/csv' });
      expect(Object.keys(presigned.headers)).not.toHaveLength(0);
      expect((await use({ ...presigned, headers: {} }, { body: 'forged' })).status).toBeGreaterThanOrEqual(400);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('asks for the head by plain HTTP', { needs: ['presignHEAD'] }, async (subject) => {
      await subject.put('object', '12345');
      const answer = await use(await presign(subject, 'HEAD'));
      expect(answer).toMatchObject({ status: 200, body: '' });
      expect(answer.headers['content-length']).toBe('5');
    });
    it('deletes by plain HTTP', { needs: ['presignDELETE'] }, async (subject) => {
      await subject.put('object');
      expect((await use(await presign(subject, 'DELETE'))).status).toBeLessThan(300);
      expect(await subject.listKeys()).toEqual([]);
    });
    it('allows no other method', { needs: ['presignGET'] }, async (subject) => {
      await subject.put('object', 'content');
      const presigned = await presign(subject, 'GET');
      expect((await use({ ...presigned, method: 'PUT' }, { body: 'forged' })).status).toBeGreaterThanOrEqual(400);
      expect((await use({ ...presigned, method: 'DELETE' })).status).toBeGreaterThanOrEqual(400);
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('content');
    });
    it('allows no other key', { needs: ['presignGET'] }, async (subject) => {
      await subject.put('object');
      await subject.put('secret');
      const presigned = await presign(subject, 'GET');
      expect((await use({ ...presigned, url: presigned.url.replace('/object', '/secret') })).status).toBeGreaterThanOrEqual(400);
    });
    it('allows no change of its signature or lifetime', { needs: ['presignGET'] }, async (subject) => {
      await subject.put('object');
      const presigned = await presign(subject, 'GET', { expiresInSeconds: 60 });
      for (const [name, value] of new URL(presigned.url).searchParams) {
        const url = new URL(presigned.url);
        url.searchParams.set(name, value.replace(/.$/, (last) => (last === '1' ? '2' : '1')));
        expect((await use({ ...presigned, url: url.href })).status, `with another ${name}`).toBeGreaterThanOrEqual(400);
      }
    });
    it('works no longer than it should', { needs: ['presignGET'] }, async (subject) => {
      await subject.put('object');
      const presigned = await presign(subject, 'GET', { expiresInSeconds: 1 });
      await expect.poll(async () => (await use(presigned)).status, { timeout: 5000, interval: 250 }).toBeGreaterThanOrEqual(400);
      expect(Date.now()).toBeGreaterThanOrEqual(presigned.expiresAt.getTime() - 1000);
    });
    it('refuses a lifetime out of bounds before any request', { needs: ['presignGET'] }, async (subject) => {
      for (const expiresInSeconds of [0, -1, Number.NaN, subject.capabilities.limits.maxPresignSeconds + 1]) {
        await expectRefusal(presign(subject, 'GET', { expiresInSeconds }));
      }
    });
    it('answers with other headers when they were signed', { needs: ['presignGET', 'responseOverrides'] }, async (subject) => {
      await subject.put('object', 'content', { contentType: 'text/plain' });
      const responseHeaders = { contentType: 'text/csv', contentDisposition: 'attachment; filename="a b.csv"' };
      const answer = await use(await presign(subject, 'GET', { responseHeaders }));
      expect(answer.headers).toMatchObject({ 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="a b.csv"' });
    });
    it('takes a form with a file, within its bounds', { needs: ['presignedPost'] }, async (subject) => {
      const presigned = await subject.client.generatePresignedPost(subject.bucket, subject.key(), { minSizeInBytes: 2, maxSizeInBytes: 10, contentType: 'text/csv' });
      const send = async (content: string, changed: Record<string, string> = {}) => {
        const form = new FormData();
        for (const [name, value] of Object.entries({ ...presigned.fields, ...changed })) form.append(name, value);
        form.append('file', new Blob([content], { type: 'text/csv' }));
        return (await fetch(presigned.url, { method: 'POST', body: form, redirect: 'manual' })).status;
      };
      expect(await send('x')).toBeGreaterThanOrEqual(400);
      expect(await send('x'.repeat(11))).toBeGreaterThanOrEqual(400);
      expect(await send('a,b', { key: subject.key('other') })).toBeGreaterThanOrEqual(400);
      expect(await subject.listKeys()).toEqual([]);
      expect(await send('a,b')).toBeLessThan(400);
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('a,b');
    });
  });
}

function presign(subject: StorageSubject, method: PresignMethod, options: object = {}): Promise<PresignedUrl> {
  return subject.client.generatePresignedUrl(subject.bucket, subject.key(), { method, ...options });
}

interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a presigned request to the letter, through nothing that rewrites URLs. */
async function use({ method, url, headers }: PresignedUrl, { body }: { body?: string } = {}): Promise<PlainAnswer> {
  const { protocol } = new URL(url);
  // Looked up at each call, so that an interceptor which replaces `request` is not bypassed.
  const { request } = protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const path = url.slice(url.indexOf('/', `${protocol}//`.length));
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request({ method, hostname, port, path, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
