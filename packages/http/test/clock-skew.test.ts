import { errorFromCode } from '@cmx/cloud-core';
import { startFaultProxy } from '@cmx/conformance';
import { describe, expect, it } from 'vitest';
import { decodeHttpError, HttpClient, undiciTransport, type HttpAuth, type HttpClientOptions, type HttpRequest } from '../src/index.ts';
import { FakeClock, ScriptedTransport, sentHeader } from './scripted-transport.ts';
import { startServer, testService } from './servers.ts';
import { failure } from './wait.ts';

const HOUR_IN_MS = 3_600_000;
const GET: HttpRequest = { operation: 'getThing', method: 'GET', path: '/bytes/5', collect: true };
const auth: HttpAuth = { authorize: (request) => void (request.headers['x-ms-date'] = new Date(request.now).toUTCString()) };

describe('a clock that is wrong', () => {
  it.each([HOUR_IN_MS, -HOUR_IN_MS])('by %i ms is corrected for 20 calls at once, each signed once more', async (offsetInMs) => {
    await using server = await startServer(testService);
    await using proxy = await startFaultProxy({ target: server.origin, rules: [{ fault: { kind: 'clock-skew', offsetInMs, toleranceInMs: 300_000 } }] });
    const http = new HttpClient({ provider: 'aws', baseUrl: proxy.url, transport: undiciTransport(), auth, retry: { maxAttempts: 1 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => http.request(GET)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const asked = proxy.requests.length;
    expect(asked).toBeLessThanOrEqual(40);
    await http.request(GET);
    expect(proxy.requests.length).toBe(asked + 1);
    await http.close();
  });

  /** A service with the time of its own, which refuses what is signed more than five minutes from it. */
  function strictService(clock: FakeClock, offsetInMs: number, refusal: { status: number; body?: string }): ScriptedTransport {
    return new ScriptedTransport((request) => {
      const serviceTime = clock.now() + offsetInMs;
      const headers = { date: new Date(serviceTime).toUTCString() };
      const signed = Date.parse(sentHeader(request, 'x-ms-date') ?? '');
      return Math.abs(signed - serviceTime) > 300_000 ? { ...refusal, headers } : { headers };
    });
  }

  async function send(transport: ScriptedTransport, clock: FakeClock, more: Partial<HttpClientOptions> = {}, request = GET): Promise<unknown> {
    return new HttpClient({ provider: 'aws', baseUrl: 'https://api.example.com', transport, clock, auth, retry: { maxAttempts: 1 }, ...more }).request(request);
  }

  it('is found out by a refusal without a code, as HEAD has', async () => {
    const clock = new FakeClock();
    const transport = strictService(clock, HOUR_IN_MS, { status: 403 });
    await send(transport, clock, {}, { ...GET, method: 'HEAD' });
    expect(transport.requests).toHaveLength(2);
  });

  it('is found out by what the client calls a skew error', async () => {
    const clock = new FakeClock();
    const transport = strictService(clock, HOUR_IN_MS, { status: 400, body: 'too late' });
    expect(await failure(send(transport, clock))).toMatchObject({ status: 400 });
    await send(transport, clock, { isClockSkewError: ({ status }) => status === 400 });
  });

  it('is not blamed when both clocks agree', async () => {
    const clock = new FakeClock();
    const transport = new ScriptedTransport(() => ({ status: 403, headers: { date: new Date(clock.now()).toUTCString() } }));
    const decodeError: HttpClientOptions['decodeError'] = (response) => errorFromCode('permission_denied', decodeHttpError(response).reason, { vendorCode: 'RequestTimeTooSkewed' });
    expect(await failure(send(transport, clock, { decodeError }))).toMatchObject({ code: 'permission_denied' });
    expect(transport.requests).toHaveLength(1);
  });

  it('is blamed only once', async () => {
    const clock = new FakeClock();
    let serviceTime = clock.now();
    const transport = new ScriptedTransport(() => ({ status: 403, headers: { date: new Date((serviceTime += HOUR_IN_MS)).toUTCString() } }));
    expect(await failure(send(transport, clock))).toMatchObject({ status: 403 });
    expect(transport.requests).toHaveLength(2);
  });

  it('is not learned from an answer that is no refusal', async () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const transport = new ScriptedTransport(() => ({ status: 404, headers: { date: new Date(clock.now() - HOUR_IN_MS).toUTCString() } }));
    const http = new HttpClient({ provider: 'aws', baseUrl: 'https://api.example.com', transport, clock, auth: { authorize: ({ now }) => void seen.push(now) } });
    await failure(http.request(GET));
    await failure(http.request(GET));
    expect(seen).toEqual([clock.now(), clock.now()]);
  });

  it.each(['', 'never', 'Thu, 99 Foo 2026'])('is not learned from the date %j', async (date) => {
    const clock = new FakeClock();
    const transport = new ScriptedTransport(() => ({ status: 403, headers: { date } }));
    expect(await failure(send(transport, clock))).toMatchObject({ status: 403 });
    expect(transport.requests).toHaveLength(1);
  });
});
