import { mkdir } from 'node:fs/promises';
import { unsafeName } from '../files/file-errors.ts';
import { SafeDirectory } from '../files/safe-path.ts';
import type { BucketEnd, FileTreeEnd } from '../transfer-end.ts';
import type { Copied, CopyJob, CopyPair } from './copy-job.ts';

/** From a bucket into a directory: each file appears under its name when it is whole and verified. */
export function bucketToFiles(source: BucketEnd, target: FileTreeEnd): CopyPair {
  const directory = new SafeDirectory(target.root, target.nativeNames);
  return async (job) => {
    const path = directory.pathOf(job.targetKey);
    await directory.makeParent(path);
    return job.targetKey.endsWith('/') ? makeFolder(path, job) : download(source, path, job);
  };
}

async function download(source: BucketEnd, path: string, job: CopyJob): Promise<Copied> {
  const metadata = await source.client.downloadFile(source.bucket, source.prefix + job.item.key, path, {
    ...job.call,
    overwrite: !job.createOnly,
    concurrency: job.partConcurrency,
    partSizeInBytes: job.partSizeInBytes,
    // A small one is brought again sooner than what is there of it is found.
    resume: (job.resume && job.item.sizeInBytes > job.partSizeInBytes) || undefined,
    onProgress: ({ transferredInBytes }) => job.onBytes(transferredInBytes),
  });
  const verified = metadata.checksumType !== 'composite' && metadata.checksums && Object.keys(metadata.checksums).length > 0;
  return { how: 'streamed', verified: verified ? 'checksum' : 'size', sizeInBytes: metadata.sizeInBytes };
}

/** An empty object whose key ends with a slash is how consoles mark a folder. */
async function makeFolder(path: string, job: CopyJob): Promise<Copied> {
  if (job.item.sizeInBytes > 0) throw unsafeName(job.targetKey, 'it ends with a slash but has content');
  await mkdir(path, { recursive: true });
  return { how: 'streamed', verified: 'size', sizeInBytes: 0 };
}
