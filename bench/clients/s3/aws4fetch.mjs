import { AwsClient } from 'aws4fetch';
import { BODY, measureSmall } from './small-objects.mjs';

export async function measure(workload, context, watch) {
  const client = new AwsClient({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', region: 'us-east-1', service: 's3' });
  const url = (index) => `${context.url}/bucket/key-${index}`;
  return measureSmall(workload, context, watch, {
    put: async (index) => (await client.fetch(url(index), { method: 'PUT', body: BODY })).arrayBuffer(),
    get: async (index) => (await (await client.fetch(url(index))).arrayBuffer()).byteLength,
    head: (index) => client.fetch(url(index), { method: 'HEAD' }),
  });
}
