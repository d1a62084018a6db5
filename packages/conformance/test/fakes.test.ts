import { expect, it } from 'vitest';
import { runFixture } from './fixtures/run.ts';

// In a vitest of its own, so that fakes never get into a conformance table.
it('passes good clients of instances and functions', { timeout: 60_000 }, async () => {
  const { code, observations } = await runFixture('fakes');
  expect(code).toBe(0);
  expect(observations.map(({ contract, behaviour, result }) => [contract, behaviour, result])).toEqual([
    ['compute', '43 actions on a missing instance', 'pass'],
    ['compute', '43 instances in sight', 'pass'],
    ['compute', '43 key pairs', 'pass'],
    ['compute', '43 life of an instance', 'pass'],
    ['serverless', '44 functions in sight', 'pass'],
    ['serverless', '44 life of a function', 'pass'],
  ]);
});
