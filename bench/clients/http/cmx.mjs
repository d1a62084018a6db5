import { RateLimiter } from '@cmx/cloud-core';
import { HttpClient } from '@cmx/http';
import { concurrently } from '../../lib/concurrency.mjs';

const BODY = Buffer.alloc(4096, 'x');

/** The whole funnel: timers, a rate limiter, retries, redaction and typed errors on. */
export async function measure(workload, { url, operations, warmUp, concurrency }, watch) {
  const put = workload.startsWith('PUT');
  const client = new HttpClient({ provider: 'bench', service: 'null', baseUrl: url });
  const limiter = new RateLimiter({ calls: 1e9, perMs: 1000 });
  const resource = { type: 'object', name: 'bucket/key' };
  const call = put
    ? { operation: 'putObject', resource, limiter, method: 'PUT', path: '/bucket/key', body: BODY, collect: true }
    : { operation: 'getObject', resource, limiter, method: 'GET', path: '/bucket/key', collect: true };
  const request = async () => {
    const response = await client.request(call);
    await response.body.bytes();
  };
  await concurrently(warmUp, concurrency, request);
  watch.start();
  await concurrently(operations, concurrency, request);
  watch.stop();
  await client.close();
  return { operations };
}
