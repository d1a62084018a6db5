import { syncBuiltinESMExports } from 'node:module';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { nodeHttpTransport } from '@cmx/http';
import type { HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { S3Client, type S3ClientOptions } from '../src/index.ts';
import { BucketService } from './bucket-service.ts';

export const ORIGIN = 'https://s3.test';
export const KEYS: AccessKeyCredentials = { kind: 'access_key', accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' };

/** A service of its own for each case, and clients of it: no socket is opened, and nothing else can be reached. */
export function interceptService(): { readonly service: BucketService; use(...handlers: HttpHandler[]): void; open(options?: S3ClientOptions): S3Client } {
  const server = setupServer();
  const clients: S3Client[] = [];
  let service = new BucketService();
  beforeAll(() => {
    server.listen({ onUnhandledFrame: 'error' });
    // The SDK may have taken the functions of node:http before they were replaced.
    syncBuiltinESMExports();
  });
  afterAll(() => {
    server.close();
    syncBuiltinESMExports();
  });
  beforeEach(({ onTestFinished }) => {
    service = new BucketService();
    server.use(...service.handlers(ORIGIN));
    onTestFinished(async () => {
      server.resetHandlers();
      await Promise.all(clients.splice(0).map((client) => client.close()));
    });
  });
  return {
    get service() {
      return service;
    },
    use(...handlers) {
      server.use(...handlers);
    },
    open(options) {
      const client = new S3Client({ endpoint: ORIGIN, addressing: 'path', region: 'us-east-1', transport: nodeHttpTransport(), credentials: KEYS, ...options });
      clients.push(client);
      return client;
    },
  };
}
