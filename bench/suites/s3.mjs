import { installPeers } from '../lib/peers.mjs';
import { startServer } from '../lib/server.mjs';

const node = { '@cmx/s3': 's3/cmx.mjs', '@aws-sdk/client-s3': 's3/aws-sdk.mjs' };
const small = { ...node, s3mini: 's3/s3mini.mjs', 'minio-js': 's3/minio-js.mjs', aws4fetch: 's3/aws4fetch.mjs', 'files-sdk': 's3/files-sdk.mjs', 'obstore (Rust, from Python)': 's3/obstore.mjs', s5cmd: 's3/s5cmd.mjs' };
const reference = '@aws-sdk/client-s3';
/** How AWS's SDK sends a large body; by itself it only knows single parts. */
const libStorage = '@aws-sdk/lib-storage on @aws-sdk/client-s3';
const uploads = { '@cmx/s3': 's3/cmx.mjs', [libStorage]: 's3/aws-lib-storage.mjs' };

/** S3 clients against a server that costs next to nothing: what is measured is the client. Payloads are signed with sha256 (plain HTTP). */
export default {
  suite: 's3',
  runs: 3,
  async prepare() {
    const peers = installPeers();
    const server = await startServer('null-s3.mjs');
    return { context: { url: server.url, peers, operations: 10_000, concurrency: 64 }, close: () => server.close() };
  },
  workloads: [
    { workload: 'PUT 4 KiB, 64 at once', clients: small, reference },
    { workload: 'GET 4 KiB, 64 at once', clients: small, reference },
    { workload: 'HEAD, 64 at once', clients: without(small, 's5cmd'), reference },
    { workload: 'list 100,000 keys', clients: without(small, 'aws4fetch', 'files-sdk'), reference, rehearsals: 2 },
    { workload: 'delete 10,000 keys in batches', clients: without(small, 'aws4fetch', 's3mini', 'files-sdk', 'obstore (Rust, from Python)', 's5cmd'), reference, rehearsals: 5 },
    { workload: 'upload 1 GiB in 8 MiB parts, 8 at once', clients: { ...uploads, '@aws-sdk/client-s3, parts by hand': 's3/aws-sdk.mjs', 'obstore (Rust, from Python)': 's3/obstore.mjs' }, reference: libStorage },
    { workload: 'upload a stream of 1 GiB in 8 MiB parts, 4 at once', clients: uploads, reference: libStorage },
    { workload: 'download 1 GiB in 8 MiB ranges, 8 at once', clients: { ...node, 'obstore (Rust, from Python)': 's3/obstore.mjs' }, reference },
    { workload: 'cold start to the first HEAD', runs: 11, clients: { 'bare Node': 's3/cold.mjs', '@cmx/s3': 's3/cold.mjs', '@aws-sdk/client-s3': 's3/cold.mjs' }, reference },
  ],
};

function without(clients, ...names) {
  return Object.fromEntries(Object.entries(clients).filter(([name]) => !names.includes(name)));
}
