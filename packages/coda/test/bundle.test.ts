import { expect, it } from 'vitest';
import { sizeAtStart } from '../../../tools/size-at-start.ts';

it.each(['browser', 'node'] as const)('three operations take less than 12 kB on their way to %s, everything below them included', async (platform) => {
  const size = await sizeAtStart("import { createCodaApi, getDoc, listDocs, listRows } from './index.ts'; console.log(createCodaApi, getDoc, listDocs, listRows);", `${import.meta.dirname}/../src`, platform);
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThan(12_000);
});
