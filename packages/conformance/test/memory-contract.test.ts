import { MEMORY_STORAGE_CAPABILITIES, MemoryStorageClient } from '@cmx/cloud-core/memory';
import { describeStorageContract } from '../src/index.ts';

describeStorageContract({
  name: 'memory',
  capabilities: MEMORY_STORAGE_CAPABILITIES,
  async open() {
    const client = new MemoryStorageClient();
    await client.createBucket('conformance');
    return { client, bucket: 'conformance', close: () => client.close() };
  },
});
