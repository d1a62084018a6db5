import { afterEach, expect, it } from 'vitest';
import { HttpClient } from '../http-client.ts';
import { serveRequests, type Listening, type Respond } from './serve-requests.ts';

let service: Listening;
afterEach(() => service.close());

async function clientOf(respond: Respond): Promise<HttpClient> {
  service = await serveRequests(respond, 0);
  return new HttpClient({ provider: 'test', baseUrl: service.url, retry: { maxAttempts: 1 } });
}

it('gives requests as they were on the wire, and answers as they are', async () => {
  const client = await clientOf(async (request, path) => Response.json({ path, method: request.method, header: request.headers.get('x-one'), body: await request.text() }, { status: 201, headers: { 'x-two': '2' } }));
  const { status, headers, body } = await client.request({ operation: 'put', method: 'PUT', path: '/a/../b?c', headers: { 'x-one': '1' }, body: new TextEncoder().encode('hello'), collect: true });
  expect([status, headers.get('x-two')]).toEqual([201, '2']);
  expect(JSON.parse(new TextDecoder().decode(await body.bytes()))).toEqual({ path: '/a/../b?c', method: 'PUT', header: '1', body: 'hello' });
});

it('ends the connection when the answer breaks', async () => {
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    pull: (controller) => controller.error(new Error('Broken on purpose')),
  });
  const client = await clientOf(async () => new Response(broken, { headers: { 'content-length': '20' } }));
  await expect(client.request({ operation: 'get', method: 'GET', path: '/', collect: true })).rejects.toMatchObject({ code: 'unavailable', phase: 'body' });
});

it.each([-1, 65_536, 1.5])('refuses the port %d', async (port) => {
  service = await serveRequests(async () => new Response(), 0);
  await expect(serveRequests(async () => new Response(), port)).rejects.toMatchObject({ code: 'invalid_argument' });
});
