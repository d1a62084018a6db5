import { createHash } from 'node:crypto';
import { CHECKSUM_ALGORITHMS, CloudError } from '@cmx/cloud-core';
import type { ChecksumAlgorithm } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { expectBytes, expectFailure, readBytes } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked } from '../sources.ts';
import type { StorageSubject } from '../subject.ts';

/** The text whose checksums every catalogue of algorithms prints. */
const CHECK_TEXT = '123456789';

/** Its checksums, in base64. */
const CHECK_VALUES: Readonly<Record<ChecksumAlgorithm, string>> = {
  crc32: base64('cbf43926'),
  crc32c: base64('e3069283'),
  crc64nvme: base64('ae8b14860a799888'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  md5: digest('md5'),
};

/** A well-formed digest of something else. */
function wrong(algorithm: ChecksumAlgorithm): string {
  const bytes = Buffer.from(CHECK_VALUES[algorithm], 'base64');
  return Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString('base64');
}

export function checksumsTopic(run: StorageRun): void {
  run.behaviour('24 checksums', (it) => {
    for (const algorithm of CHECKSUM_ALGORITHMS) {
      it(`computes ${algorithm}, and keeps it`, { needs: [`checksum:${algorithm}`] }, async (subject) => {
        if (await cannotCompute(subject, algorithm)) return;
        const key = await subject.put('object', CHECK_TEXT, { checksumAlgorithm: algorithm });
        const metadata = await subject.client.getObjectMetadata(subject.bucket, key);
        expect(metadata.checksums?.[algorithm]).toBe(CHECK_VALUES[algorithm]);
        expect(metadata.checksumType ?? 'full_object').toBe('full_object');
      });
      it(`takes the ${algorithm} the caller knows`, { needs: [`checksum:${algorithm}`] }, async (subject) => {
        if (await cannotCompute(subject, algorithm)) return;
        await subject.put('object', CHECK_TEXT, { checksums: { [algorithm]: CHECK_VALUES[algorithm] } });
        expect(await subject.listKeys()).toHaveLength(1);
      });
      it(`stores nothing when the bytes differ from the ${algorithm} given`, { needs: [`checksum:${algorithm}`] }, async (subject) => {
        if (await cannotCompute(subject, algorithm)) return;
        await expectFailure(subject.put('object', CHECK_TEXT, { checksums: { [algorithm]: wrong(algorithm) } }), 'checksum_mismatch');
        await expectFailure(subject.client.putObject(subject.bucket, subject.key(), chunked(Buffer.from(CHECK_TEXT), 2), { checksums: { [algorithm]: wrong(algorithm) } }), 'checksum_mismatch');
        expect(await subject.listKeys()).toEqual([]);
      });
    }
    it('tells a checksum of parts from one of the whole', { needs: ['checksums', 'multipart'] }, async (subject) => {
      const bytes = subject.prng.bytes(3 * subject.partSizeInBytes);
      for (const checksumAlgorithm of subject.capabilities.checksums) {
        if (await cannotCompute(subject, checksumAlgorithm)) continue;
        await subject.client.putObject(subject.bucket, subject.key(), chunked(bytes, 9000), { checksumAlgorithm, partSizeInBytes: subject.partSizeInBytes });
        expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
        const { checksums, checksumType } = await subject.client.getObjectMetadata(subject.bucket, subject.key());
        if (checksumAlgorithm !== 'sha256' || checksums?.sha256 === undefined) continue;
        const whole = createHash('sha256').update(bytes).digest('base64');
        expect(checksums.sha256 === whole).toBe(checksumType !== 'composite');
      }
    });
    it('finds a flipped byte in a download', { needs: ['wire', 'checksums'] }, async (subject) => {
      const key = subject.key();
      const bytes = subject.prng.bytes(200_000);
      await subject.client.putObject(subject.bucket, key, bytes, { checksumAlgorithm: subject.capabilities.checksums[0] });
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('readObject', { kind: 'flip-byte', atByte: 123_456 }));
      await expectFailure(readBytes(client, subject.bucket, key), 'checksum_mismatch');
    });
    it('reads on request without checking', { needs: ['wire', 'checksums'] }, async (subject) => {
      const key = await subject.put('object', CHECK_TEXT, { checksumAlgorithm: subject.capabilities.checksums[0] });
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('readObject', { kind: 'flip-byte', atByte: 0 }));
      expect(await readBytes(client, subject.bucket, key, { verifyChecksum: false })).toHaveLength(CHECK_TEXT.length);
    });
  });
}

/**
 * Whether the algorithm needs an optional package that is not installed here. Saying so, and storing nothing, is all that can
 * be asked of a client then.
 */
async function cannotCompute(subject: StorageSubject, algorithm: ChecksumAlgorithm): Promise<boolean> {
  const error: unknown = await subject.put('probe', CHECK_TEXT, { checksumAlgorithm: algorithm }).then(() => undefined, (reason: unknown) => reason);
  if (error !== undefined) expect(error).toSatisfy((reason) => CloudError.is(reason, 'missing_dependency'));
  expect(await subject.client.objectExists(subject.bucket, subject.key('probe'))).toBe(error === undefined);
  await subject.client.deleteObject(subject.bucket, subject.key('probe'));
  return error !== undefined;
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

function digest(algorithm: string): string {
  return createHash(algorithm).update(CHECK_TEXT).digest('base64');
}
