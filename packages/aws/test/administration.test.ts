import { syncBuiltinESMExports } from 'node:module';
import { nodeHttpTransport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { S3Client } from '../src/index.ts';
import { describeAdministration } from './administration.ts';
import { BucketService } from './bucket-service.ts';

const ORIGIN = 'https://s3.test';
const server = setupServer();
let client: S3Client;

beforeAll(() => {
  server.listen();
  syncBuiltinESMExports();
});
afterAll(() => {
  server.close();
  syncBuiltinESMExports();
});
beforeEach(({ onTestFinished }) => {
  server.use(...new BucketService().handlers(ORIGIN));
  client = new S3Client({ endpoint: ORIGIN, addressing: 'path', region: 'us-east-1', transport: nodeHttpTransport(), credentials: { kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S' } });
  onTestFinished(async () => {
    server.resetHandlers();
    await client.close();
  });
});

let count = 0;
describeAdministration(() => ({ client, name: () => `cmx-test-${String(++count)}` }));
