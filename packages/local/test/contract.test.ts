import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorageContract } from '@cmx/conformance';
import { LOCAL_STORAGE_CAPABILITIES, LocalStorageClient } from '../src/index.ts';

describeStorageContract({
  name: 'local',
  server: 'file system',
  capabilities: LOCAL_STORAGE_CAPABILITIES,
  async open() {
    const root = await mkdtemp(join(tmpdir(), 'cmx-test-'));
    const client = new LocalStorageClient({ root });
    await client.createBucket('conformance');
    return {
      client,
      bucket: 'conformance',
      async close() {
        await client.close();
        await rm(root, { recursive: true, force: true });
      },
    };
  },
});
