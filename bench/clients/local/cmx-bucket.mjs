import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { LocalStorageClient } from '@cmx/local';
import { bucketOf, copyObjects } from '@cmx/transfer';

/** Two stores, every object read, hashed, written and its checksum kept. */
export async function measure(_workload, { client, directory, source, files }, watch) {
  const root = mkdtempSync(path.join(directory, 'target-'));
  const from = new LocalStorageClient({ root: source });
  const to = new LocalStorageClient({ root, durable: !client.includes('durable: false') });
  await to.createBucket('bucket');
  watch.start();
  const { copied, failed } = await copyObjects(bucketOf(from, 'bucket'), bucketOf(to, 'bucket'), { checksumAlgorithm: 'sha256' }).finish();
  watch.stop();
  await Promise.all([from.close(), to.close()]);
  if (copied !== files || failed !== 0) throw new Error(`copied ${copied}, failed ${failed}`);
  return { operations: files, bytes: files * 4096 };
}
