import { describeStorageContract, S3_WIRE } from '@cmx/conformance';
import { serveHandlers } from '@cmx/conformance/msw';
import { fetchTransport, nodeHttpTransport, undiciTransport, type Transport } from '@cmx/http';
import { setupServer } from 'msw/node';
import { describe } from 'vitest';
import type { S3Dialect } from '../src/index.ts';
import { clientOf, createService, INTERCEPTED_DIALECT, TEST_DIALECT, wireClient } from './support.ts';

const BUCKET = 'conformance';

/** The service behind MSW's interceptors: no socket is opened. */
function describeIntercepted(name: string, transport: () => Transport): void {
  describe(`intercepted ${name}`, () => {
    describeStorageContract({
      name: `s3 over ${name}`,
      server: 'service in memory, intercepted',
      capabilities: INTERCEPTED_DIALECT.capabilities,
      async open() {
        const service = createService();
        const server = setupServer(...service.handlers('https://s3.test'));
        server.listen({ onUnhandledRequest: 'error' });
        const client = clientOf(service, 'https://s3.test', { dialect: INTERCEPTED_DIALECT, transport: transport() });
        await client.createBucket(BUCKET);
        return {
          client,
          bucket: BUCKET,
          async close() {
            await client.close();
            server.close();
          },
        };
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
        const service = createService();
        const server = await serveHandlers(service.handlers());
        const client = clientOf(service, server.url, { dialect, transport: transport?.() });
        await client.createBucket(BUCKET);
        return {
          client,
          bucket: BUCKET,
          http: { target: server.url, open: async (endpoint, options) => wireClient(service, endpoint, options) },
          async close() {
            await client.close();
            await server.close();
          },
        };
      },
    });
  });
}

describeIntercepted('fetch', fetchTransport);
describeIntercepted('node:http', nodeHttpTransport);
describeServed('undici', TEST_DIALECT, undiciTransport);
