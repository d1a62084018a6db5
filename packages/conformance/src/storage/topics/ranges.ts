import { CloudError } from '@cmx/cloud-core';
import type { ByteRange } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectBytes, expectFailure, expectRefusal, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';

/** Slices of ten bytes, `0123456789`. */
const SLICES: readonly (readonly [description: string, range: ByteRange, text: string])[] = [
  ['the first byte', { start: 0, end: 0 }, '0'],
  ['a middle', { start: 3, end: 6 }, '3456'],
  ['the last byte', { start: 9, end: 9 }, '9'],
  ['the rest from a byte on', { start: 4 }, '456789'],
  ['all of it', { start: 0 }, '0123456789'],
  ['an end behind the object', { start: 8, end: 1000 }, '89'],
];

const SUFFIXES: readonly (readonly [description: string, range: ByteRange, text: string])[] = [
  ['the last three bytes', { suffix: 3 }, '789'],
  ['a suffix as long as the object', { suffix: 10 }, '0123456789'],
  ['a suffix longer than the object', { suffix: 1000 }, '0123456789'],
];

const NO_RANGES: readonly (readonly [description: string, range: ByteRange])[] = [
  ['a negative start', { start: -1 }],
  ['an end before the start', { start: 5, end: 4 }],
  ['half a byte', { start: 0.5 }],
  ['no number', { start: Number.NaN }],
  ['a negative suffix', { suffix: -1 }],
];

export function rangesTopic(run: StorageRun): void {
  run.behaviour('11 ranges', (it) => {
    for (const [description, range, text] of SLICES) {
      it(`reads ${description}`, { needs: ['ranges'] }, async (subject) => {
        const key = await subject.put('object', '0123456789');
        const object = await subject.client.getObject(subject.bucket, key, { range });
        expect(await object.text()).toBe(text);
        const start = '0123456789'.indexOf(text);
        expect(object.range).toEqual({ start, end: start + text.length - 1, totalSizeInBytes: 10 });
      });
    }
    for (const [description, range, text] of SUFFIXES) {
      it(`reads ${description}`, { needs: ['ranges', 'suffixRanges'] }, async (subject) => {
        const key = await subject.put('object', '0123456789');
        expect(await readText(subject.client, subject.bucket, key, { range })).toBe(text);
      });
    }
    it('refuses a start at or behind the end', { needs: ['ranges'] }, async (subject) => {
      const key = await subject.put('object', '0123456789');
      for (const start of [10, 1000]) {
        await expectFailure(subject.client.getObject(subject.bucket, key, { range: { start } }), 'range_not_satisfiable');
      }
    });
    it('refuses any start in an empty object', { needs: ['ranges'] }, async (subject) => {
      const key = await subject.put('object', '');
      await expectFailure(subject.client.getObject(subject.bucket, key, { range: { start: 0 } }), 'range_not_satisfiable');
    });
    for (const [description, range] of NO_RANGES) {
      it(`refuses ${description} before any request`, { needs: ['ranges'] }, async (subject) => {
        const key = await subject.put('object', '0123456789');
        await expectRefusal(subject.client.getObject(subject.bucket, key, { range }));
      });
    }
    it('reads slices of a large object', { needs: ['ranges'] }, async (subject) => {
      const bytes = subject.prng.bytes(300_000);
      const key = await subject.put('object', bytes);
      for (let start = 0; start < bytes.length; start += 70_001) {
        const end = Math.min(start + 70_000, bytes.length - 1);
        expectBytes(await readBytes(subject.client, subject.bucket, key, { range: { start, end } }), bytes.subarray(start, end + 1));
      }
    });
  });

  run.behaviour('12 ignored ranges', (it) => {
    it('never takes the whole object for the slice', { needs: ['wire', 'ranges'] }, async (subject) => {
      const key = await subject.put('object', '0123456789');
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'ignore-range' } });
      const outcome = await readText(client, subject.bucket, key, { range: { start: 3, end: 6 } }).catch((error: unknown) => error);
      expect(outcome === '3456' || CloudError.is(outcome), String(outcome)).toBe(true);
    });
    it('never takes another slice for the one asked for', { needs: ['wire', 'ranges'] }, async (subject) => {
      const key = await subject.put('object', '0123456789');
      const { client, proxy } = await subject.faulty();
      proxy.use({ fault: { kind: 'wrong-content-range', shiftByBytes: 1 } });
      await expectFailure(readText(client, subject.bucket, key, { range: { start: 3, end: 6 } }));
    });
  });
}
