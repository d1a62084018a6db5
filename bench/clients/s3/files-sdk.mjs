import { Files } from 'files-sdk';
import { s3 } from 'files-sdk/s3';
import { BODY, measureSmall } from './small-objects.mjs';

export async function measure(workload, context, watch) {
  const files = new Files({
    adapter: s3({ bucket: 'bucket', region: 'us-east-1', endpoint: context.url, forcePathStyle: true, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } }),
  });
  return measureSmall(workload, context, watch, {
    put: (index) => files.upload(`key-${index}`, BODY),
    get: async (index) => (await (await files.download(`key-${index}`)).arrayBuffer()).byteLength,
    head: (index) => files.head(`key-${index}`),
  });
}
