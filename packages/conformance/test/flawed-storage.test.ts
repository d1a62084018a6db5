import { beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../src/report/observations.ts';
import { runFixture } from './fixtures/run.ts';

/** The behaviour that must give each flawed client away. */
const GIVEN_AWAY: Readonly<Record<string, string>> = {
  'trims keys': '1 keys',
  'ends streams early': '5 bodies of every kind and size',
  'ignores conditions of writes': '8 create-only put',
  'answers ranges with everything': '11 ranges',
  'wraps the abort reason': '16 aborting',
  'says that a missing bucket has no such key': '28 what is missing or forbidden',
  'skips the last entry of a list': '30 listing',
  'forgets metadata': '26 user metadata',
  'keeps what it should delete': '29 deleting',
  'aliases copies': '35 copying',
  'takes what it disclaims': '39 capability truth',
  'claims what it refuses': '39 capability truth',
};

let observations: Observation[];

beforeAll(async () => {
  ({ observations } = await runFixture('flawed-storage'));
}, 120_000);

describe('the storage contract', () => {
  it.each(Object.entries(GIVEN_AWAY))('gives away a client that %s', (client, behaviour) => {
    const failed = observations.filter((each) => each.client === client && each.result === 'fail');
    expect(failed.map((each) => each.behaviour)).toContain(behaviour);
  });

  it('has nothing to say against what such a client does well', () => {
    const results = observations.filter(({ client }) => client === 'trims keys').map(({ behaviour, result }) => [behaviour, result]);
    expect(results).toContainEqual(['8 create-only put', 'pass']);
    expect(results).toContainEqual(['18 multipart uploads', 'pass']);
    expect(results).toContainEqual(['13 connection breaks in the body', 'unsupported']);
  });
});
