import { concurrentlyFor } from '../../lib/concurrency.mjs';

export const BODY = new Uint8Array(4096).fill(120);

/** Long enough for every client's code to be compiled, and for the figures not to hang on a moment. */
const WARM_UP_MS = 2_000;
const MEASURED_MS = 3_000;

/**
 * The small-object workloads of a client given as three functions: as many calls as it gets done.
 *
 * @param calls `{ put(index), get(index), head(index) }`; `get` resolves with the length it read.
 */
export async function measureSmall(workload, { concurrency }, watch, calls) {
  const verb = workload.match(/^[A-Z]+/)[0].toLowerCase();
  const call = calls[verb];
  if (verb === 'get' && (await call(0)) !== BODY.length) throw new Error('the client did not read the object');
  await concurrentlyFor(WARM_UP_MS, concurrency, call);
  watch.start();
  const operations = await concurrentlyFor(MEASURED_MS, concurrency, call);
  watch.stop();
  return { operations };
}
