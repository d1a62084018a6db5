import { expect, it } from 'vitest';
import { automaticTransport } from '../src/index.ts';
import { startServer, testService, type Echo } from './servers.ts';

const TIMEOUTS = { connectInMs: 5000, firstByteInMs: 5000, idleInMs: 5000 };

it('begins with node:http, and goes over to undici once that is loaded', async () => {
  await using server = await startServer(testService);
  const transport = automaticTransport();
  /** node:http writes `Connection`, undici `connection`. */
  const carrier = async (): Promise<string> => {
    const { body } = await transport.request({ method: 'GET', origin: server.origin, path: '/echo', headers: [], timeouts: TIMEOUTS, collect: true });
    const { headers } = JSON.parse(new TextDecoder().decode(await body.bytes())) as Echo;
    return headers.includes('Connection') ? 'node:http' : 'undici';
  };
  expect(await carrier()).toBe('node:http');
  while ((await carrier()) === 'node:http');
  expect(await Promise.all([carrier(), carrier(), carrier()])).toEqual(['undici', 'undici', 'undici']);
  await transport.close();
});
