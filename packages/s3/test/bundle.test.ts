import { describe, expect, it } from 'vitest';
import { sizeAtStart, sizeInOneFile } from '../../../tools/size-at-start.ts';

const SOURCES = `${import.meta.dirname}/../src`;
const CLIENT = "import { S3CompatibleClient } from './index.ts'; console.log(S3CompatibleClient);";
const EVERYTHING = "export * from './index.ts';";

describe.each(['browser', 'node'] as const)('on its way to %s, everything below it included', (platform) => {
  it.each([
    ['a client', CLIENT, 30_000],
    ['the whole package', EVERYTHING, 31_500],
  ])('%s starts with less than its bound', async (_, program, bound) => {
    const size = await sizeAtStart(program, SOURCES, platform);
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThan(bound);
  });

  // Without code splitting everything is in there: each call there is, and the transports of the platform.
  it.each([
    ['a client', CLIENT, { browser: 50_000, node: 55_000 }],
    ['the whole package', EVERYTHING, { browser: 55_000, node: 60_500 }],
  ])('%s in one file takes less than its bound', async (_, program, bounds) => {
    const size = await sizeInOneFile(program, SOURCES, platform);
    expect(size).toBeGreaterThan(40_000);
    expect(size).toBeLessThan(bounds[platform]);
  });
});
