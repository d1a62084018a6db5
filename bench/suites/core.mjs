/** The funnel without a wire, and the body engine without a server. */
export default {
  suite: 'core',
  runs: 5,
  workloads: [
    {
      workload: 'put 4 KiB through the whole funnel',
      clients: { 'Map.set of a copy': 'core/map.mjs', MemoryStorageClient: 'core/memory.mjs' },
      reference: 'MemoryStorageClient',
    },
    {
      workload: 'get 4 KiB through the whole funnel',
      clients: { 'Map.get of a copy': 'core/map.mjs', MemoryStorageClient: 'core/memory.mjs' },
      reference: 'MemoryStorageClient',
    },
    {
      workload: 'upload of a 5 GB stream of 1 KiB chunks',
      runs: 1,
      clients: { 'body engine, 8 MiB parts, 4 at once': 'core/upload-stream.mjs' },
      reference: 'body engine, 8 MiB parts, 4 at once',
    },
  ],
};
