import { CloudError } from '@cmx/cloud-core';
import { expect } from 'vitest';
import { createPrng } from '../../prng.ts';
import type { Prng } from '../../prng.ts';
import { isLinearizable, KeyHistory } from '../history.ts';
import type { KeyCall } from '../history.ts';
import type { StorageRun } from '../run.ts';
import type { StorageSubject } from '../subject.ts';

const SEEDS = 10;
const WORKERS = 4;
const CALLS_PER_WORKER = 6;
const UNDECIDED = Symbol('undecided');

export function historiesTopic(run: StorageRun): void {
  run.behaviour('9 histories of conditional writes', (it) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      it(`lets no two of ${WORKERS} writers win against each other, seed ${seed}`, { needs: ['createOnlyPut', 'conditionalPut', 'strongConsistency'] }, async (subject) => {
        const prng = createPrng(seed);
        const history = new KeyHistory();
        await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(subject, history, createPrng(prng.integer(2 ** 32)), worker)));
        expect(history.calls, JSON.stringify(history.calls)).toSatisfy(isLinearizable);
      });
    }
  });
}

/** One writer: reads, creates, replaces what it last saw, and deletes, as the seed has it. */
async function work(subject: StorageSubject, history: KeyHistory, prng: Prng, worker: number): Promise<void> {
  let seen: string | undefined;
  for (let round = 0; round < CALLS_PER_WORKER; round += 1) {
    const body = `worker ${worker}, round ${round}`;
    const choice = prng.integer(8);
    await history.record(async () => {
      if (choice === 0) return remove(subject);
      if (choice < 3) {
        seen = await currentEtag(subject);
        return { kind: 'read', seen };
      }
      const ifMatch = seen;
      const outcome = await write(subject, body, ifMatch);
      if (outcome === UNDECIDED) return undefined;
      seen = outcome ?? seen;
      return ifMatch === undefined ? { kind: 'create', written: outcome } : { kind: 'replace', ifMatch, written: outcome };
    });
  }
}

async function remove({ client, bucket, prefix }: StorageSubject): Promise<KeyCall> {
  await client.deleteObject(bucket, `${prefix}object`);
  return { kind: 'delete' };
}

async function currentEtag({ client, bucket, prefix }: StorageSubject): Promise<string | undefined> {
  try {
    return (await client.getObjectMetadata(bucket, `${prefix}object`)).etag;
  } catch (error) {
    if (CloudError.is(error, 'not_found')) return undefined;
    throw error;
  }
}

/** The ETag written; nothing when the condition did not hold; undecided when the service would not say who had won. */
async function write({ client, bucket, prefix }: StorageSubject, body: string, ifMatch: string | undefined): Promise<string | undefined | typeof UNDECIDED> {
  try {
    const condition = ifMatch === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch };
    return (await client.putObject(bucket, `${prefix}object`, body, condition)).etag;
  } catch (error) {
    if (CloudError.is(error, 'conflict')) return UNDECIDED;
    if (CloudError.is(error, 'precondition_failed') || CloudError.is(error, 'not_found')) return undefined;
    throw error;
  }
}
