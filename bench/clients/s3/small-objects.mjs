import { concurrently } from '../../lib/concurrency.mjs';

export const BODY = new Uint8Array(4096).fill(120);

/**
 * The small-object workloads of a client given as three functions.
 *
 * @param calls `{ put(index), get(index), head(index) }`; `get` resolves with the length it read.
 */
export async function measureSmall(workload, { operations, concurrency }, watch, calls) {
  const verb = workload.match(/^[A-Z]+/)[0].toLowerCase();
  const call = calls[verb];
  if (verb === 'get' && (await call(0)) !== BODY.length) throw new Error('the client did not read the object');
  await concurrently(1_000, concurrency, call);
  watch.start();
  await concurrently(operations, concurrency, call);
  watch.stop();
  return { operations };
}
