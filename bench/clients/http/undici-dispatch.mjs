import { Pool } from 'undici';
import { concurrently } from '../../lib/concurrency.mjs';

const BODY = Buffer.alloc(4096, 'x');

/** The least undici can do: dispatch, collect the body, no timers, no errors beyond reject. */
export async function measure(workload, { url, operations, warmUp, concurrency }, watch) {
  const pool = new Pool(url, { connections: concurrency, headersTimeout: 0, bodyTimeout: 0 });
  const put = workload.startsWith('PUT');
  const request = () =>
    new Promise((resolve, reject) => {
      const chunks = [];
      pool.dispatch(
        { method: put ? 'PUT' : 'GET', path: '/bucket/key', headers: put ? ['content-length', '4096'] : [], body: put ? BODY : undefined, reset: false },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData(_controller, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    });
  await concurrently(warmUp, concurrency, request);
  watch.start();
  await concurrently(operations, concurrency, request);
  watch.stop();
  return { operations };
}
