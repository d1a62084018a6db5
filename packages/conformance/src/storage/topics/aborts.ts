import { getEventListeners } from 'node:events';
import { expect } from 'vitest';
import { createFakeClock } from '../../clock.ts';
import { collect, eventually, rejection } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { silentSource } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

/** One call of each method, to be stopped. */
const CALLS: readonly (readonly [method: string, call: (where: Pick<StorageSubject, 'client' | 'bucket' | 'prefix'>, abortSignal: AbortSignal) => Promise<unknown>])[] = [
  ['putObject', ({ client, bucket, prefix }, abortSignal) => client.putObject(bucket, `${prefix}object`, 'content', { abortSignal })],
  ['getObject', ({ client, bucket, prefix }, abortSignal) => client.getObject(bucket, `${prefix}object`, { abortSignal })],
  ['getObjectMetadata', ({ client, bucket, prefix }, abortSignal) => client.getObjectMetadata(bucket, `${prefix}object`, { abortSignal })],
  ['objectExists', ({ client, bucket, prefix }, abortSignal) => client.objectExists(bucket, `${prefix}object`, { abortSignal })],
  ['listObjects', async ({ client, bucket, prefix }, abortSignal) => collect(client.listObjects(bucket, { prefix, abortSignal }))],
  ['deleteObject', ({ client, bucket, prefix }, abortSignal) => client.deleteObject(bucket, `${prefix}object`, { abortSignal })],
  ['deleteObjects', ({ client, bucket, prefix }, abortSignal) => client.deleteObjects(bucket, [`${prefix}object`], { abortSignal })],
  ['copyObject', ({ client, bucket, prefix }, abortSignal) => client.copyObject({ bucket, key: `${prefix}object` }, { bucket, key: `${prefix}copy` }, { abortSignal })],
  ['bucketExists', ({ client, bucket }, abortSignal) => client.bucketExists(bucket, { abortSignal })],
];

export function abortsTopic(run: StorageRun): void {
  run.behaviour('16 aborting', (it) => {
    for (const [method, call] of CALLS) {
      it(`${method} does nothing when the signal is aborted already`, {}, async (subject) => {
        await subject.put('object', 'kept');
        const reason = new Error('Changed my mind.');
        expect(await rejection(call(subject, AbortSignal.abort(reason)))).toBe(reason);
        expect(await subject.listKeys()).toEqual([subject.key()]);
      });
      it(`${method} leaves no listener on the signal`, {}, async (subject) => {
        await subject.put('object', 'content');
        const controller = new AbortController();
        const result = await call(subject, controller.signal);
        if (method === 'getObject') await (result as { bytes(): Promise<Uint8Array> }).bytes();
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
        controller.abort(new Error('Too late to matter.'));
      });
    }
    it('stops an upload with the reason given, and stores nothing', {}, async (subject) => {
      const { client, bucket } = subject;
      const controller = new AbortController();
      const reason = new Error('Changed my mind.');
      const source = silentSource(new Uint8Array(3 * subject.partSizeInBytes));
      const upload = rejection(client.putObject(bucket, subject.key(), source, { abortSignal: controller.signal, partSizeInBytes: subject.partSizeInBytes }));
      await eventually(() => source.taken).toBeGreaterThanOrEqual(3 * subject.partSizeInBytes);
      controller.abort(reason);
      expect(await upload).toBe(reason);
      expect(await subject.listKeys()).toEqual([]);
      if (subject.capabilities.multipart) expect(await subject.listUploads()).toEqual([]);
      await eventually(() => source.closed).toBe(true);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });
    it('passes on a reason that is no error', {}, async (subject) => {
      const controller = new AbortController();
      const upload = rejection(subject.client.putObject(subject.bucket, subject.key(), silentSource(new Uint8Array(10)), { abortSignal: controller.signal }));
      controller.abort('enough');
      expect(await upload).toBe('enough');
    });
    it('stops a download between two chunks', {}, async (subject) => {
      const key = await subject.put('object', new Uint8Array(2_000_000));
      const controller = new AbortController();
      const reason = new Error('Changed my mind.');
      const object = await subject.client.getObject(subject.bucket, key, { abortSignal: controller.signal });
      const reading = (async () => {
        for await (const _ of object) controller.abort(reason);
      })();
      expect(await rejection(reading)).toBe(reason);
    });
    it('stops a list between two pages', {}, async (subject) => {
      for (const name of ['a', 'b', 'c']) await subject.put(name);
      const controller = new AbortController();
      const reason = new Error('Changed my mind.');
      let pages = 0;
      const listing = (async () => {
        for await (const _ of subject.client.listObjects(subject.bucket, { prefix: subject.prefix, abortSignal: controller.signal }).byPage({ maxPageSize: 1 })) {
          pages += 1;
          controller.abort(reason);
        }
      })();
      expect(await rejection(listing)).toBe(reason);
      expect(pages).toBe(1);
    });
    it('leaves a list without asking for the next page when the loop is left', { needs: ['wire'] }, async (subject) => {
      for (const name of ['a', 'b', 'c']) await subject.put(name);
      const { client, proxy } = await subject.faulty();
      for await (const _ of client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize: 1 })) break;
      expect(proxy.requests).toHaveLength(1);
    });
    for (const [method, call] of CALLS) {
      it(`${method} closes the connection of an answer it waits for`, { needs: ['wire'] }, async (subject) => {
        await subject.put('object');
        const { client, proxy } = await subject.faulty();
        proxy.use({ fault: { kind: 'stall-headers' } });
        const controller = new AbortController();
        const waiting = rejection(call({ client, bucket: subject.bucket, prefix: subject.prefix }, controller.signal));
        await eventually(() => proxy.requests).toHaveLength(1);
        controller.abort('enough');
        expect(await waiting).toBe('enough');
        await eventually(() => proxy.requests[0]?.outcome).toBe('client-left');
        expect(proxy.requests).toHaveLength(1);
      });
    }
    it('closes the connection of a download', { needs: ['wire'] }, async (subject) => {
      const key = await subject.put('object', new Uint8Array(400_000));
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('readObject', { kind: 'stall-body', afterBytes: 100_000 }));
      const controller = new AbortController();
      const object = await client.getObject(subject.bucket, key, { abortSignal: controller.signal });
      const reading = rejection(object.bytes());
      controller.abort('enough');
      expect(await reading).toBe('enough');
      await eventually(() => proxy.requests[0]?.outcome).toBe('client-left');
    });
    it('does not sleep a backoff to its end', { needs: ['wire'] }, async (subject) => {
      const clock = createFakeClock(Date.now());
      const { client, proxy } = await subject.faulty({ clock });
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown, retryAfter: 30 } });
      const controller = new AbortController();
      const head = rejection(client.getObjectMetadata(subject.bucket, subject.key(), { abortSignal: controller.signal }));
      await eventually(() => clock.sleeps).toEqual([30_000]);
      controller.abort('enough');
      expect(await head).toBe('enough');
    });
    it('aborts the parts of an upload with it', { needs: ['wire', 'multipart', 'wire:uploadPart'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('uploadPart', { kind: 'stall-headers' }, { nth: 2 }));
      const controller = new AbortController();
      const source = silentSource(subject.prng.bytes(6 * subject.partSizeInBytes));
      const upload = rejection(client.putObject(subject.bucket, subject.key(), source, { abortSignal: controller.signal, partSizeInBytes: subject.partSizeInBytes, concurrency: 2 }));
      await eventually(() => proxy.requests.some(({ fault }) => fault === 'stall-headers')).toBe(true);
      controller.abort('enough');
      expect(await upload).toBe('enough');
      await eventually(() => subject.listUploads()).toEqual([]);
    });
  });
}
