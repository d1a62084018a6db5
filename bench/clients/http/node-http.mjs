import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { concurrently } from '../../lib/concurrency.mjs';

const BODY = Buffer.alloc(4096, 'x');

/** The platform's own client with a keep-alive agent. */
export async function measure(workload, { url, operations, warmUp, concurrency }, watch) {
  const put = workload.startsWith('PUT');
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const request = () =>
    new Promise((resolve, reject) => {
      const call = http.request(`${url}/bucket/key`, { method: put ? 'PUT' : 'GET', agent, headers: put ? { 'content-length': 4096 } : {} }, (response) => resolve(buffer(response)));
      call.once('error', reject);
      call.end(put ? BODY : undefined);
    });
  await concurrently(warmUp, concurrency, request);
  watch.start();
  await concurrently(operations, concurrency, request);
  watch.stop();
  return { operations };
}
