import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumOf } from '../body/checksum.ts';
import { NotFoundError, PreconditionFailedError, UnavailableError } from '../errors/errors.ts';
import type { BodyInput } from '../body/types.ts';
import type { ObjectMetadata, PutObjectResult, UploadedPart } from '../storage/models.ts';
import { planParts } from './part-plan.ts';
import { uploadBody, type UploadBodyOptions } from './upload-body.ts';
import type { MultipartTarget, UploadCall, UploadTarget } from './upload-target.ts';

const where = { provider: 'memory', operation: 'putObject' };
const md5 = async (bytes: Uint8Array) => Buffer.from(await checksumOf('md5', bytes), 'base64').toString('hex');

/** A service in a few lines, with hooks where a test wants something to go wrong. */
class FakeTarget implements UploadTarget {
  limits = { maxObjectBytes: 1e6, maxSinglePutBytes: 1e5, minPartBytes: 1, maxPartBytes: 1e5, maxParts: 1000 };
  stored: Buffer | undefined;
  log: string[] = [];
  buffers = new Set<ArrayBufferLike>();
  atOnce = 0;
  mostAtOnce = 0;
  parts = new Map<number, Buffer>();
  onPart: (partNumber: number, call: UploadCall) => Promise<void> | void = () => undefined;
  onPut: (attempt: number) => void = () => undefined;
  onComplete: (store: () => void) => void = (store) => store();
  completion: UploadCall | undefined;

  async put(body: Uint8Array, _call: UploadCall): Promise<PutObjectResult> {
    this.log.push('put');
    this.onPut(1);
    this.stored = Buffer.from(body);
    return { etag: await md5(body), sizeInBytes: body.length };
  }

  async head(): Promise<ObjectMetadata> {
    this.log.push('head');
    if (!this.stored) throw new NotFoundError('nothing there');
    const etags = await Promise.all([...this.parts.values()].map(md5));
    const etag = etags.length > 0 ? `${await md5(Buffer.from(etags.join(''), 'hex'))}-${String(etags.length)}` : await md5(this.stored);
    return { key: 'k', sizeInBytes: this.stored.length, etag, lastModified: new Date(), metadata: {} };
  }

  multipart: MultipartTarget | undefined = {
    create: async () => `upload-${String(this.log.push('create'))}`,
    uploadPart: async (_uploadId, partNumber, body, call) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
      this.buffers.add(body.buffer);
      try {
        await new Promise((resolve) => setImmediate(resolve));
        await this.onPart(partNumber, call);
        this.parts.set(partNumber, Buffer.from(body));
        return { partNumber, etag: await md5(body), sizeInBytes: body.length, checksums: call.checksums };
      } finally {
        this.atOnce--;
      }
    },
    complete: async (_uploadId, parts, call) => {
      this.log.push('complete');
      this.completion = call;
      const whole = Buffer.concat(parts.map(({ partNumber }: UploadedPart) => this.parts.get(partNumber) as Buffer));
      this.onComplete(() => (this.stored = whole));
      return { etag: `x-${String(parts.length)}`, sizeInBytes: whole.length };
    },
    abort: async () => void this.log.push('abort'),
  };
}

const upload = (target: UploadTarget, body: BodyInput, options: Partial<UploadBodyOptions> = {}) => uploadBody(target, body, { where, partSizeInBytes: 10, ...options });

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

describe('uploadBody', () => {
  it('stores any body, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('bytes', 'stream', 'sized', 'blob'), async (bytes, chunk, part, kind) => {
        const target = new FakeTarget();
        const body = kind === 'bytes' ? bytes : kind === 'blob' ? new Blob([bytes]) : chunksOf(bytes, chunk);
        const result = await upload(target, body, { partSizeInBytes: part, sizeInBytes: kind === 'sized' ? bytes.length : undefined });
        expect(target.stored?.equals(bytes)).toBe(true);
        expect(result.sizeInBytes).toBe(bytes.length);
        expect(target.log).toEqual(bytes.length <= part ? ['put'] : ['create', 'complete']);
      }),
    );
  });

  it('puts parts into the memory the target asks for, a body at hand and the first part of a stream too', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    for (const body of [bytes, chunksOf(bytes, 70_000)]) {
      const target = new FakeTarget();
      const made = new Set<ArrayBufferLike>();
      const partMemory = (sizeInBytes: number): Uint8Array => {
        const memory = new Uint8Array(new SharedArrayBuffer(sizeInBytes));
        made.add(memory.buffer);
        return memory;
      };
      target.multipart = { ...(target.multipart as MultipartTarget), partMemory };
      await upload(target, body, { partSizeInBytes: 100_000, concurrency: 1 });
      expect(target.stored?.equals(bytes)).toBe(true);
      expect(target.buffers.size).toBeGreaterThan(0);
      expect([...target.buffers].filter((buffer) => !made.has(buffer))).toEqual([]);
    }
  });

  it('never uses more buffers than concurrency + 1, and sends that many at once', async () => {
    const target = new FakeTarget();
    await upload(target, chunksOf(new Uint8Array(500), 3), { concurrency: 3 });
    expect(target.buffers.size).toBeLessThanOrEqual(4);
    expect(target.mostAtOnce).toBe(3);
  });

  it('tells progress to the end, and nothing afterwards', async () => {
    const seen: number[] = [];
    await upload(new FakeTarget(), chunksOf(new Uint8Array(25), 4), { sizeInBytes: 25, onProgress: ({ transferredInBytes, totalInBytes }) => seen.push(transferredInBytes, totalInBytes ?? 0) });
    expect(seen).toEqual([10, 25, 20, 25, 25, 25]);
  });

  it.each([
    ['is shorter than declared', { sizeInBytes: 30 }, 'ended after 25 bytes'],
    ['is longer than declared', { sizeInBytes: 12 }, 'has more'],
  ])('stores nothing when the body %s', async (_, options, message) => {
    const target = new FakeTarget();
    await expect(upload(target, chunksOf(new Uint8Array(25), 4), options)).rejects.toThrow(message);
    expect(target.stored).toBeUndefined();
    expect(target.log).toEqual(['create', 'abort']);
  });

  it('closes the source and aborts the upload when a part fails, and stops its siblings', async () => {
    const target = new FakeTarget();
    const signals: AbortSignal[] = [];
    let returned = false;
    async function* endless() {
      try {
        for (;;) yield new Uint8Array(5);
      } finally {
        returned = true;
      }
    }
    target.onPart = (partNumber, { abortSignal }) => {
      signals.push(abortSignal as AbortSignal);
      abortSignal?.throwIfAborted();
      if (partNumber === 3) throw new UnavailableError('part 3 is doomed');
      return new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error)));
    };
    const progress: unknown[] = [];
    await expect(upload(target, endless(), { onProgress: (event) => progress.push(event) })).rejects.toThrow('part 3 is doomed');
    expect(target.log).toEqual(['create', 'abort']);
    expect(returned).toBe(true);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(progress).toEqual([]);
  });

  it('rethrows the reason of an abort, and cleans up with a signal of its own', async () => {
    const target = new FakeTarget();
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    let aborting: AbortSignal | undefined;
    target.multipart!.abort = async (_, call) => void (aborting = call.abortSignal);
    target.onPart = () => {
      controller.abort(reason);
      return new Promise(() => undefined);
    };
    await expect(upload(target, new Uint8Array(100), { abortSignal: controller.signal, graceInMs: 5 })).rejects.toBe(reason);
    expect(aborting?.aborted).toBe(false);
  });

  it('does nothing at all when aborted before', async () => {
    const target = new FakeTarget();
    await expect(upload(target, 'x', { abortSignal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(target.log).toEqual([]);
  });

  it('fails with the part’s error even when cleaning up fails', async () => {
    const target = new FakeTarget();
    const warnings: string[] = [];
    target.onPart = () => Promise.reject(new UnavailableError('gone'));
    target.multipart!.abort = () => Promise.reject(new UnavailableError('also gone'));
    const logger = { debug: () => undefined, info: () => undefined, error: () => undefined, warn: (_: object, message: string) => void warnings.push(message) };
    await expect(upload(target, new Uint8Array(100), { logger })).rejects.toThrow('gone');
    expect(warnings).toHaveLength(1);
  });

  it('sends a checksum with each part and, where services can check it, of the whole', async () => {
    const target = new FakeTarget();
    const sent: unknown[] = [];
    target.onPart = (_, { checksums }) => void sent.push(checksums);
    const body = Buffer.from('0123456789abcdefghij!');
    await upload(target, body, { checksumAlgorithm: 'crc32', concurrency: 1 });
    expect(sent).toEqual([{ crc32: await checksumOf('crc32', body.subarray(0, 10)) }, { crc32: await checksumOf('crc32', body.subarray(10, 20)) }, { crc32: await checksumOf('crc32', body.subarray(20)) }]);
    expect(target.completion).toMatchObject({ checksums: { crc32: await checksumOf('crc32', body) }, checksumType: 'full_object' });
    await upload(target, body, { checksumAlgorithm: 'sha256' });
    expect(target.completion).toMatchObject({ checksums: undefined, checksumType: 'composite' });
  });

  it.each([['at once', 5], ['in parts', 25]])('holds the caller’s digest against the bytes (%s)', async (_, size) => {
    const body = new Uint8Array(size).fill(7);
    const target = new FakeTarget();
    await expect(upload(target, body, { checksums: { sha256: await checksumOf('sha256', new Uint8Array(size)) } })).rejects.toMatchObject({ code: 'checksum_mismatch' });
    expect(target.stored).toBeUndefined();
    await upload(target, body, { checksums: { sha256: await checksumOf('sha256', body) } });
    expect(target.stored?.length).toBe(size);
  });

  it('refuses what cannot fit before reading it', async () => {
    const target = new FakeTarget();
    await expect(upload(target, { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('read')) }) }, { sizeInBytes: 1e6 + 1 })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(target.log).toEqual([]);
  });

  it('gathers a stream where there are no parts, up to the largest put', async () => {
    const target = new FakeTarget();
    target.multipart = undefined;
    await upload(target, chunksOf(new Uint8Array(1e5), 999));
    expect(target.stored?.length).toBe(1e5);
    await expect(upload(target, chunksOf(new Uint8Array(1e5 + 1), 999))).rejects.toMatchObject({ code: 'invalid_argument' });
  });
});

describe('an upload whose answer is lost', () => {
  it('has succeeded when the object is there', async () => {
    const target = new FakeTarget();
    target.onComplete = (store) => {
      store();
      throw new UnavailableError('reset', { phase: 'first_byte' });
    };
    expect(await upload(target, new Uint8Array(25))).toMatchObject({ sizeInBytes: 25, etag: expect.stringMatching(/-3$/) as string });
    expect(target.log).toEqual(['create', 'complete', 'head']);
  });

  it('has not been applied when nothing is there', async () => {
    const target = new FakeTarget();
    target.onComplete = () => {
      throw new UnavailableError('reset', { phase: 'first_byte' });
    };
    await expect(upload(target, new Uint8Array(25))).rejects.toMatchObject({ code: 'unavailable', applied: false });
    expect(target.log).toEqual(['create', 'complete', 'head', 'abort']);
  });

  it('is unknown when something else of the same size is there', async () => {
    const target = new FakeTarget();
    target.onComplete = () => {
      target.stored = Buffer.alloc(25, 9);
      target.parts.clear();
      throw new UnavailableError('reset', { phase: 'first_byte' });
    };
    await expect(upload(target, new Uint8Array(25))).rejects.toMatchObject({ code: 'unavailable', applied: undefined });
  });

  it('is recognised when a repeated create-only put meets its own work', async () => {
    const target = new FakeTarget();
    target.onPut = () => {
      target.stored = Buffer.from('hello');
      throw new PreconditionFailedError('exists', { attempts: 2, phase: 'response' });
    };
    expect(await upload(target, 'hello')).toMatchObject({ etag: await md5(Buffer.from('hello')) });
    await expect(upload(target, 'other')).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  it('is not looked for when the service refused a put in so many words', async () => {
    const target = new FakeTarget();
    target.onPut = () => {
      throw new UnavailableError('503', { phase: 'response' });
    };
    await expect(upload(target, 'x')).rejects.toMatchObject({ code: 'unavailable' });
    expect(target.log).toEqual(['put']);
  });
});

describe('planParts', () => {
  const limits = { maxObjectBytes: 5 * 2 ** 40, maxSinglePutBytes: 5 * 2 ** 30, minPartBytes: 5 * 2 ** 20, maxPartBytes: 5 * 2 ** 30, maxParts: 10_000 };
  const target = { limits, multipart: {} } as UploadTarget;

  it('fits any known size into the parts there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: limits.maxObjectBytes }), (size) => {
        const { sizeOf } = planParts(target, size);
        return sizeOf(1) * limits.maxParts >= size && sizeOf(1) <= limits.maxPartBytes && sizeOf(1) === sizeOf(9999);
      }),
    );
  });

  it('lets parts of a stream grow late, and reaches the largest object', () => {
    const { sizeOf } = planParts(target, undefined);
    expect(sizeOf(5000)).toBe(8 * 2 ** 20);
    let total = 0;
    for (let part = 1; part <= limits.maxParts; part++) total += sizeOf(part);
    expect(total).toBeGreaterThan(limits.maxObjectBytes);
    const equal = planParts({ limits, multipart: { equalParts: true } } as UploadTarget, undefined);
    expect(equal.sizeOf(10_000)).toBe(8 * 2 ** 20);
  });

  it('keeps within the service’s bounds', () => {
    expect(planParts(target, 10, 1).sizeOf(1)).toBe(limits.minPartBytes);
    expect(planParts({ limits } as UploadTarget, 10).wholeBytes).toBe(limits.maxSinglePutBytes);
  });
});
