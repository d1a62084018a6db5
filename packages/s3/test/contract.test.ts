import { syncBuiltinESMExports } from 'node:module';
import { describeStorageContract, S3_WIRE, type StorageContractOptions } from '@cmx/conformance';
import { fetchTransport, nodeHttpTransport, socketTransport, type Transport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe } from 'vitest';
import type { S3Dialect } from '../src/index.ts';
import { clientOf, createService, INTERCEPTED_DIALECT, serveService, TEST_DIALECT, wireClient } from './support.ts';

const BUCKET = 'conformance';

/** The service behind MSW's interceptors: no socket is opened. */
function describeIntercepted(name: string, transport: () => Transport, more: Partial<StorageContractOptions> = {}): void {
  describe(`intercepted ${name}`, () => {
    const server = setupServer();
    let opened = 0;
    beforeAll(() => {
      server.listen();
      // The suite reads presigned URLs by `import { request } from 'node:http'`, which must be the intercepted one.
      syncBuiltinESMExports();
    });
    afterAll(() => {
      server.close();
      syncBuiltinESMExports();
    });
    describeStorageContract({
      name: `s3 over ${name}`,
      server: 'service in memory, intercepted',
      capabilities: INTERCEPTED_DIALECT.capabilities,
      hygieneRounds: 100,
      ...more,
      async open() {
        const service = createService();
        const origin = `https://s3-${String(++opened)}.test`;
        server.use(...(await service.handlers(origin)));
        const client = clientOf(service, origin, { dialect: INTERCEPTED_DIALECT, transport: transport() });
        await client.createBucket(BUCKET);
        return { client, bucket: BUCKET, close: () => client.close() };
      },
    });
  });
}

/** The service on a loopback socket, also behind the fault proxy. */
function describeServed(name: string, dialect: S3Dialect, transport: (() => Transport) | undefined): void {
  describe(`served to ${name}`, () => {
    describeStorageContract({
      name: `s3 over ${name}`,
      server: 'service in memory, served',
      capabilities: dialect.capabilities,
      wire: S3_WIRE,
      async open() {
        const server = await serveService();
        const { service, url } = server;
        const client = clientOf(service, url, { dialect, transport: transport?.() });
        await client.createBucket(BUCKET);
        return {
          client,
          bucket: BUCKET,
          http: { target: url, open: async (endpoint, options) => wireClient(service, endpoint, options) },
          async close() {
            await client.close();
            await server.close();
          },
        };
      },
    });
  });
}

describeIntercepted('fetch', fetchTransport, {
  deviations: {
    'gives back the stored bytes of an encoded object, and their size': 'fetch decodes bodies with a Content-Encoding, so its transport refuses them',
  },
});
describeIntercepted('node:http', nodeHttpTransport);
describeServed('sockets', TEST_DIALECT, socketTransport);
