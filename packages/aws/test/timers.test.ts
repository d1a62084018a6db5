import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { S3Client } from '../src/index.ts';
import { KEYS } from './intercepted.ts';

async function serve(listener: RequestListener): Promise<{ server: Server; client: S3Client }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const timeouts = { connectInMs: 1000, firstByteInMs: 40, idleInMs: 40 };
  return { server, client: new S3Client({ endpoint, region: 'us-east-1', credentials: KEYS, timeouts, retry: { maxAttempts: 1 } }) };
}

function stop(server: Server): void {
  server.closeAllConnections();
  server.close();
}

it('ends a call whose answer never begins', async () => {
  const { server, client } = await serve(() => undefined);
  await expect(client.getBucketCors('cmx-test')).rejects.toMatchObject({ code: 'timeout', phase: 'first_byte', operation: 'getBucketCors' });
  stop(server);
});

it('ends a call whose answer stalls in the middle', async () => {
  const { server, client } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml', 'content-length': '1000' });
    response.write('<CORSConfiguration>');
  });
  await expect(client.getBucketCors('cmx-test')).rejects.toMatchObject({ provider: 'aws', operation: 'getBucketCors', retryable: true });
  stop(server);
});

it('says that nobody answers', async () => {
  const { server, client } = await serve(() => undefined);
  stop(server);
  await expect(client.getBucketCors('cmx-test')).rejects.toMatchObject({ code: 'unavailable', phase: 'connect', vendorCode: 'ECONNREFUSED' });
});
