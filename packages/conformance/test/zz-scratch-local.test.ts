import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalStorageClient } from '../../local/src/local-storage-client.ts';
import { LOCAL_STORAGE_CAPABILITIES } from '../../local/src/local-capabilities.ts';
import { describeStorageContract } from '../src/index.ts';

describeStorageContract({
  name: 'local', capabilities: LOCAL_STORAGE_CAPABILITIES, hygieneRounds: 100,
  async open() {
    const root = await mkdtemp(join(tmpdir(), 'cmx-l-'));
    await mkdir(join(root, 'conformance'));
    const client = new LocalStorageClient({ root, durable: false });
    return { client, bucket: 'conformance', async close() { await client.close(); await rm(root, { recursive: true, force: true }); } };
  },
});
