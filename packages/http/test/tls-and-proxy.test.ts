import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchTransport, nodeHttpTransport, socketTransport, undiciTransport, type SocketTransportOptions, type Transport, type TransportRequest } from '../src/index.ts';
import { createCertificate, type CertificateChoice } from './certificate.ts';
import { startConnectProxy, type ConnectProxy } from './connect-proxy.ts';
import { listen, startServer, testService, type Echo, type TestServer } from './servers.ts';
import { failure, until } from './wait.ts';

const TIMEOUTS = { connectInMs: 5000, firstByteInMs: 5000, idleInMs: 5000 };
const certificate = createCertificate();

function get(transport: Transport, origin: string, more: Partial<TransportRequest> = {}): ReturnType<Transport['request']> {
  return transport.request({ method: 'GET', origin, path: '/echo', headers: [], timeouts: TIMEOUTS, collect: true, ...more });
}

async function echo(transport: Transport, origin: string): Promise<Echo> {
  const { body } = await get(transport, origin);
  return JSON.parse(new TextDecoder().decode(await body.bytes())) as Echo;
}

async function startTlsServer(choice?: CertificateChoice): Promise<TestServer> {
  return listen(createTlsServer(choice ? createCertificate(choice) : certificate, testService), 'https');
}

describe.each<[string, (options?: SocketTransportOptions) => Transport]>([
  ['undici', undiciTransport],
  ['node:http', nodeHttpTransport],
  ['socket', socketTransport],
])('%s', (_, make) => {
  let transport: Transport | undefined;
  const made = (options?: SocketTransportOptions): Transport => (transport = make(options));
  afterEach(() => transport?.close());

  describe('TLS', () => {
    it('trusts the authorities it is given, besides the usual ones', async () => {
      await using server = await startTlsServer();
      for (const ca of [certificate.cert, [createCertificate().cert, certificate.cert]]) {
        const trusting = made({ ca });
        expect((await echo(trusting, server.origin)).method).toBe('GET');
        expect((await echo(trusting, server.origin.replace('127.0.0.1', 'localhost'))).method).toBe('GET');
        await trusting.close();
      }
    });

    it.each<[string, CertificateChoice | undefined, RegExp]>([
      ['of an unknown authority', undefined, /DEPTH_ZERO_SELF_SIGNED_CERT/],
      ['that has expired', { years: -1 }, /CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT/],
    ])('refuses a certificate %s, once and for all', async (_name, choice, code) => {
      await using server = await startTlsServer(choice);
      const error = await failure(get(made(), server.origin));
      expect(error).toMatchObject({ code: 'unavailable', phase: 'connect', retryable: false, applied: false });
      expect((error as Error).message).toMatch(code);
    });

    it('refuses a certificate of another host', async () => {
      const other = createCertificate({ host: 'other.example.com' });
      await using server = await listen(createTlsServer(other, testService), 'https');
      const error = await failure(get(made({ ca: other.cert }), server.origin));
      expect(error).toMatchObject({ code: 'unavailable', phase: 'connect', retryable: false });
      expect((error as Error).message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    });

    it('connects anew after a failure', async () => {
      await using server = await startTlsServer();
      const trusting = made({ ca: certificate.cert });
      await Promise.all([1, 2, 3].map(() => failure(get(trusting, server.origin.replace('https:', 'http:')))));
      expect((await echo(trusting, server.origin)).method).toBe('GET');
    });
  });

  describe('a proxy', () => {
    const through = (proxy: ConnectProxy, more: SocketTransportOptions = {}): Transport => {
      const url = proxy.origin.replace('://', '://user:p%40ss@');
      return made({ proxy: { http: url, https: url }, ca: certificate.cert, ...more });
    };
    const CREDENTIALS = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;

    it.each([false, true])('tunnels HTTPS, and the service does not see it (TLS to the proxy: %s)', async (secure) => {
      await using server = await startTlsServer();
      await using proxy = await startConnectProxy(secure ? { certificate } : {});
      const seen = await echo(through(proxy), server.origin);
      expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${String(server.port)}`]);
      expect(proxy.authorizations).toEqual([CREDENTIALS]);
      expect([seen.path, seen.headers.join().toLowerCase()]).toEqual(['/echo', expect.not.stringContaining('proxy')]);
    });

    it.each([false, true])('forwards HTTP (TLS to the proxy: %s)', async (secure) => {
      await using server = await startServer(testService);
      await using proxy = await startConnectProxy(secure ? { certificate } : {});
      const seen = await echo(through(proxy), server.origin);
      expect(proxy.asked).toEqual([`GET ${server.origin}/echo`]);
      expect(proxy.authorizations).toEqual([CREDENTIALS]);
      expect(seen.headers).toEqual(expect.arrayContaining([`127.0.0.1:${String(server.port)}`]));
    });

    it('keeps a tunnel for the requests that follow', async () => {
      await using server = await startTlsServer();
      await using proxy = await startConnectProxy();
      const tunnelling = through(proxy);
      for (let count = 0; count < 5; count++) await echo(tunnelling, server.origin);
      expect(proxy.asked.length).toBeLessThanOrEqual(2);
    });

    it('is passed by for the hosts it is not for', async () => {
      await using server = await startTlsServer();
      await using proxy = await startConnectProxy();
      await echo(made({ proxy: { https: proxy.origin, noProxy: ['127.0.0.1'] }, ca: certificate.cert }), server.origin);
      expect(proxy.asked).toEqual([]);
    });

    it('is taken from the environment when the transport is made', async () => {
      await using server = await startTlsServer();
      await using proxy = await startConnectProxy();
      vi.stubEnv('https_proxy', proxy.origin);
      vi.stubEnv('no_proxy', 'elsewhere.example.com');
      const tunnelling = made({ ca: certificate.cert });
      vi.unstubAllEnvs();
      await echo(tunnelling, server.origin);
      expect(proxy.asked).toHaveLength(1);
      await tunnelling.close();
      await echo(made({ ca: certificate.cert }), server.origin);
      expect(proxy.asked).toHaveLength(1);
    });

    it.each([
      [407, false],
      [403, false],
      [502, true],
    ])('that refuses with %i is an error without secrets (retryable: %s)', async (status, retryable) => {
      await using proxy = await startConnectProxy({ refuseWith: status });
      const error = await failure(get(through(proxy), 'https://127.0.0.1:1'));
      expect(error).toMatchObject({ code: 'unavailable', phase: 'connect', applied: false, retryable, details: { proxyStatus: status } });
      expect(JSON.stringify(error)).not.toMatch(/p@ss|p%40ss|user/);
    });

    it('that is not there is an error of connecting', async () => {
      const proxy = await startConnectProxy();
      await proxy.close();
      for (const origin of ['https://127.0.0.1:1', 'http://127.0.0.1:1']) {
        const error = await failure(get(through(proxy), origin));
        expect(error).toMatchObject({ code: 'unavailable', phase: 'connect', retryable: true });
        await transport?.close();
      }
    });

    it('that says nothing falls under the connect timer', async () => {
      await using proxy = await startConnectProxy({ refuseWith: 0 });
      const error = await failure(get(through(proxy), 'https://127.0.0.1:1', { timeouts: { ...TIMEOUTS, connectInMs: 60 } }));
      expect(error).toMatchObject({ code: 'timeout', phase: 'connect' });
      await until(() => proxy.openConnections === 0);
    });

    it('is left when the caller aborts', async () => {
      await using proxy = await startConnectProxy({ refuseWith: 0 });
      const controller = new AbortController();
      const pending = failure(get(through(proxy), 'https://127.0.0.1:1', { abortSignal: controller.signal }));
      await until(() => proxy.asked.length === 1);
      const reason = new Error('Enough');
      controller.abort(reason);
      expect(await pending).toBe(reason);
      await until(() => proxy.openConnections === 0);
    });
  });

  describe('its options', () => {
    it.each<SocketTransportOptions>([{ maxConnectionsPerOrigin: 0 }, { maxConnectionsPerOrigin: 1.5 }, { keepAliveInMs: 0 }, { keepAliveInMs: Number.NaN }])('refuse %j', (options) => {
      expect(() => make(options)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
    });

    it('bound the connections to one origin', async () => {
      await using server = await startServer(testService);
      const narrow = made({ maxConnectionsPerOrigin: 3 });
      await Promise.all(Array.from({ length: 30 }, () => get(narrow, server.origin, { path: '/bytes/1000' })));
      expect(server.acceptedConnections).toBeLessThanOrEqual(3);
    });

    it('bound the life of an unused connection', async () => {
      await using server = await startServer(testService);
      await get(made({ keepAliveInMs: 30 }), server.origin);
      await until(() => server.openConnections === 0);
    });
  });
});

it('fetch refuses a certificate of an unknown authority, once and for all', async () => {
  await using server = await startTlsServer();
  const transport = fetchTransport();
  expect(await failure(get(transport, server.origin))).toMatchObject({ code: 'unavailable', phase: 'connect', retryable: false });
  await transport.close();
});
