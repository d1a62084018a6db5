import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Client } from 'minio';
import { BODY, measureSmall } from './small-objects.mjs';

export async function measure(workload, context, watch) {
  const { hostname, port } = new URL(context.url);
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey: 'AKIDEXAMPLE', secretKey: 'secret', region: 'us-east-1', pathStyle: true, transportAgent: new http.Agent({ keepAlive: true, maxSockets: context.concurrency }) });
  const body = Buffer.from(BODY);
  if (workload.startsWith('list')) return list(client, watch);
  if (workload.startsWith('delete')) {
    const keys = Array.from({ length: 10_000 }, (_, index) => `photos/${index} & more.jpg`);
    watch.start();
    await client.removeObjects('bucket', keys);
    watch.stop();
    return { operations: keys.length };
  }
  return measureSmall(workload, context, watch, {
    put: (index) => client.putObject('bucket', `key-${index}`, body),
    get: async (index) => (await buffer(await client.getObject('bucket', `key-${index}`))).length,
    head: (index) => client.statObject('bucket', `key-${index}`),
  });
}

async function list(client, watch) {
  let operations = 0;
  watch.start();
  for await (const object of client.listObjectsV2('bucket', '', true)) if (object.name) operations += 1;
  watch.stop();
  return { operations };
}
