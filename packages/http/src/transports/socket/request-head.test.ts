import { describe, expect, it } from 'vitest';
import type { TransportRequest } from '../../transport.ts';
import { requestHead } from './request-head.ts';

const LINES = { host: 'example.com:8080', pathPrefix: '', extraHeaders: '' };
const request = (more: Partial<TransportRequest> = {}): TransportRequest => ({ method: 'GET', origin: 'http://example.com:8080', path: '/a?b', headers: [], timeouts: { connectInMs: 1, firstByteInMs: 1, idleInMs: 1 }, ...more });

describe('requestHead', () => {
  it('adds what frames the message', () => {
    expect(requestHead(request(), LINES)).toBe('GET /a?b HTTP/1.1\r\nhost: example.com:8080\r\nconnection: keep-alive\r\n\r\n');
    expect(requestHead(request({ method: 'PUT' }), LINES)).toContain('\r\ncontent-length: 0\r\n');
    expect(requestHead(request({ method: 'DELETE', body: new Uint8Array(3) }), LINES)).toContain('\r\ncontent-length: 3\r\n');
  });

  it('leaves what is given', () => {
    const head = requestHead(request({ method: 'PUT', headers: ['Host', 'other', 'Content-Length', '0', 'Connection', 'close', 'x-latin', 'caf\u00e9\t!'] }), LINES);
    expect(head).toBe('PUT /a?b HTTP/1.1\r\nHost: other\r\nContent-Length: 0\r\nConnection: close\r\nx-latin: caf\u00e9\t!\r\n\r\n');
  });

  it('addresses a forwarding proxy', () => {
    expect(requestHead(request(), { host: 'h', pathPrefix: 'http://h', extraHeaders: 'proxy-authorization: Basic eA==\r\n' })).toBe('GET http://h/a?b HTTP/1.1\r\nhost: h\r\nconnection: keep-alive\r\nproxy-authorization: Basic eA==\r\n\r\n');
  });

  it.each<[string, Partial<TransportRequest>]>([
    ['a method with a line break', { method: 'GET\r\n' }],
    ['a path without a slash', { path: 'a' }],
    ['a path with a space', { path: '/a b' }],
    ['a path beyond ASCII', { path: '/\u00e9' }],
    ['a name without a value', { headers: ['x'] }],
    ['a name with a space', { headers: ['x y', 'z'] }],
    ['an empty name', { headers: ['', 'z'] }],
    ['a value with a line break', { headers: ['x', 'a\r\nb: c'] }],
    ['a value with a null', { headers: ['x', 'a\0'] }],
    ['a value beyond Latin-1', { headers: ['x', '\u20ac'] }],
    ['a framing of its own', { headers: ['Transfer-Encoding', 'chunked'] }],
  ])('refuses %s', (_, more) => {
    expect(() => requestHead(request(more), LINES)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});
