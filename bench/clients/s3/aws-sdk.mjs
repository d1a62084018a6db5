import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { concurrently } from '../../lib/concurrency.mjs';
import { GIBIBYTE, PART, PART_BODY } from './large-objects.mjs';
import { BODY, measureSmall } from './small-objects.mjs';

const Bucket = 'bucket';

/** Its defaults, with as many sockets as there are calls at once. */
export async function measure(workload, context, watch) {
  const client = new S3Client({
    endpoint: context.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: context.concurrency } },
  });
  if (workload.startsWith('list')) return list(client, watch);
  if (workload.startsWith('delete')) return deleteMany(client, watch);
  if (workload.startsWith('upload')) return upload(client, watch);
  if (workload.startsWith('download')) return download(client, watch);
  return measureSmall(workload, context, watch, {
    put: (index) => client.send(new PutObjectCommand({ Bucket, Key: `key-${index}`, Body: BODY })),
    get: async (index) => (await (await client.send(new GetObjectCommand({ Bucket, Key: `key-${index}` }))).Body.transformToByteArray()).length,
    head: (index) => client.send(new HeadObjectCommand({ Bucket, Key: `key-${index}` })),
  });
}

async function list(client, watch) {
  let operations = 0;
  let ContinuationToken;
  watch.start();
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    operations += page.Contents.length;
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  watch.stop();
  return { operations };
}

async function deleteMany(client, watch) {
  const keys = Array.from({ length: 10_000 }, (_, index) => ({ Key: `photos/${index} & more.jpg` }));
  watch.start();
  for (let start = 0; start < keys.length; start += 1000) {
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.slice(start, start + 1000) } }));
  }
  watch.stop();
  return { operations: keys.length };
}

/** Parts by hand, each from a buffer: the SDK's quickest way. */
async function upload(client, watch) {
  const Key = 'big';
  watch.start();
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  await concurrently(128, 8, async (part) => {
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: part + 1, Body: PART_BODY }));
    Parts[part] = { ETag, PartNumber: part + 1 };
  });
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  watch.stop();
  return { operations: 128, bytes: GIBIBYTE };
}

async function download(client, watch) {
  let read = 0;
  watch.start();
  await concurrently(128, 8, async (part) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'big', Range: `bytes=${part * PART}-${(part + 1) * PART - 1}` }));
    for await (const chunk of Body) read += chunk.length;
  });
  watch.stop();
  if (read !== GIBIBYTE) throw new Error(`read ${read} bytes`);
  return { operations: 128, bytes: GIBIBYTE };
}
