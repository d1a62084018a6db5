import { execFile } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os, { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HashThread, type HashThreadOptions, type SharedBytes } from './hash-thread.ts';
import { PayloadHasher } from './payload-hasher.ts';
import { platformSigningCrypto } from './signing-crypto.ts';

const MEBIBYTE = 1024 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const HERE = 'hashed here';

const sharedBytes = (sizeInBytes: number): SharedBytes => randomFillSync(new Uint8Array(new SharedArrayBuffer(sizeInBytes)));

let thread: HashThread | undefined;
afterEach(() => thread?.close());

function start(options: Partial<HashThreadOptions> = {}): HashThread {
  thread = HashThread.start({ hashHere: () => HERE, ...options });
  if (thread === undefined) throw new Error('No thread could be started');
  return thread;
}

/** Threads are not started on machines with one core. */
const hasOneCore = availableParallelism() < 2;

// Needs threads: see `hasOneCore`.
describe.skipIf(hasOneCore)('a thread that hashes', () => {
  it.each([0, 1, 9 * MEBIBYTE + 17])('hashes %i bytes', async (sizeInBytes) => {
    const bytes = sharedBytes(sizeInBytes);
    expect(await start().hash(bytes)).toBe(sha256(bytes));
  });

  it('keeps many payloads at once apart, and answers in the order of the questions', async () => {
    const hasher = start();
    const payloads = Array.from({ length: 25 }, (_, index) => sharedBytes((index * 700_001) % (3 * MEBIBYTE)));
    const answered: number[] = [];
    const digests = await Promise.all(payloads.map((bytes, index) => hasher.hash(bytes).finally(() => answered.push(index))));
    expect(digests).toEqual(payloads.map(sha256));
    expect(answered).toEqual(Array.from(payloads.keys()));
  });

  it('hashes a view of a larger memory, and that alone', async () => {
    const memory = sharedBytes(4 * MEBIBYTE);
    const view = memory.subarray(1000, 1000 + 2 * MEBIBYTE);
    expect(await start().hash(view)).toBe(sha256(view));
  });

  it('hashes here what a thread that breaks leaves undone, and everything after', async () => {
    const reasons: string[] = [];
    const hasher = start({ threads: { Worker: Breaking }, hashHere: sha256, onEnd: (reason) => reasons.push(reason) });
    const payloads = Array.from({ length: 6 }, () => sharedBytes(2 * MEBIBYTE));
    expect(await Promise.all(payloads.map((bytes) => hasher.hash(bytes)))).toEqual(payloads.map(sha256));
    expect(await hasher.hash(payloads[0] as SharedBytes)).toBe(sha256(payloads[0] as SharedBytes));
    expect(hasher.isReady).toBe(false);
    expect(reasons).toEqual(['failed']);
  });

  it('hashes here what is left when it is closed', async () => {
    const hasher = start();
    const left = [hasher.hash(sharedBytes(8 * MEBIBYTE)), hasher.hash(sharedBytes(8 * MEBIBYTE))];
    hasher.close();
    expect(await Promise.all([...left, hasher.hash(sharedBytes(3))])).toEqual([HERE, HERE, HERE]);
  });

  it('ends when nobody needs it for a while', async () => {
    const bytes = sharedBytes(MEBIBYTE);
    const reason = await new Promise((resolve) => {
      void start({ idleTimeoutInMs: 20, onEnd: resolve }).hash(bytes);
    });
    expect(reason).toBe('idle');
    expect(await thread?.hash(bytes)).toBe(HERE);
  });

  it('is not there where threads may not be started', () => {
    expect(HashThread.start({ hashHere: () => HERE, threads: { Worker: Forbidden } })).toBeUndefined();
  });

  it('keeps a program alive while a digest is waited for, not longer, and takes over nothing of its set-up', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cmx-hash-'));
    try {
      const preloaded = join(directory, 'preloaded.cjs');
      await writeFile(preloaded, `console.log(require('node:worker_threads').isMainThread ? 'preloaded' : 'preloaded into the thread');`);
      const program = `
        const { HashThread } = await import(${JSON.stringify(new URL('hash-thread.ts', import.meta.url).href)});
        const thread = HashThread.start({ hashHere: () => '${HERE}', idleTimeoutInMs: 2 ** 30 });
        console.log(await thread.hash(new Uint8Array(new SharedArrayBuffer(${String(20 * MEBIBYTE)}))));`;
      const env = { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(preloaded)}` };
      const { stdout } = await promisify(execFile)(process.execPath, ['--require', preloaded, '--input-type=module', '--eval', program], { env });
      expect(stdout.trim().split('\n')).toEqual(['preloaded', sha256(new Uint8Array(20 * MEBIBYTE))]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('payloads', () => {
  const crypto = { ...platformSigningCrypto(), sha256Hex: () => HERE };
  const large = sharedBytes(MEBIBYTE);

  it('are hashed here while they are small or not shared, and the first few large ones too', async () => {
    const hasher = new PayloadHasher(crypto);
    const small = sharedBytes(MEBIBYTE - 1);
    const own = new Uint8Array(MEBIBYTE);
    for (let count = 0; count < 50; count++) expect([hasher.hash(small), hasher.hash(own)]).toEqual([HERE, HERE]);
    for (let count = 0; count < 4; count++) expect(hasher.hash(large)).toBe(HERE);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hasher.hash(small)).toBe(HERE);
    hasher.close();
  });

  // Needs threads: see `hasOneCore`.
  it.skipIf(hasOneCore)('are hashed aside when many large ones come, until the end', async () => {
    const hasher = new PayloadHasher(crypto);
    let digest = hasher.hash(large);
    while (typeof digest === 'string') {
      await new Promise((resolve) => setTimeout(resolve, 5));
      digest = hasher.hash(large);
    }
    expect(await digest).toBe(sha256(large));
    hasher.close();
    for (let count = 0; count < 10; count++) expect(hasher.hash(large)).toBe(HERE);
  });

  it('need no shared memory where there is one core, and after the end', () => {
    const cores = vi.spyOn(os, 'availableParallelism').mockReturnValueOnce(1).mockReturnValueOnce(2);
    expect(new PayloadHasher(crypto).mayHashAside).toBe(false);
    const hasher = new PayloadHasher(crypto);
    expect(hasher.mayHashAside).toBe(true);
    hasher.close();
    expect(hasher.mayHashAside).toBe(false);
    cores.mockRestore();
  });

  it('are hashed here after the end, even if a thread was on its way', async () => {
    const hasher = new PayloadHasher(crypto);
    for (let count = 0; count < 6; count++) expect(hasher.hash(large)).toBe(HERE);
    hasher.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hasher.hash(large)).toBe(HERE);
  });
});

/** Answers its first payload, and dies of the second. */
class Breaking extends Worker {
  constructor(_program: string | URL, options?: ConstructorParameters<typeof Worker>[1]) {
    super(
      `const { parentPort } = process.getBuiltinModule('node:worker_threads');
       const { createHash } = process.getBuiltinModule('node:crypto');
       parentPort.once('message', (bytes) => {
         parentPort.postMessage(createHash('sha256').update(bytes).digest('hex'));
         parentPort.once('message', () => process.exit(3));
       });`,
      options,
    );
  }
}

/** As Node refuses under its permission model. */
const Forbidden = class {
  constructor() {
    throw new Error('Access to this API has been restricted');
  }
} as unknown as typeof Worker;
