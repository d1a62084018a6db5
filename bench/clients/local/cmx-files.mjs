import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { copyObjects, filesIn } from '@cmx/transfer';

/** What `cmx cp -r` does between two directories. */
export async function measure(_workload, { directory, source, files }, watch) {
  const target = mkdtempSync(path.join(directory, 'target-'));
  watch.start();
  const { copied, failed } = await copyObjects(filesIn(source), filesIn(target)).finish();
  watch.stop();
  if (copied !== files || failed !== 0) throw new Error(`copied ${copied}, failed ${failed}`);
  return { operations: files, bytes: files * 4096 };
}
