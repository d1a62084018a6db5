import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { blocks, GIBIBYTE, PART } from './large-objects.mjs';

/** The SDK's own way with a large body of which it is given a stream. */
export async function measure(workload, { url, concurrency }, watch) {
  const chunks = workload.includes('stream') ? { size: 64 * 1024, queueSize: 4 } : { size: PART, queueSize: 8 };
  const client = new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: concurrency } },
  });
  watch.start();
  await new Upload({ client, partSize: PART, queueSize: chunks.queueSize, params: { Bucket: 'bucket', Key: 'big', Body: Readable.from(blocks(chunks.size), { objectMode: false }) } }).done();
  watch.stop();
  return { operations: 128, bytes: GIBIBYTE };
}
