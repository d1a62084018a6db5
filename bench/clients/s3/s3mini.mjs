import { S3mini } from 's3mini';
import { BODY, measureSmall } from './small-objects.mjs';

export async function measure(workload, context, watch) {
  const client = new S3mini({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', endpoint: `${context.url}/bucket`, region: 'us-east-1' });
  if (workload.startsWith('list')) {
    watch.start();
    const objects = await client.listObjects('/', '', 100_000);
    watch.stop();
    return { operations: objects.length };
  }
  return measureSmall(workload, context, watch, {
    put: (index) => client.putObject(`key-${index}`, BODY),
    get: async (index) => (await client.getObjectArrayBuffer(`key-${index}`)).byteLength,
    head: (index) => client.getContentLength(`key-${index}`),
  });
}
