import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import type { SeenRequest } from '../../fault-proxy/fault-proxy.ts';
import type { Fault } from '../../fault-proxy/faults.ts';
import { eventually, expectBytes, expectFailure, readBytes } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { QUICK_RETRY } from '../subject.ts';
import type { FaultyOptions, FaultySetup, StorageSubject } from '../subject.ts';

const SIZE = 400_000;
const BREAK_AT = 150_000;
const QUICK_FIRST_BYTE = { connectInMs: 10_000, firstByteInMs: 150, idleInMs: 10_000 };
const QUICK_IDLE = { connectInMs: 10_000, firstByteInMs: 10_000, idleInMs: 150 };
const ONCE = { ...QUICK_RETRY, maxAttempts: 1 };

export function brokenBodiesTopic(run: StorageRun): void {
  run.behaviour('13 connection breaks in the body', (it) => {
    for (const by of ['fin', 'rst'] as const) {
      it(`goes on where a ${by.toUpperCase()} broke the body`, { needs: ['wire', 'ranges'] }, async (subject) => {
        const { client, proxy, key, bytes } = await largeObject(subject);
        proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: BREAK_AT, by }, { times: 1 }));
        expectBytes(await readBytes(client, subject.bucket, key), bytes);
        expectResumption(proxy.requests[1]);
      });
      it(`fails, and never ends early, when a ${by.toUpperCase()} breaks it every time`, { needs: ['wire'] }, async (subject) => {
        const { client, proxy, key } = await largeObject(subject);
        proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: BREAK_AT, by }, { times: 1 }));
        proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: 0, by }));
        const error = await expectFailure(readBytes(client, subject.bucket, key), 'unavailable');
        expect(error).toMatchObject({ retryable: true, phase: 'body' });
        expect(proxy.requests.length).toBeLessThanOrEqual(1 + QUICK_RETRY.maxAttempts);
      });
    }
    it('says that the object changed when the rest is of another one', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, proxy, key } = await brokenOnce(subject, { kind: 'changed-object', etag: '"another"' });
      await expectFailure(readBytes(client, subject.bucket, key), 'changed_during_read');
      expectResumption(proxy.requests[1]);
    });
    it('says that the object changed when the service refuses the rest', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, key } = await brokenOnce(subject, { kind: 'status', status: 412 });
      await expectFailure(readBytes(client, subject.bucket, key), 'changed_during_read');
    });
    it('never joins a slice from another place', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, key } = await brokenOnce(subject, { kind: 'wrong-content-range', shiftByBytes: 7 });
      await expectFailure(readBytes(client, subject.bucket, key));
    });
    it('never joins the whole object to its beginning', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, key, bytes } = await brokenOnce(subject, { kind: 'ignore-range' });
      await expectWholeOrFailure(readBytes(client, subject.bucket, key), bytes);
    });
    it('never takes a shorter rest for all of it', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, key, bytes } = await brokenOnce(subject, { kind: 'shorten', toBytes: 20_000 });
      await expectWholeOrFailure(readBytes(client, subject.bucket, key), bytes);
    });
    it('survives breaks that come by chance', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, proxy, key, bytes } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: 90_000, by: 'rst' }, { probability: 0.5 }));
      for (let round = 0; round < 5; round += 1) expectBytes(await readBytes(client, subject.bucket, key), bytes);
      expect(proxy.requests.filter(({ fault }) => fault === 'truncate').length).toBeGreaterThan(0);
    });
  });

  run.behaviour('14 stalls', (it) => {
    it('gives up on an answer that does not begin', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key } = await largeObject(subject, { retry: ONCE, timeouts: QUICK_FIRST_BYTE });
      proxy.use({ fault: { kind: 'stall-headers' } });
      const read = await expectFailure(readBytes(client, subject.bucket, key), 'timeout');
      expect(read).toMatchObject({ phase: 'first_byte', retryable: true });
      const written = await expectFailure(client.putObject(subject.bucket, subject.key('other'), 'content'), 'timeout');
      expect(written.phase).toBe('first_byte');
    });
    it('gives up on a body that stops flowing, socket open', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key } = await largeObject(subject, { retry: ONCE, timeouts: QUICK_IDLE });
      proxy.use(subject.rule('readObject', { kind: 'stall-body', afterBytes: BREAK_AT }));
      const error = await expectFailure(readBytes(client, subject.bucket, key), 'timeout');
      expect(error.phase).toBe('idle');
      await eventually(() => proxy.requests[0]?.outcome).toBe('client-left');
    });
    it('goes on where a body stalled once', { needs: ['wire', 'ranges'] }, async (subject) => {
      const { client, proxy, key, bytes } = await largeObject(subject, { timeouts: QUICK_IDLE });
      proxy.use(subject.rule('readObject', { kind: 'stall-body', afterBytes: BREAK_AT }, { times: 1 }));
      expectBytes(await readBytes(client, subject.bucket, key), bytes);
      expectResumption(proxy.requests[1]);
    });
    it('does not mind a connection that stays open after the last byte', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key, bytes } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'stall-body', afterBytes: SIZE }));
      expectBytes(await readBytes(client, subject.bucket, key), bytes);
    });
    it('holds the whole call to its deadline, however steadily it trickles', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'trickle', bytesPerInterval: 100, intervalInMs: 10 }));
      const error = await expectFailure(readBytes(client, subject.bucket, key, { timeoutInMs: 200 }), 'timeout');
      expect(error.phase).toBe('total');
    });
  });

  run.behaviour('15 bodies without a length', (it) => {
    it('fails when a chunked body is cut short every time', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: BREAK_AT, by: 'fin', framing: 'chunked' }, { times: 1 }));
      proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: 0, by: 'fin', framing: 'chunked' }));
      await expectFailure(readBytes(client, subject.bucket, key));
    });
    it('reads or fails, but never ends early, when it is cut short once', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key, bytes } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: BREAK_AT, by: 'fin', framing: 'chunked' }, { times: 1 }));
      await expectWholeOrFailure(readBytes(client, subject.bucket, key), bytes);
    });
    it('reads one that is whole', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, key, bytes } = await largeObject(subject);
      proxy.use(subject.rule('readObject', { kind: 'rewrite-headers', headers: { 'content-length': null } }));
      expectBytes(await readBytes(client, subject.bucket, key), bytes);
    });
  });
}

type LargeObject = FaultySetup & { readonly key: string; readonly bytes: Uint8Array };

async function largeObject(subject: StorageSubject, options: FaultyOptions = {}): Promise<LargeObject> {
  const bytes = subject.prng.bytes(SIZE);
  const key = await subject.put('large', bytes);
  return { ...(await subject.faulty(options)), key, bytes };
}

/** The body breaks once; what is asked for afterwards meets another fault, every time. */
async function brokenOnce(subject: StorageSubject, afterwards: Fault): Promise<LargeObject> {
  const setup = await largeObject(subject);
  setup.proxy.use(subject.rule('readObject', { kind: 'truncate', afterBytes: BREAK_AT, by: 'fin' }, { times: 1 }));
  setup.proxy.use(subject.rule('readObject', afterwards));
  return setup;
}

/** The request asks for the rest, of the same state of the object. */
function expectResumption(request: SeenRequest | undefined): void {
  const range = request?.headers.range ?? request?.headers['x-ms-range'];
  expect(Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1])).toBeGreaterThan(0);
  expect(request?.headers['if-match'] ?? /[?&](?:ifGenerationMatch|generation)=/.exec(request?.path ?? '')?.[0], 'a condition on the version').toBeDefined();
}

async function expectWholeOrFailure(reading: Promise<Uint8Array>, expected: Uint8Array): Promise<void> {
  const outcome = await reading.catch((error: unknown) => error);
  if (outcome instanceof Uint8Array) expectBytes(outcome, expected);
  else expect(CloudError.is(outcome), String(outcome)).toBe(true);
}
