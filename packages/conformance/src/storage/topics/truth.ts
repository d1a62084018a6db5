import { CHECKSUM_ALGORITHMS } from '@cmx/cloud-core';
import type { PresignMethod } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { collect, expectFailure } from '../../suite/assertions.ts';
import { REFUSED_CALLS } from '../disclaimed-calls.ts';
import type { RefusedTarget } from '../disclaimed-calls.ts';
import { claimedNeeds, disclaimedFeatures } from '../needs.ts';
import type { StorageContractOptions } from '../harness.ts';
import type { StorageRun } from '../run.ts';
import { createFakeClock } from '../../clock.ts';
import { QUICK_RETRY } from '../subject.ts';
import type { StorageSubject } from '../subject.ts';

const PRESIGN_METHODS: readonly PresignMethod[] = ['GET', 'PUT', 'HEAD', 'DELETE'];

/** What a call gives whose method the client's type leaves out. */
const METHOD_ABSENT = Symbol('method absent');

export function nativeTopic(run: StorageRun): void {
  run.behaviour('38 native hatch', (it) => {
    it('leads to the same store', { needs: ['nativeRead'] }, async (subject) => {
      const key = await subject.put('object', 'seen from both sides');
      expect(await subject.nativeRead?.(subject.client, subject.bucket, key)).toBe('seen from both sides');
    });
  });
}

export function layersTopic(run: StorageRun): void {
  run.behaviour('40 layers', (it) => {
    it('holds all attempts and pauses to one deadline', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty({ retry: { ...QUICK_RETRY, maxAttempts: 1000 }, clock: createFakeClock(Date.now()) });
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.internalError } });
      const error = await expectFailure(client.getObjectMetadata(subject.bucket, subject.key(), { timeoutInMs: 100 }), 'timeout');
      expect(error.phase).toBe('total');
    });
    it('signs every attempt anew', { needs: ['wire', 'clockSkewAnswer'] }, async (subject) => {
      const key = await subject.put('object');
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'status', ...subject.wire.answers.slowDown, retryAfter: 5 }, times: 1 });
      await client.getObjectMetadata(subject.bucket, key);
      const [first, second] = proxy.requests.map(({ headers }) => headers.authorization);
      expect(second).toBeDefined();
      expect(second).not.toBe(first);
    });
  });
}

/** Comes last: it judges what the other cases have exercised. */
export function truthTopic(run: StorageRun, { capabilities }: StorageContractOptions): void {
  run.behaviour('39 capability truth', (it) => {
    it('is the table the contract was described with', {}, async ({ client }) => {
      expect(client.capabilities).toEqual(capabilities);
    });
    for (const feature of disclaimedFeatures(capabilities)) {
      const call = REFUSED_CALLS[feature];
      if (call) it(`refuses ${feature} before any request`, {}, (subject) => expectUnsupported(subject, call));
    }
    if (capabilities.delimiter !== 'any') {
      const delimiter = capabilities.delimiter === 'slash' ? '|' : '/';
      it(`refuses the delimiter ${delimiter} before any request`, {}, (subject) =>
        expectUnsupported(subject, ({ client, bucket }) => collect(client.listObjects(bucket, { delimiter }))),
      );
    }
    for (const method of PRESIGN_METHODS.filter((each) => !capabilities.presignedUrls.includes(each))) {
      it(`refuses to presign ${method} before any request`, {}, (subject) =>
        expectUnsupported(subject, ({ client, bucket, key }) => client.generatePresignedUrl(bucket, key, { method })),
      );
    }
    for (const checksumAlgorithm of CHECKSUM_ALGORITHMS.filter((each) => !capabilities.checksums.includes(each))) {
      it(`refuses ${checksumAlgorithm} before any request`, {}, (subject) =>
        expectUnsupported(subject, ({ client, bucket, key }) => client.putObject(bucket, key, 'content', { checksumAlgorithm })),
      );
    }
    it('refuses options it does not know', {}, async ({ client, bucket }) => {
      await expectFailure(client.bucketExists(bucket, { unknownOption: true } as object), 'invalid_argument');
    });
    it('has shown every capability it claims', {}, async () => {
      // A filtered run has not seen enough to judge.
      if (!run.complete) return;
      const unproven = claimedNeeds(capabilities).filter((need) => run.exercisable.has(need) && !run.exercised.has(need));
      expect(unproven).toEqual([]);
    });
  });
}

async function expectUnsupported(subject: StorageSubject, call: (target: RefusedTarget) => Promise<unknown> | undefined): Promise<void> {
  const onWire = subject.speaksHttp ? await subject.faulty() : undefined;
  const key = await subject.put('object');
  const calling = (async () => call({ client: onWire?.client ?? subject.client, bucket: subject.bucket, key }) ?? METHOD_ABSENT)();
  if ((await calling.catch(() => undefined)) === METHOD_ABSENT) return;
  const error = await expectFailure(calling, 'unsupported');
  expect(error.phase).toBe('arguments');
  if (onWire) expect(onWire.proxy.requests).toEqual([]);
  expect(await subject.listKeys()).toEqual([key]);
}
