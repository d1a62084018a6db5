import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CloudError } from '../errors/cloud-error.ts';
import { openBody, type BodySource } from './source.ts';
import type { BodyInput } from './types.ts';

const where = { provider: 'memory', operation: 'putObject', resource: { type: 'object', name: 'b/k' } };
const open = (body: unknown, options: object = {}): BodySource => openBody(body as BodyInput, { where, ...options });

async function drain(source: BodySource, bufferSize = 7): Promise<Buffer> {
  const parts: Buffer[] = [];
  const buffer = new Uint8Array(bufferSize);
  for (;;) {
    const filled = await source.fill(buffer);
    parts.push(Buffer.from(buffer.subarray(0, filled)));
    if (filled < bufferSize) return Buffer.concat(parts);
  }
}

function generator(chunks: (Uint8Array | string)[]) {
  const state = { closed: false };
  async function* generate() {
    try {
      yield* chunks;
    } finally {
      state.closed = true;
    }
  }
  return { state, body: generate() };
}

const bytes = Buffer.from('The quick brown fox jumps over the lazy dog — ünïcode');

describe('openBody', () => {
  const kinds: [string, () => unknown, number | undefined][] = [
    ['a string', () => bytes.toString(), bytes.length],
    ['a Uint8Array', () => new Uint8Array(bytes), bytes.length],
    ['an ArrayBuffer', () => new Uint8Array(bytes).buffer, bytes.length],
    ['a Blob', () => new Blob([bytes]), bytes.length],
    ['a ReadableStream', () => new Blob([bytes]).stream(), undefined],
    ['a Node Readable', () => Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]), undefined],
    ['an async iterable of text and bytes', () => generator(['The quick ', bytes.subarray(10)]).body, undefined],
    ['an iterable', () => [bytes.subarray(0, 30), new Uint8Array(0), bytes.subarray(30)], undefined],
  ];
  it.each(kinds)('reads %s', async (_, make, size) => {
    const source = open(make());
    expect(source.sizeInBytes).toBe(size);
    expect((await drain(source)).equals(bytes)).toBe(true);
    expect(await source.atEnd()).toBe(true);
  });

  it.each([[undefined], [null], [5], [{}], [() => 1], [new Uint16Array(2)], [new DataView(new ArrayBuffer(2))]])('refuses %s', (body) => {
    expect(() => open(body)).toThrowError(expect.objectContaining({ code: 'invalid_argument', operation: 'putObject', provider: 'memory' }));
  });

  it('refuses a stream that is being read', () => {
    const stream = new Blob(['x']).stream();
    stream.getReader();
    expect(() => open(stream)).toThrow(/locked/);
  });

  it('holds the declared size against the known one', () => {
    expect(() => open('abc', { sizeInBytes: 4 })).toThrow('has 3 bytes; 4 were declared');
    expect(() => open(new Blob(['abc']), { sizeInBytes: 2 })).toThrow('has 3 bytes; 2 were declared');
  });
});

describe('a body in chunks', () => {
  it('gathers small chunks, splits large ones, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), fc.integer({ min: 1, max: 50 }), fc.boolean(), async (chunks, size, async) => {
        const whole = Buffer.concat(chunks);
        const source = open(async ? generator(chunks).body : chunks, { sizeInBytes: whole.length });
        expect((await drain(source, size)).equals(whole)).toBe(true);
        expect(await source.atEnd()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('looks ahead to know whether a full buffer was the last', async () => {
    const source = open(generator(['abcd', '', 'ef']).body);
    const buffer = new Uint8Array(4);
    expect(await source.fill(buffer)).toBe(4);
    expect(await source.atEnd()).toBe(false);
    expect(await source.fill(buffer)).toBe(2);
    expect(await source.atEnd()).toBe(true);
  });

  it('keeps nothing of the chunks it was given', async () => {
    const chunk = Buffer.from('aaaa');
    const source = open([chunk]);
    const buffer = new Uint8Array(4);
    await source.fill(buffer);
    chunk.fill('b');
    expect(Buffer.from(buffer).toString()).toBe('aaaa');
  });

  it.each([
    ['ends early', 10, /ended after 4 bytes; 10 bytes were declared/],
    ['is longer', 3, /has more; 3 bytes were declared/],
  ])('fails when it %s', async (_, sizeInBytes, message) => {
    const { body } = generator(['ab', 'cd']);
    await expect(drain(open(body, { sizeInBytes }))).rejects.toThrow(message);
  });

  it('finds bytes behind a declared size that ends with a chunk', async () => {
    const source = open(generator(['abc', 'd']).body, { sizeInBytes: 3 });
    expect(await source.fill(new Uint8Array(3))).toBe(3);
    await expect(source.atEnd()).rejects.toThrow('has more');
  });

  it('wraps what the source throws, and does not call it retryable', async () => {
    const broken = Readable.from(
      (async function* () {
        yield 'ab';
        throw new Error('disk on fire');
      })(),
    );
    const error = await drain(open(broken)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'unknown', retryable: false, phase: 'body', operation: 'putObject' });
    expect((error as CloudError).message).toContain('disk on fire');
  });

  it('refuses chunks that are not bytes', async () => {
    await expect(drain(open([1, 2]))).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('returns the generator on close', async () => {
    const { body, state } = generator(['ab', 'cd']);
    const source = open(body);
    await source.fill(new Uint8Array(2));
    await source.close();
    expect(state.closed).toBe(true);
    await expect(source.fill(new Uint8Array(2))).rejects.toThrow('closed before it was read');
  });

  it('stops waiting for a silent stream on abort, cancels it, and leaves no listener', async () => {
    let cancelled: unknown;
    const stream = new ReadableStream<Uint8Array>({ cancel: (reason) => void (cancelled = reason) });
    const controller = new AbortController();
    const source = open(stream, { abortSignal: controller.signal });
    const reading = source.fill(new Uint8Array(2));
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await source.close();
    expect(cancelled).toBe(reason);
  });

  it('destroys a silent Node stream on abort', async () => {
    const stream = new Readable({ read: () => undefined });
    const controller = new AbortController();
    const reading = open(stream, { abortSignal: controller.signal }).fill(new Uint8Array(2));
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(stream.destroyed).toBe(true);
  });

  it('gives up on a stream that goes silent', async () => {
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
    const source = open(stream, { idleTimeoutInMs: 5 });
    await expect(source.fill(new Uint8Array(2))).rejects.toMatchObject({ code: 'timeout', phase: 'idle' });
    await expect(source.fill(new Uint8Array(2))).rejects.toMatchObject({ code: 'timeout' });
  });
});
