import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchTransport, HttpClient, nodeHttpTransport, type HttpRequest } from '../src/index.ts';
import { failure } from './wait.ts';

const server = setupServer();
const BASE = 'https://api.example.com';
const PUT: HttpRequest = { operation: 'putThing', method: 'PUT', path: '/things/a%2Fb?x=1', collect: true };

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe.each([
  ['node:http', nodeHttpTransport],
  ['fetch', fetchTransport],
])('%s under MSW', (_, make) => {
  const client = (): HttpClient => new HttpClient({ provider: 'coda', baseUrl: BASE, transport: make(), retry: { initialDelayInMs: 1 } });

  it('is intercepted, body and headers included', async () => {
    server.use(http.put(`${BASE}/things/:id`, async ({ request }) => HttpResponse.json({ url: request.url, header: request.headers.get('x-one'), size: (await request.arrayBuffer()).byteLength })));
    const answer = await client().requestJson({ ...PUT, headers: { 'x-one': '1' }, body: new Uint8Array(300_000) });
    expect(answer).toEqual({ url: `${BASE}/things/a%2Fb?x=1`, header: '1', size: 300_000 });
  });

  it('streams the answer', async () => {
    server.use(http.get(`${BASE}/big`, () => new HttpResponse(new Uint8Array(2_000_000))));
    const { body } = await client().request({ operation: 'getBig', method: 'GET', path: '/big' });
    let received = 0;
    for await (const chunk of body) received += chunk.byteLength;
    expect(received).toBe(2_000_000);
  });

  it('retries, and makes typed errors', async () => {
    let count = 0;
    server.use(http.get(`${BASE}/flaky`, () => (++count < 3 ? new HttpResponse(null, { status: 503 }) : HttpResponse.json([count]))));
    expect(await client().requestJson({ operation: 'getFlaky', method: 'GET', path: '/flaky' })).toEqual([3]);
    server.use(http.delete(`${BASE}/gone`, () => HttpResponse.json({ message: 'Gone' }, { status: 404 })));
    expect(await failure(client().request({ operation: 'deleteGone', method: 'DELETE', path: '/gone' }))).toMatchObject({ code: 'not_found', reason: 'Gone' });
  });

  it('reads HEAD and 204', async () => {
    server.use(http.head(`${BASE}/head`, () => new HttpResponse(null, { headers: { 'content-length': '77' } })));
    const answer = await client().request({ operation: 'head', method: 'HEAD', path: '/head', collect: true });
    expect(answer.headers.get('content-length')).toBe('77');
    server.use(http.delete(`${BASE}/thing`, () => new HttpResponse(null, { status: 204 })));
    expect((await client().request({ operation: 'deleteThing', method: 'DELETE', path: '/thing', collect: true })).status).toBe(204);
  });

  it('fails when nobody handles the request or the network breaks', async () => {
    server.use(http.get(`${BASE}/broken`, () => HttpResponse.error()));
    expect(await failure(client().request({ operation: 'getBroken', method: 'GET', path: '/broken' }))).toMatchObject({ code: 'unavailable' });
  });
});
