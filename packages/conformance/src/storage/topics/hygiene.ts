import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { eventually, expectBytes, expectFailure, readBytes } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { silentSource } from '../sources.ts';

/** Connections a pool may keep open between calls. */
const POOLED = 64;
/** What the runtime may need besides the parts on their way. */
const MEMORY_SLACK_IN_BYTES = 96 * 1024 * 1024;
/** Files and handles that come and go with the runtime itself. */
const SLACK = 20;

export function hygieneTopic(run: StorageRun): void {
  run.behaviour('41 resource hygiene', (it) => {
    it('gives everything back after downloads that nobody read', { slow: true }, async (subject) => {
      const { client, bucket } = subject;
      const bytes = subject.prng.bytes(200_000);
      const key = await subject.put('object', bytes);
      const before = openHandles();
      for (let round = 0; round < subject.rounds; round += 1) await client.getObject(bucket, key);
      await eventually(openHandles).toBeLessThanOrEqual(before + POOLED + SLACK);
      expectBytes(await readBytes(client, bucket, key), bytes);
    });
    it('gives everything back after downloads that were discarded', { slow: true }, async (subject) => {
      const { client, bucket } = subject;
      const key = await subject.put('object', subject.prng.bytes(200_000));
      const before = openHandles();
      for (let round = 0; round < subject.rounds; round += 1) {
        await using object = await client.getObject(bucket, key);
        for await (const _ of object) break;
      }
      await eventually(openHandles).toBeLessThanOrEqual(before + POOLED + SLACK);
    });
    it('gives everything back after uploads that were aborted', { slow: true }, async (subject) => {
      const { client, bucket } = subject;
      const before = openHandles();
      for (let round = 0; round < subject.rounds; round += 1) {
        const controller = new AbortController();
        const upload = client.putObject(bucket, subject.key(`aborted-${round}`), silentSource(new Uint8Array(5000)), { abortSignal: controller.signal });
        controller.abort('enough');
        await expect(upload).rejects.toBe('enough');
      }
      await eventually(openHandles).toBeLessThanOrEqual(before + POOLED + SLACK);
      expect(await subject.listKeys()).toEqual([]);
      if (subject.capabilities.multipart) expect(await subject.listUploads()).toEqual([]);
    });
    it('needs memory for a few parts, however much is sent and read', { needs: ['ownMemory', 'multipart'], slow: true }, async (subject) => {
      const { client, bucket, partSizeInBytes } = subject;
      const [concurrency, parts] = [2, Math.ceil((2 * MEMORY_SLACK_IN_BYTES) / partSizeInBytes)];
      const memory = new PeakMemory();
      await client.putObject(bucket, subject.key(), memory.whileReading(parts * partSizeInBytes), { partSizeInBytes, concurrency });
      const object = await client.getObject(bucket, subject.key());
      let sizeInBytes = 0;
      for await (const chunk of object) {
        sizeInBytes += chunk.length;
        memory.look();
      }
      expect(sizeInBytes).toBe(parts * partSizeInBytes);
      expect(memory.growthInBytes).toBeLessThan(partSizeInBytes * (concurrency + 1) + MEMORY_SLACK_IN_BYTES);
    });
    it('adds no listener for good to a signal that many calls share', {}, async (subject) => {
      const { signal } = new AbortController();
      const key = await subject.put('object');
      for (let round = 0; round < 50; round += 1) {
        await subject.client.getObjectMetadata(subject.bucket, key, { abortSignal: signal });
        await readBytes(subject.client, subject.bucket, key, { abortSignal: signal });
      }
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    });
    it('keeps no more connections open than a pool should', { needs: ['wire'] }, async (subject) => {
      const key = await subject.put('object', subject.prng.bytes(200_000));
      const { client, proxy } = await subject.faulty();
      for (let round = 0; round < 4 * POOLED; round += 1) await client.getObject(subject.bucket, key);
      await eventually(() => proxy.openConnections).toBeLessThanOrEqual(POOLED);
      await client.close();
      await eventually(() => proxy.openConnections).toBe(0);
    });
    it('refuses calls once it is closed, and can be closed twice', { needs: ['anotherClient'] }, async (subject) => {
      const another = await subject.openAnother();
      await another.close();
      await another.close();
      await expectFailure(another.getObjectMetadata(subject.bucket, subject.key()));
      await expectFailure(another.putObject(subject.bucket, subject.key(), 'content'));
      expect(await subject.listKeys()).toEqual([]);
    });
  });
}

/** How much larger this process gets. */
class PeakMemory {
  readonly #before = process.memoryUsage.rss();
  #peak = this.#before;

  get growthInBytes(): number {
    return this.#peak - this.#before;
  }

  look(): void {
    this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
  }

  /** Bytes to send, in chunks that cost no memory of their own. */
  async *whileReading(sizeInBytes: number): AsyncGenerator<Uint8Array> {
    const chunk = new Uint8Array(64 * 1024).fill(7);
    for (let start = 0; start < sizeInBytes; start += chunk.length) {
      this.look();
      yield chunk.subarray(0, sizeInBytes - start);
    }
  }
}

/** Open files, sockets and timers of this process. */
function openHandles(): number {
  return process.getActiveResourcesInfo().length + openFiles();
}

/** Where the system tells; elsewhere the active resources have to do. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
