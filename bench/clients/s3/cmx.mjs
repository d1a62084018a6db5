import { S3CompatibleClient } from '@cmx/s3';
import { concurrently } from '../../lib/concurrency.mjs';
import { blocks, GIBIBYTE, PART } from './large-objects.mjs';
import { BODY, measureSmall } from './small-objects.mjs';

/** As a user has it: retries, timers, limits, checks and typed errors on; AWS dialect, so payloads are signed. */
export async function measure(workload, context, watch) {
  const client = new S3CompatibleClient({
    endpoint: context.url,
    region: 'us-east-1',
    dialect: 'aws',
    addressing: 'path',
    credentials: { kind: 'access_key', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const result = await run(client, workload, context, watch);
  await client.close();
  return result;
}

async function run(client, workload, context, watch) {
  if (workload.startsWith('list')) return list(client, watch);
  if (workload.startsWith('delete')) return deleteMany(client, watch);
  if (workload.startsWith('upload')) return upload(client, workload, watch);
  if (workload.startsWith('download')) return download(client, watch);
  return measureSmall(workload, context, watch, {
    put: (index) => client.putObject('bucket', `key-${index}`, BODY),
    get: async (index) => (await (await client.getObject('bucket', `key-${index}`)).bytes()).length,
    head: (index) => client.getObjectMetadata('bucket', `key-${index}`),
  });
}

async function list(client, watch) {
  let operations = 0;
  watch.start();
  for await (const entry of client.listObjects('bucket')) if (entry.key) operations += 1;
  watch.stop();
  if (operations !== 100_000) throw new Error(`listed ${operations} keys`);
  return { operations };
}

async function deleteMany(client, watch) {
  const keys = Array.from({ length: 10_000 }, (_, index) => `photos/${index} & more.jpg`);
  watch.start();
  const results = await client.deleteObjects('bucket', keys);
  watch.stop();
  if (!results.every(({ deleted }) => deleted)) throw new Error('not all keys were deleted');
  return { operations: keys.length };
}

async function upload(client, workload, watch) {
  const isStream = workload.includes('stream');
  watch.start();
  await client.putObject('bucket', 'big', isStream ? blocks(64 * 1024) : blocks(PART), {
    partSizeInBytes: PART,
    concurrency: isStream ? 4 : 8,
    ...(!isStream && { sizeInBytes: GIBIBYTE }),
  });
  watch.stop();
  return { operations: 128, bytes: GIBIBYTE };
}

async function download(client, watch) {
  let read = 0;
  watch.start();
  await concurrently(128, 8, async (part) => {
    const object = await client.getObject('bucket', 'big', { range: { start: part * PART, end: (part + 1) * PART - 1 } });
    for await (const chunk of object) read += chunk.length;
  });
  watch.stop();
  if (read !== GIBIBYTE) throw new Error(`read ${read} bytes`);
  return { operations: 128, bytes: GIBIBYTE };
}
