import { join } from 'node:path';
import type { PutObjectOptions } from '@cmx/cloud-core';
import { contentTypeOf } from '@cmx/cloud-core/files';
import { readChunks, readWhole, statFile } from '../files/read-file.ts';
import type { BucketEnd, FileTreeEnd } from '../transfer-end.ts';
import { putOptions, verifiedUpload, type Copied, type CopyJob, type CopyPair } from './copy-job.ts';

/** From a directory into a bucket: a file that changes meanwhile is an error, and nothing of it is stored. */
export function filesToBucket(source: FileTreeEnd, target: BucketEnd): CopyPair {
  return async (job: CopyJob): Promise<Copied> => {
    const path = join(source.root, job.item.key);
    const before = statFile(path);
    const sizeInBytes = before.size;
    const options: PutObjectOptions = {
      ...putOptions(job, target.client, undefined),
      contentType: contentTypeOf(job.targetKey),
      ...job.headers,
      ...(job.metadata && { metadata: job.metadata }),
      sizeInBytes,
    };
    const body = sizeInBytes <= job.partSizeInBytes ? await readWhole(path, before) : readChunks(path, before);
    const put = await target.client.putObject(target.bucket, target.prefix + job.targetKey, body, options);
    return { how: 'streamed', verified: verifiedUpload(put, options, sizeInBytes), sizeInBytes };
  };
}
