import { expect, it } from 'vitest';
import { sizeAtStart } from '../../../tools/size-at-start.ts';

it.each(['browser', 'node'] as const)('a client takes less than 30 KiB on its way to %s, everything below it included', async (platform) => {
  const size = await sizeAtStart("import { S3CompatibleClient } from './index.ts'; console.log(S3CompatibleClient);", `${import.meta.dirname}/../src`, platform);
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThan(30 * 1024);
});
