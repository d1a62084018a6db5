import { expect } from 'vitest';
import type { RetryAfter } from '../../fault-proxy/faults.ts';
import { createSkippingClock } from '../../clock.ts';
import { collect, expectBytes, expectFailure, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked } from '../sources.ts';
import { QUICK_RETRY } from '../subject.ts';
import type { StorageSubject } from '../subject.ts';

const HOUR = 3_600_000;
const CALLERS = 20;

export function refusalsTopic(run: StorageRun): void {
  run.behaviour('21 refusals and retries', (it) => {
    const told: readonly (readonly [form: string, retryAfter: RetryAfter, atLeast: number, atMost: number])[] = [
      ['in seconds', 2, 2000, 2000],
      ['as a date', { dateInMs: 5000 }, 2000, 6000],
    ];
    for (const [form, retryAfter, atLeast, atMost] of told) {
      it(`waits as told ${form}, then reads`, { needs: ['wire'] }, async (subject) => {
        const key = await subject.put('object', 'content');
        const { client, proxy, sleeps } = await subject.faulty();
        proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown, retryAfter }, times: 1 });
        expect(await readText(client, subject.bucket, key)).toBe('content');
        expect(sleeps).toHaveLength(1);
        expect(sleeps[0]).toBeGreaterThanOrEqual(atLeast);
        expect(sleeps[0]).toBeLessThanOrEqual(atMost);
      });
    }
    it('does not wait for years when told to', { needs: ['wire'] }, async (subject) => {
      const { client, proxy, sleeps } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown, retryAfter: '99999999999999999999' } });
      const error = await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()), 'rate_limited', 'unavailable');
      expect(error.retryable).toBe(true);
      for (const sleep of sleeps) expect(sleep).toBeLessThanOrEqual(QUICK_RETRY.maxRetryAfterInMs);
    });
    it('waits by its own measure when told nonsense, or nothing', { needs: ['wire'] }, async (subject) => {
      const key = await subject.put('object', 'content');
      const { client, proxy, sleeps } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown, retryAfter: 'soon' }, times: 1 });
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown }, times: 1 });
      expect(await readText(client, subject.bucket, key)).toBe('content');
      expect(sleeps).toHaveLength(2);
      for (const sleep of sleeps) expect(sleep).toBeLessThanOrEqual(QUICK_RETRY.maxDelayInMs);
    });
    for (const status of [500, 502, 503, 408, 429]) {
      it(`repeats a read and a write after a ${status}`, { needs: ['wire'] }, async (subject) => {
        const { client, proxy } = await subject.faulty();
        proxy.use({ fault: { kind: 'status', status }, times: 1 });
        await client.putObject(subject.bucket, subject.key(), 'content');
        proxy.use({ fault: { kind: 'status', status }, times: 1 });
        expect(await readText(client, subject.bucket, subject.key())).toBe('content');
      });
    }
    it('sends a stream of unknown length again', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('writeObject', { kind: 'status', ...subject.wire.answers.internalError }, { times: 2 }));
      const bytes = subject.prng.bytes(10_000);
      await client.putObject(subject.bucket, subject.key(), chunked(bytes, 999));
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
    });
    it('sends a part again, the others once', { needs: ['wire', 'multipart', 'wire:uploadPart'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('uploadPart', { kind: 'status', ...subject.wire.answers.internalError }, { nth: 2, times: 1 }));
      const bytes = subject.prng.bytes(3 * subject.partSizeInBytes + 5);
      await client.putObject(subject.bucket, subject.key(), chunked(bytes, 5000), { partSizeInBytes: subject.partSizeInBytes });
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
      const pattern = subject.wire.requests.uploadPart!;
      expect(proxy.requests.filter(({ method, path }) => method === pattern.method && pattern.path.test(path))).toHaveLength(5);
    });
    it('gives up in the end, and says after how many attempts', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.internalError } });
      const error = await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()), 'unavailable');
      expect(error).toMatchObject({ attempts: QUICK_RETRY.maxAttempts, retryable: true, status: subject.wire.answers.internalError.status });
      expect(proxy.requests).toHaveLength(QUICK_RETRY.maxAttempts);
    });
    it('repeats nothing that is refused for good', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.forbidden } });
      const error = await expectFailure(client.putObject(subject.bucket, subject.key(), 'content'), 'permission_denied');
      expect(error).toMatchObject({ retryable: false, attempts: 1 });
      expect(proxy.requests).toHaveLength(1);
    });
    it('repeats a call whose connection was reset', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'reset', by: 'rst' }, times: 1 });
      await client.putObject(subject.bucket, subject.key(), 'content');
      proxy.use({ fault: { kind: 'reset', by: 'fin' }, times: 1 });
      expect(await readText(client, subject.bucket, subject.key())).toBe('content');
    });
    it('says that nobody listens', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      await proxy.refuseConnections();
      const error = await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()), 'unavailable');
      expect(error).toMatchObject({ retryable: true, phase: 'connect', attempts: QUICK_RETRY.maxAttempts });
    });
    it('says that there is no such host', { needs: ['wire'] }, async (subject) => {
      // Labels have at most 63 characters, so that no name server is asked.
      const client = await subject.openAt(`http://${'x'.repeat(64)}.invalid`);
      const error = await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()), 'unavailable');
      expect(error.phase).toBe('connect');
      expect(error.attempts).toBeLessThanOrEqual(QUICK_RETRY.maxAttempts);
    });
    it('repeats a write that met another one under way, and says so when it always does', { needs: ['wire', 'passingConflicts'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      for (const [index, conflict] of subject.wire.answers.passingConflicts!.entries()) {
        proxy.use(subject.rule('writeObject', { kind: 'status', ...conflict }, { times: 1 }));
        await client.putObject(subject.bucket, subject.key(`object-${index}`), `content ${index}`);
        expect(await readText(client, subject.bucket, subject.key(`object-${index}`))).toBe(`content ${index}`);
        const rule = subject.rule('writeObject', { kind: 'status', ...conflict }, { times: QUICK_RETRY.maxAttempts });
        proxy.use(rule);
        const error = await expectFailure(client.putObject(subject.bucket, subject.key('other'), 'content'), 'conflict');
        expect(error).toMatchObject({ retryable: true, attempts: QUICK_RETRY.maxAttempts, status: conflict.status });
      }
      expect(await subject.client.objectExists(subject.bucket, subject.key('other'))).toBe(false);
    });
    it('looks for a bucket in the region it is said to be in, and not for ever', { needs: ['wire', 'wrongRegion'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.wrongRegion! } });
      const error = await expectFailure(client.putObject(subject.bucket, subject.key(), 'content'), 'invalid_argument');
      expect(error).toMatchObject({ retryable: false, phase: 'response' });
      const [first, second, ...more] = proxy.requests.map(({ headers }) => headers.authorization);
      expect(more).toEqual([]);
      expect(second).toBeDefined();
      expect(second).not.toBe(first);
    });
    it('says that the other side speaks no TLS, instead of waiting for it', { needs: ['wire'] }, async (subject) => {
      const { proxy } = await subject.faulty();
      const client = await subject.openAt(proxy.url.replace('http:', 'https:'));
      await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()));
      expect(proxy.requests).toEqual([]);
    });
    it('never takes the page of a middlebox for an answer', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'html' } });
      await expectFailure(collect(client.listObjects(subject.bucket, { prefix: subject.prefix })));
    });
    it('does not carry its signature to where it is redirected', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'redirect', location: `${proxy.url}/elsewhere` } });
      await expectFailure(client.getObjectMetadata(subject.bucket, subject.key()));
      expect(proxy.requests.filter(({ path }) => path.startsWith('/elsewhere'))).toEqual([]);
    });
  });

  run.behaviour('22 clock skew', (it) => {
    for (const [direction, offsetInMs] of [['ahead', HOUR], ['behind', -HOUR]] as const) {
      it(`learns the service's time when its own is an hour ${direction}, for ${CALLERS} calls at once`, { needs: ['wire', 'clockSkewAnswer'] }, async (subject) => {
        const key = await subject.put('object', 'content');
        const { client, proxy } = await subject.faulty({ clock: createSkippingClock(offsetInMs) });
        proxy.use({ fault: { kind: 'clock-skew', offsetInMs: 0, toleranceInMs: 15 * 60_000, refusal: subject.wire.answers.clockSkew } });
        await Promise.all(Array.from({ length: CALLERS }, () => client.getObjectMetadata(subject.bucket, key)));
        const before = proxy.requests.length;
        await client.getObjectMetadata(subject.bucket, key);
        expect(proxy.requests.length - before, 'requests once the time is known').toBe(1);
      });
    }
  });

  run.behaviour('23 expiring credentials', (it) => {
    it(`renews them once for ${CALLERS} calls at once`, { needs: ['wire', 'renewal'] }, async (subject) => {
      const key = await subject.put('object', 'content');
      const { client, renewals } = await expiringAfter(subject, 0);
      const read = await Promise.all(Array.from({ length: CALLERS }, () => readText(client, subject.bucket, key)));
      expect(new Set(read)).toEqual(new Set(['content']));
      expect(renewals()).toBe(1);
    });
    it('renews them in the middle of a list', { needs: ['wire', 'renewal'] }, async (subject) => {
      const keys = [await subject.put('a'), await subject.put('b'), await subject.put('c')];
      const { client, renewals } = await expiringAfter(subject, 1);
      const seen: string[] = [];
      for await (const page of client.listObjects(subject.bucket, { prefix: subject.prefix }).byPage({ maxPageSize: 1 })) {
        for (const entry of page.items) if (entry.type === 'object') seen.push(entry.key);
      }
      expect(seen).toEqual(keys);
      expect(renewals()).toBe(1);
    });
    it('renews them in the middle of an upload, and sends the part again', { needs: ['wire', 'renewal', 'multipart'] }, async (subject) => {
      const bytes = subject.prng.bytes(4 * subject.partSizeInBytes);
      const { client, renewals } = await expiringAfter(subject, 2);
      await client.putObject(subject.bucket, subject.key(), chunked(bytes, 5000), { partSizeInBytes: subject.partSizeInBytes });
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
      expect(renewals()).toBe(1);
    });
    it('does not go on for ever when the new ones are refused too', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty({ onRenewal: () => undefined });
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.expiredCredentials } });
      await expectFailure(client.getObject(subject.bucket, subject.key()), 'unauthenticated', 'permission_denied');
      expect(proxy.requests.length).toBeLessThanOrEqual(QUICK_RETRY.maxAttempts);
    });
  });
}

async function expiringAfter(subject: StorageSubject, afterRequests: number) {
  let count = 0;
  const { client, proxy } = await subject.faulty({
    onRenewal: () => {
      count += 1;
    },
  });
  proxy.use({ fault: { kind: 'expire-credentials', afterRequests, refusal: subject.wire.answers.expiredCredentials } });
  return { client, renewals: () => count };
}
