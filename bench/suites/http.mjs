import { startServer } from '../lib/server.mjs';

const clients = { 'undici dispatch': 'http/undici-dispatch.mjs', 'undici fetch': 'http/undici-fetch.mjs', 'node:http': 'http/node-http.mjs', '@cmx/http': 'http/cmx.mjs' };

/** What a request costs above the bare dispatcher, with timers, limits, retry and typed errors on. */
export default {
  suite: 'http',
  runs: 5,
  async prepare() {
    const server = await startServer('null-s3.mjs');
    return { context: { url: server.url, operations: 60_000, warmUp: 10_000, concurrency: 64 }, close: () => server.close() };
  },
  workloads: [
    { workload: 'GET 4 KiB, 64 at once', clients, reference: 'undici dispatch' },
    { workload: 'PUT 4 KiB, 64 at once', clients, reference: 'undici dispatch' },
  ],
};
