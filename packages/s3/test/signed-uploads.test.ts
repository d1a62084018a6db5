import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { S3CompatibleClient } from '../src/index.ts';
import { startS3Service } from '../src/testing/index.ts';

const PART = 5 * 1024 * 1024;

/** The service refuses every request whose bytes are not the ones that were signed. */
it('signs the bytes of many large parts, whichever thread hashes them', async () => {
  const running = await startS3Service({ buckets: ['photos'] });
  const client = new S3CompatibleClient(running.clientOptions);
  try {
    const parts = Array.from({ length: 16 }, () => randomBytes(PART));
    const { sizeInBytes } = await client.putObject('photos', 'large', parts, { partSizeInBytes: PART, concurrency: 3 });
    expect(sizeInBytes).toBe(16 * PART);
    const stored = await (await client.getObject('photos', 'large')).bytes();
    expect(Buffer.concat(parts).equals(stored)).toBe(true);
    const sent = running.service.exchanges.filter(({ path }) => path.includes('partNumber='));
    expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
  } finally {
    await client.close();
    await running.close();
  }
});
