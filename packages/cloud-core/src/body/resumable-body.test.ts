import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { NotFoundError, PreconditionFailedError, RangeNotSatisfiableError, UnavailableError } from '../errors/errors.ts';
import type { BodyAnswer } from './answer-reader.ts';
import { checksumOf } from './checksum.ts';
import { ResumableBody } from './resumable-body.ts';
import type { BodyRange, ResumableBodyOptions } from './resumable-body-options.ts';

const where = { provider: 'memory', operation: 'getObject', resource: { type: 'object', name: 'b/k' } };
const content = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz');
const fast = { initialDelayInMs: 0, maxDelayInMs: 0 };

interface Fault {
  /** Bytes after which it happens. */
  after: number;
  how: 'end' | 'reset' | 'hang';
}

/** A service with one object, whose n-th answer has the n-th fault. */
function service(faults: (Fault | undefined)[] = [], overrides: (answer: BodyAnswer, range: BodyRange) => BodyAnswer = (answer) => answer) {
  const asked: BodyRange[] = [];
  const state = { discarded: 0, asked, ifMatch: undefined as string | undefined };
  const answer = ({ start, end = content.length - 1 }: BodyRange, fault = faults.shift()): BodyAnswer => {
    const slice = content.subarray(start, end + 1);
    async function* chunks() {
      const until = Math.min(fault?.after ?? slice.length, slice.length);
      for (let at = 0; at < until; at += 5) yield new Uint8Array(slice.subarray(at, Math.min(at + 5, until)));
      if (fault?.how === 'reset') throw new UnavailableError('connection reset', { phase: 'body' });
      if (fault?.how === 'hang') await new Promise(() => undefined);
    }
    return { chunks: chunks(), range: { start, end }, etag: 'v1', discard: async () => void state.discarded++ };
  };
  return {
    state,
    open: (options: Partial<ResumableBodyOptions> = {}) =>
      new ResumableBody({
        where,
        body: answer({ start: 0 }),
        sizeInBytes: content.length,
        etag: 'v1',
        retry: fast,
        reopen: async (range, { ifMatch }) => {
          asked.push(range);
          state.ifMatch = ifMatch;
          return overrides(answer(range), range);
        },
        ...options,
      }),
  };
}

describe('ResumableBody', () => {
  it('is read as bytes, text, JSON, a stream, or chunk by chunk', async () => {
    expect(Buffer.from(await service().open().bytes()).equals(content)).toBe(true);
    expect(await service().open().text()).toBe(content.toString());
    expect(await new Response(service().open().stream()).text()).toBe(content.toString());
    const chunks: Uint8Array[] = [];
    for await (const chunk of service().open()) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    const json = new TextEncoder().encode('{"a":[1]}');
    expect(await new ResumableBody({ where, body: json, sizeInBytes: 9 }).json()).toEqual({ a: [1] });
  });

  it('hands out bytes at hand as they are', async () => {
    const body = new ResumableBody({ where, body: content, sizeInBytes: content.length });
    expect(await body.bytes()).toBe(content);
    expect(body.bodyUsed).toBe(true);
  });

  it('keeps a byte order mark, and says what is not JSON', async () => {
    const bytes = new TextEncoder().encode('\ufeffx');
    expect(await new ResumableBody({ where, body: bytes, sizeInBytes: 4 }).text()).toBe('\ufeffx');
    await expect(new ResumableBody({ where, body: bytes, sizeInBytes: 4 }).json()).rejects.toMatchObject({ code: 'unknown', operation: 'getObject' });
  });

  it('has one reader, once', async () => {
    const body = service().open();
    await body.bytes();
    await expect(body.text()).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(() => body.stream()).toThrow('use one reader, once');
  });

  it('goes on where it broke, with Range and If-Match, and tells so', async () => {
    const onResume = vi.fn();
    const { open, state } = service([{ after: 12, how: 'reset' }, { after: 3, how: 'end' }]);
    expect(await open({ telemetry: { onResume } }).text()).toBe(content.toString());
    expect(state.asked).toEqual([{ start: 12, end: 35 }, { start: 15, end: 35 }]);
    expect(state.ifMatch).toBe('v1');
    expect(onResume.mock.calls.map(([event]) => (event as { offsetInBytes: number }).offsetInBytes)).toEqual([12, 15]);
  });

  it('delivers every byte or fails, whatever breaks', async () => {
    const fault = fc.record({ after: fc.integer({ min: 0, max: 40 }), how: fc.constantFrom<'end' | 'reset'>('end', 'reset') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fault, { nil: undefined }), { maxLength: 8 }), async (faults) => {
        const outcome = await service(faults).open().text().catch((error: unknown) => error);
        expect(outcome === content.toString() || outcome instanceof UnavailableError).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('gives up after as many attempts as it has, counted since the last byte', async () => {
    const { open, state } = service([{ after: 4, how: 'end' }, ...Array.from({ length: 9 }, (): Fault => ({ after: 0, how: 'end' }))]);
    await expect(open().bytes()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('ended after 4 of 36 bytes') as string, resource: where.resource });
    expect(state.asked).toHaveLength(3);
  });

  it('resumes inside the slice that was asked for', async () => {
    const { open, state } = service();
    async function* broken() {
      yield content.subarray(10, 14);
      throw new Error('ECONNRESET');
    }
    const body = open({ body: { chunks: broken() }, startInBytes: 10, sizeInBytes: 10 });
    expect(await body.text()).toBe('abcdefghij');
    expect(state.asked).toEqual([{ start: 14, end: 19 }]);
  });

  it.each([
    ['another ETag', (answer: BodyAnswer) => ({ ...answer, etag: 'v2' }), 'changed_during_read'],
    ['another range', (answer: BodyAnswer) => ({ ...answer, range: { start: 0, end: 35 } }), 'unavailable'],
    ['a shorter range', (answer: BodyAnswer) => ({ ...answer, range: { start: 12, end: 20 } }), 'unavailable'],
    ['the whole object', (answer: BodyAnswer) => ({ ...answer, range: undefined }), 'unavailable'],
  ])('does not take %s for the rest', async (_, override, code) => {
    const { open, state } = service([{ after: 12, how: 'reset' }], override);
    await expect(open().bytes()).rejects.toMatchObject({ code });
    expect(state.discarded).toBeGreaterThanOrEqual(2);
  });

  it.each([[new PreconditionFailedError('412')], [new NotFoundError('404')], [new RangeNotSatisfiableError('416')]])('says that the object changed when the rest answers %s', async (error) => {
    const { open } = service([{ after: 12, how: 'reset' }]);
    await expect(open({ reopen: () => Promise.reject(error) }).bytes()).rejects.toMatchObject({ code: 'changed_during_read', cause: error });
  });

  it('does not resume what it cannot identify', async () => {
    const { open, state } = service([{ after: 12, how: 'end' }]);
    await expect(open({ etag: undefined }).bytes()).rejects.toMatchObject({ code: 'unavailable' });
    expect(state.asked).toEqual([]);
  });

  it('refuses more bytes than were announced', async () => {
    await expect(service().open({ sizeInBytes: 35 }).bytes()).rejects.toThrow('More than the 35 announced bytes');
  });

  it('resumes when the service falls silent', async () => {
    const { open, state } = service([{ after: 12, how: 'hang' }]);
    expect(await open({ idleTimeoutInMs: 5 }).text()).toBe(content.toString());
    expect(state.asked).toEqual([{ start: 12, end: 35 }]);
  });

  it('does not wait for the end of a body that is complete', async () => {
    const { open } = service([{ after: 36, how: 'hang' }]);
    expect(await open({ idleTimeoutInMs: 5 }).text()).toBe(content.toString());
  });

  it('ends with the reason of an abort, closes the connection, and leaves no listener', async () => {
    const { open, state } = service([{ after: 12, how: 'hang' }]);
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    const reading = open({ abortSignal: controller.signal }).bytes();
    await sleep(2);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(state.discarded).toBeGreaterThan(0);
    expect(remove).toHaveBeenCalled();
  });

  it('holds the call’s own deadline while reading', async () => {
    const { open } = service([{ after: 12, how: 'hang' }]);
    await expect(open({ timeoutInMs: 5 }).bytes()).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('closes the connection when the reader leaves early, is disposed of, or cancels the stream', async () => {
    const left = service();
    for await (const chunk of left.open()) if (chunk.length > 0) break;
    expect(left.state.discarded).toBe(1);
    const disposed = service();
    {
      await using body = disposed.open();
      expect(body.bodyUsed).toBe(false);
    }
    expect(disposed.state.discarded).toBe(1);
    const cancelled = service();
    await cancelled.open().stream().cancel();
    expect(cancelled.state.discarded).toBe(1);
  });

  it('keeps a small body that nobody reads, without its connection', async () => {
    const { open, state } = service();
    const body = open({ parkAfterInMs: 1 });
    await sleep(10);
    expect(await body.text()).toBe(content.toString());
    expect(state.asked).toEqual([]);
  });

  it('asks again when a kept body turns out to be short', async () => {
    const { open, state } = service([{ after: 7, how: 'end' }]);
    const body = open({ parkAfterInMs: 1 });
    await sleep(10);
    expect(await body.text()).toBe(content.toString());
    expect(state.asked).toEqual([{ start: 7, end: 35 }]);
  });

  it('closes the connection of a small body that stalls while nobody reads it', async () => {
    const { open, state } = service([{ after: 7, how: 'hang' }]);
    const body = open({ parkAfterInMs: 1, idleTimeoutInMs: 5 });
    await sleep(30);
    expect(state.discarded).toBe(1);
    expect(await body.text()).toBe(content.toString());
    const forgotten = service([{ after: 7, how: 'hang' }]);
    const unread = forgotten.open({ parkAfterInMs: 1 });
    await sleep(5);
    await unread.discard();
    expect(forgotten.state.discarded).toBe(1);
  });

  it('closes a large body that nobody reads, and asks again when somebody does', async () => {
    const size = 100_000;
    let discarded = 0;
    async function* chunks(length: number) {
      for (let at = 0; at < length; at += 1000) yield new Uint8Array(1000);
    }
    const reopen = vi.fn(async ({ start, end }: BodyRange): Promise<BodyAnswer> => ({ chunks: chunks(size - start), range: { start, end: end as number } }));
    const body = new ResumableBody({ where, body: { chunks: chunks(size), discard: async () => void discarded++ }, sizeInBytes: size, etag: 'v1', reopen, parkAfterInMs: 1 });
    await sleep(10);
    expect(discarded).toBe(1);
    expect((await body.bytes()).length).toBe(size);
    expect(reopen.mock.calls.map(([range]) => range)).toEqual([{ start: 0, end: size - 1 }]);
  });

  it('gives the connection back while its reader pauses, and goes on afterwards', async () => {
    const { open, state } = service();
    const reader = open({ idleTimeoutInMs: 5 })[Symbol.asyncIterator]();
    const parts = [(await reader.next()).value as Uint8Array];
    await sleep(30);
    expect(state.discarded).toBe(1);
    for (let next = await reader.next(); !next.done; next = await reader.next()) parts.push(next.value);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(state.asked).toEqual([{ start: 5, end: 35 }]);
  });

  it('checks the digest at the end, across a break', async () => {
    const crc32 = await checksumOf('crc32', content);
    expect(await service([{ after: 12, how: 'reset' }]).open({ checksums: { crc32 } }).text()).toBe(content.toString());
    await expect(service().open({ checksums: { crc32: 'AAAAAA==' } }).bytes()).rejects.toMatchObject({ code: 'checksum_mismatch', phase: 'verify' });
    await expect(new ResumableBody({ where, body: content, sizeInBytes: content.length, checksums: { crc32: 'AAAAAA==' } }).bytes()).rejects.toMatchObject({ code: 'checksum_mismatch' });
  });

  it('cannot check what cannot be computed here, and says so when it must', async () => {
    const checksums = { crc64nvme: 'AAAAAAAAAAA=' };
    expect(await service().open({ checksums }).text()).toBe(content.toString());
    await expect(service().open({ checksums, mustVerify: true }).bytes()).rejects.toMatchObject({ code: 'missing_dependency' });
  });

  it('tells progress', async () => {
    const seen: unknown[] = [];
    await service().open({ onProgress: (event) => seen.push(event) }).bytes();
    expect(seen.at(-1)).toEqual({ transferredInBytes: 36, totalInBytes: 36 });
  });

  it('reads an empty body, and one of unknown size', async () => {
    expect(await new ResumableBody({ where, body: new Uint8Array(0), sizeInBytes: 0 }).text()).toBe('');
    expect(await service().open({ sizeInBytes: undefined }).text()).toBe(content.toString());
  });
});
