import { syncBuiltinESMExports } from 'node:module';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { nodeHttpTransport } from '@cmx/http';
import { S3Service, type S3ServiceOptions } from '@cmx/s3/testing';
import type { HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { S3Client, type S3ClientOptions } from '../src/index.ts';

export const ORIGIN = 'https://s3.test';
export const KEYS = { kind: 'access_key', accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' } as const satisfies AccessKeyCredentials;

interface Intercepted {
  readonly service: S3Service;
  /** Puts another service in the place of the first, for this case. */
  replace(options: S3ServiceOptions): Promise<S3Service>;
  use(...handlers: HttpHandler[]): void;
  open(options?: S3ClientOptions): S3Client;
}

/** A service of its own for each case, and clients of it: no socket is opened, and nothing else can be reached. */
export function interceptService(): Intercepted {
  const server = setupServer();
  const clients: S3Client[] = [];
  let service: S3Service;
  const replace = async (options: S3ServiceOptions): Promise<S3Service> => {
    service = new S3Service({ identities: [KEYS], ...options });
    server.use(...(await service.handlers(ORIGIN)));
    return service;
  };
  beforeAll(() => {
    server.listen({ onUnhandledFrame: 'error' });
    // The SDK may have taken the functions of node:http before they were replaced.
    syncBuiltinESMExports();
  });
  afterAll(() => {
    server.close();
    syncBuiltinESMExports();
  });
  beforeEach(async ({ onTestFinished }) => {
    await replace({});
    onTestFinished(async () => {
      server.resetHandlers();
      await Promise.all(clients.splice(0).map((client) => client.close()));
    });
  });
  return {
    get service() {
      return service;
    },
    replace,
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
