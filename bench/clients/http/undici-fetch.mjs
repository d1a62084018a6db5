import { concurrently } from '../../lib/concurrency.mjs';

const BODY = Buffer.alloc(4096, 'x');

/** What most programs use: the global fetch. */
export async function measure(workload, { url, operations, warmUp, concurrency }, watch) {
  const put = workload.startsWith('PUT');
  const request = async () => {
    const response = await fetch(`${url}/bucket/key`, put ? { method: 'PUT', body: BODY } : {});
    await response.arrayBuffer();
  };
  await concurrently(warmUp, concurrency, request);
  watch.start();
  await concurrently(operations, concurrency, request);
  watch.stop();
  return { operations };
}
