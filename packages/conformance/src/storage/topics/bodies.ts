import { Readable } from 'node:stream';
import type { BodyInput } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { eventually, expectBytes, expectFailure, readBytes } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked, failingSource, silentSource, streamOf } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

/** Every kind of body there is, made of the same bytes. */
const BODY_KINDS: readonly (readonly [kind: string, make: (bytes: Uint8Array<ArrayBuffer>) => BodyInput])[] = [
  ['bytes', (bytes) => bytes],
  ['an ArrayBuffer', (bytes) => bytes.buffer],
  ['a Blob', (bytes) => new Blob([bytes])],
  ['a web stream', (bytes) => streamOf(bytes, 1000)],
  ['an async iterable', (bytes) => chunked(bytes, 1000)],
  ['an iterable', (bytes) => [bytes.subarray(0, 10), bytes.subarray(10)]],
  ['a node stream', (bytes) => Readable.from(bytes.length > 0 ? [bytes] : [])],
];

export function bodiesTopic(run: StorageRun): void {
  run.behaviour('4 empty objects', (it) => {
    for (const [kind, make] of [...BODY_KINDS, ['text', () => ''] as const]) {
      it(`stores nothing from ${kind}`, {}, async (subject) => {
        const key = subject.key();
        const result = await subject.client.putObject(subject.bucket, key, make(new Uint8Array()));
        expect(result.sizeInBytes).toBe(0);
        await expectEmptyObject(subject, key);
      });
    }
    it('stores nothing from a part', { needs: ['multipart'] }, async (subject) => {
      const { client, bucket } = subject;
      const key = subject.key();
      const { uploadId } = await client.createMultipartUpload(bucket, key);
      const part = await client.uploadPart(bucket, key, uploadId, 1, new Uint8Array());
      await client.completeMultipartUpload(bucket, key, uploadId, [part]);
      await expectEmptyObject(subject, key);
    });
  });

  run.behaviour('5 bodies of every kind and size', (it) => {
    for (const [kind, make] of BODY_KINDS) {
      it(`stores ${kind}`, {}, async (subject) => {
        const bytes = new Uint8Array(subject.prng.bytes(5000));
        await expectStored(subject, bytes, make(bytes));
      });
    }
    it('stores text as UTF-8', {}, async (subject) => {
      const text = 'é 漢字 😀';
      await expectStored(subject, new TextEncoder().encode(text), text);
    });
    it('stores a stream of one-byte chunks', {}, async (subject) => {
      const bytes = subject.prng.bytes(2000);
      await expectStored(subject, bytes, chunked(bytes, 1));
    });
    for (const [size, count] of STREAM_SIZES) {
      it(`stores a stream of unknown length: ${size}`, {}, async (subject) => {
        const bytes = subject.prng.bytes(count(subject.partSizeInBytes));
        await expectStored(subject, bytes, chunked(bytes, 7000), { partSizeInBytes: subject.partSizeInBytes });
      });
    }
    it('stores a chunk greater than three parts', {}, async (subject) => {
      const bytes = subject.prng.bytes(3 * subject.partSizeInBytes + 7);
      await expectStored(subject, bytes, chunked(bytes, bytes.length), { partSizeInBytes: subject.partSizeInBytes });
    });
    it('keeps what it read while the caller uses the chunk again', {}, async (subject) => {
      const bytes = subject.prng.bytes(20_000);
      await expectStored(subject, bytes, reusedChunks(bytes, 1000));
    });
    it('reports progress up to the last byte and never afterwards', {}, async (subject) => {
      const bytes = subject.prng.bytes(3 * subject.partSizeInBytes);
      const seen: number[] = [];
      const onProgress = ({ transferredInBytes }: { readonly transferredInBytes: number }) => seen.push(transferredInBytes);
      await subject.client.putObject(subject.bucket, subject.key(), chunked(bytes, 5000), { partSizeInBytes: subject.partSizeInBytes, onProgress });
      const count = seen.length;
      expect(seen.at(-1)).toBe(bytes.length);
      expect(seen).toEqual(seen.toSorted((left, right) => left - right));
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(seen).toHaveLength(count);
    });
    it('holds no more than its parts while the service is slow', { needs: ['wire', 'multipart', 'wire:uploadPart'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('uploadPart', { kind: 'stall-headers' }));
      const part = subject.partSizeInBytes;
      const source = silentSource(subject.prng.bytes(12 * part));
      const controller = new AbortController();
      const upload = client.putObject(subject.bucket, subject.key(), source, { partSizeInBytes: part, concurrency: 2, abortSignal: controller.signal });
      await eventually(() => source.taken).toBeGreaterThanOrEqual(2 * part);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(source.taken).toBeLessThanOrEqual(3 * part + 4096);
      controller.abort('enough');
      await expect(upload).rejects.toBe('enough');
    });
  });

  run.behaviour('6 troubled sources', (it) => {
    it('refuses a body shorter than declared', {}, (subject) => nothingStored(subject, chunked(new Uint8Array(900), 100), { sizeInBytes: 1000 }));
    it('refuses a body longer than declared', {}, (subject) => nothingStored(subject, chunked(new Uint8Array(1100), 100), { sizeInBytes: 1000 }));
    it('refuses bytes whose length is not the declared one', {}, (subject) => nothingStored(subject, new Uint8Array(10), { sizeInBytes: 11 }));
    it('passes on the error of a source, and stores nothing', {}, async (subject) => {
      const boom = new Error('The source broke.');
      const error = await nothingStored(subject, failingSource(subject.prng.bytes(10_000), boom));
      expect(error.cause).toBe(boom);
    });
    it('stores nothing when the source breaks after several parts', {}, async (subject) => {
      const part = subject.partSizeInBytes;
      await nothingStored(subject, failingSource(subject.prng.bytes(4 * part), new Error('The source broke.')), { partSizeInBytes: part });
    });
    it('keeps the old object when the source of the new one breaks', {}, async (subject) => {
      const key = await subject.put('object', 'old');
      await expectFailure(subject.client.putObject(subject.bucket, key, failingSource(new Uint8Array(10_000), new Error('The source broke.'))));
      expect(await (await subject.client.getObject(subject.bucket, key)).text()).toBe('old');
    });
    it('gives up on a silent source when its time is over, and lets go of it', {}, async (subject) => {
      const source = silentSource(new Uint8Array(10_000));
      const error = await nothingStored(subject, source, { timeoutInMs: 50 });
      expect(error.code).toBe('timeout');
      await eventually(() => source.closed).toBe(true);
    });
    it('refuses what is no body', {}, (subject) => nothingStored(subject, 42 as unknown as BodyInput));
  });
}

const STREAM_SIZES: readonly (readonly [size: string, count: (part: number) => number])[] = [
  ['one byte', () => 1],
  ['a part less one', (part) => part - 1],
  ['a part', (part) => part],
  ['a part and one', (part) => part + 1],
  ['three parts', (part) => 3 * part],
];

async function expectStored(subject: StorageSubject, expected: Uint8Array, body: BodyInput, options: { partSizeInBytes?: number } = {}): Promise<void> {
  const result = await subject.client.putObject(subject.bucket, subject.key(), body, options);
  expect(result.sizeInBytes).toBe(expected.length);
  expect(result.etag).not.toMatch(/^W\/|"|^$/);
  const metadata = await subject.client.getObjectMetadata(subject.bucket, subject.key());
  expect(metadata).toMatchObject({ sizeInBytes: expected.length, etag: result.etag });
  expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), expected);
}

async function expectEmptyObject({ client, bucket }: StorageSubject, key: string): Promise<void> {
  expect(await client.getObjectMetadata(bucket, key)).toMatchObject({ sizeInBytes: 0, contentType: 'application/octet-stream' });
  expect(await readBytes(client, bucket, key)).toHaveLength(0);
  for await (const entry of client.listObjects(bucket, { prefix: key })) expect(entry).toMatchObject({ type: 'object', key, sizeInBytes: 0 });
}

async function nothingStored(subject: StorageSubject, body: BodyInput, options: { sizeInBytes?: number; partSizeInBytes?: number; timeoutInMs?: number } = {}) {
  const { client, bucket } = subject;
  const error = await expectFailure(client.putObject(bucket, subject.key(), body, options));
  expect(await subject.listKeys()).toEqual([]);
  if (subject.capabilities.multipart) expect(await subject.listUploads()).toEqual([]);
  return error;
}

async function* reusedChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    chunk.set(bytes.subarray(start, start + chunkBytes));
    yield chunk;
  }
  chunk.fill(0);
}
