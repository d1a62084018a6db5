import type { CallOptions } from '@cmx/cloud-core';
import type { TransferItem, UncopyableItem } from '../copy-options.ts';
import { walkFiles } from '../files/walk-files.ts';
import type { BucketEnd, TransferEnd } from '../transfer-end.ts';

/** Everything below an end, in the order it is listed in, named relative to the end. */
export function listEnd(end: TransferEnd, call: CallOptions): AsyncGenerator<TransferItem | UncopyableItem> {
  return end.kind === 'files' ? walkFiles(end.root, call.abortSignal) : listBucket(end, call);
}

async function* listBucket({ client, bucket, prefix, narrowTo }: BucketEnd, call: CallOptions): AsyncGenerator<TransferItem> {
  for await (const entry of client.listObjects(bucket, { ...call, prefix: prefix + narrowTo })) {
    // A folder marker of the prefix itself has no name of its own below it.
    if (entry.type !== 'object' || entry.key === prefix) continue;
    yield { key: entry.key.slice(prefix.length), sizeInBytes: entry.sizeInBytes, etag: entry.etag, lastModified: entry.lastModified };
  }
}
