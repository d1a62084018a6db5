import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { RAW_PATH_HEADER, serveHandlers } from '../src/msw/serve-handlers.ts';
import { failure, send } from './fault-proxy/wire.ts';

describe('serveHandlers', () => {
  it('serves handlers written for an origin', async () => {
    await using server = await serveHandlers([http.get('https://api.test/things/:id', ({ params }) => HttpResponse.json({ id: params.id }))], { origin: 'https://api.test' });
    const answer = await send(server.url, { path: '/things/7' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({ id: '7' });
  });

  it('gives handlers the body, the headers and the path as it was sent', async () => {
    await using server = await serveHandlers([
      http.put('*/bucket/*', async ({ request }) => {
        const { headers } = request;
        return HttpResponse.text(`${headers.get(RAW_PATH_HEADER)} ${headers.get('host')} ${await request.text()}`, { status: 201 });
      }),
    ]);
    const answer = await send(server.url, { method: 'PUT', path: '/bucket/a/%2E%2E/b?x=%20', headers: { host: 's3.test' }, body: 'hello' });
    expect(answer.status).toBe(201);
    expect(answer.body.toString()).toBe('/bucket/a/%2E%2E/b?x=%20 s3.test hello');
    expect(server.unhandled).toEqual([]);
  });

  it('streams a body of any size', async () => {
    const body = new Uint8Array(3_000_000).fill(7);
    await using server = await serveHandlers([http.get('*/large', () => new HttpResponse(new Blob([body]).stream(), { headers: { 'Content-Length': String(body.length) } }))]);
    const answer = await send(server.url, { path: '/large' });
    expect(answer.headers['content-length']).toBe('3000000');
    expect(answer.body.equals(body)).toBe(true);
  });

  it('answers a HEAD with headers alone', async () => {
    await using server = await serveHandlers([http.head('*/object', () => new HttpResponse(null, { headers: { 'Content-Length': '12', ETag: '"one"' } }))]);
    expect(await send(server.url, { method: 'HEAD' })).toMatchObject({ status: 200, headers: { 'content-length': '12', etag: '"one"' } });
  });

  it('says what no handler takes', async () => {
    await using server = await serveHandlers([]);
    expect((await send(server.url, { method: 'DELETE', path: '/nothing' })).status).toBe(501);
    expect(server.unhandled).toEqual(['DELETE /nothing']);
    server.use(http.delete('*/nothing', () => new HttpResponse(null, { status: 204 })));
    expect((await send(server.url, { method: 'DELETE', path: '/nothing' })).status).toBe(204);
  });

  it('breaks the connection for a network error, and answers 500 for a handler that throws', async () => {
    await using server = await serveHandlers([
      http.get('*/network', () => HttpResponse.error()),
      http.get('*/throws', () => {
        throw new Error('boom');
      }),
    ]);
    expect((await failure(send(server.url, { path: '/network' }))).code).toBe('ECONNRESET');
    expect((await send(server.url, { path: '/throws' })).status).toBe(500);
  });

  it('can be closed twice', async () => {
    const server = await serveHandlers([]);
    await server.close();
    await server.close();
    expect((await failure(send(server.url))).code).toBe('ECONNREFUSED');
  });
});
