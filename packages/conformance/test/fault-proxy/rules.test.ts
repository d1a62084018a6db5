import { CloudError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../src/fault-proxy/fault-proxy.ts';
import type { FaultProxyOptions } from '../../src/fault-proxy/fault-proxy.ts';
import { failure, send, startServer } from './wire.ts';
import type { WireRequest } from './wire.ts';

const TEAPOT = { kind: 'status', status: 418 } as const;

async function statuses(options: Omit<FaultProxyOptions, 'target'>, requests: readonly WireRequest[]): Promise<number[]> {
  await using server = await startServer((_request, response) => void response.end());
  await using proxy = await startFaultProxy({ target: server.url, ...options });
  const seen: number[] = [];
  for (const request of requests) seen.push((await send(proxy.url, request)).status);
  return seen;
}

const GET: WireRequest = {};
const many = (count: number) => new Array<WireRequest>(count).fill(GET);

describe('a rule', () => {
  it('applies by method and path', async () => {
    const rules = [{ fault: TEAPOT, method: ['put', 'POST'], path: /\?uploads$/ }];
    const requests = [GET, { method: 'PUT' }, { method: 'PUT', path: '/key?uploads' }, { method: 'POST', path: '/key?uploads' }, { path: '/key?uploads' }];
    expect(await statuses({ rules }, requests)).toEqual([200, 200, 418, 418, 200]);
  });

  it('applies from the nth match on, so many times', async () => {
    expect(await statuses({ rules: [{ fault: TEAPOT, nth: 2, times: 2 }] }, many(5))).toEqual([200, 418, 418, 200, 200]);
  });

  it('yields to the rules before it, and counts all the same', async () => {
    const rules = [{ fault: { kind: 'status', status: 500 }, times: 1 } as const, { fault: TEAPOT, nth: 2, times: 1 }];
    expect(await statuses({ rules }, many(3))).toEqual([500, 418, 200]);
  });

  it('draws the same faults for the same seed', async () => {
    const rules = [{ fault: TEAPOT, probability: 0.5 }];
    const first = await statuses({ rules, seed: 42 }, many(30));
    expect(await statuses({ rules, seed: 42 }, many(30))).toEqual(first);
    expect(await statuses({ rules, seed: 43 }, many(30))).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 418]));
  });

  it('begins its sequence again after a clear', async () => {
    await using server = await startServer((_request, response) => void response.end());
    await using proxy = await startFaultProxy({ target: server.url, seed: 9 });
    const draw = async () => {
      proxy.clear();
      proxy.use({ fault: TEAPOT, probability: 0.5 });
      const seen: number[] = [];
      for (const request of many(20)) seen.push((await send(proxy.url, request)).status);
      return seen;
    };
    expect(await draw()).toEqual(await draw());
    expect(proxy.requests).toHaveLength(20);
    expect(proxy.rules).toHaveLength(1);
    proxy.clear();
    expect(proxy.requests).toHaveLength(0);
    expect(proxy.rules).toHaveLength(0);
  });
});

describe('startFaultProxy', () => {
  it.each(['https://127.0.0.1:1', 'nonsense'])('refuses the target %s', async (target) => {
    expect(CloudError.is(await failure(startFaultProxy({ target })), 'invalid_argument')).toBe(true);
  });

  it('keeps a log of the requests it has seen', async () => {
    await using server = await startServer((_request, response) => void response.end());
    await using proxy = await startFaultProxy({ target: server.url, rules: [{ fault: TEAPOT, nth: 2 }] });
    await send(proxy.url, { method: 'PUT', path: '/a?b', headers: { 'X-Test': 'yes' } });
    await send(proxy.url);
    expect(proxy.requests).toMatchObject([
      { method: 'PUT', path: '/a?b', headers: { 'x-test': 'yes' }, fault: undefined, outcome: 'answered' },
      { method: 'GET', path: '/object', fault: 'status', outcome: 'answered' },
    ]);
  });
});
