import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumFactory, checksumOf, compositeChecksum, createChecksum, loadChecksum, registerChecksum, type ChecksumAlgorithm } from './checksum.ts';

const nine = Buffer.from('123456789');

describe('checksums', () => {
  it.each<[ChecksumAlgorithm, string]>([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['md5', '25f9e794323b453885f5181f1b624d0b'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('%s gives its published check value', async (algorithm, hex) => {
    expect(Buffer.from(await checksumOf(algorithm, nine), 'base64').toString('hex')).toBe(hex);
  });

  it('does not depend on how the bytes are cut', async () => {
    for (const algorithm of ['crc32', 'crc32c', 'sha256'] as const) {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array()), async (chunks) => {
          const checksum = await createChecksum(algorithm);
          for (const chunk of chunks) checksum.update(chunk);
          expect(checksum.digest()).toBe(await checksumOf(algorithm, Buffer.concat(chunks)));
        }),
        { numRuns: 20 },
      );
    }
  });

  it('names the package of an algorithm that is not there', async () => {
    await expect(loadChecksum('crc64nvme')).rejects.toMatchObject({ code: 'missing_dependency', message: expect.stringContaining('npm install aws-crt') as string });
    // Looked for once: what was found missing is not looked for with every call.
    const [first, second] = await Promise.allSettled([loadChecksum('crc64nvme'), loadChecksum('crc64nvme')]);
    expect(first).toMatchObject({ status: 'rejected', reason: { cause: (second as { reason: Error }).reason.cause } });
  });

  it('takes an implementation brought by the caller', async () => {
    expect(checksumFactory('crc64nvme')).toBeUndefined();
    registerChecksum('crc64nvme', () => ({ update: () => undefined, digest: () => 'AAAAAAAAAAA=' }));
    expect(await checksumOf('crc64nvme', nine)).toBe('AAAAAAAAAAA=');
  });

  it('forms the composite of an upload in parts', async () => {
    const parts = [Buffer.from('first'), Buffer.from('second')];
    const digests = await Promise.all(parts.map((part) => checksumOf('md5', part)));
    const whole = await checksumOf('md5', Buffer.concat(digests.map((digest) => Buffer.from(digest, 'base64'))));
    expect(await compositeChecksum('md5', digests)).toBe(`${whole}-2`);
  });
});
