import { describe, expect, it } from 'vitest';
import { proxyAuthorization, proxyFor, proxySettingsFromEnv } from './proxy.ts';

describe('proxySettingsFromEnv', () => {
  it('reads lower case before upper case', () => {
    expect(proxySettingsFromEnv({ http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:2', HTTPS_PROXY: 'http://c:3', NO_PROXY: 'x, y  z' })).toEqual({ http: 'http://a:1', https: 'http://c:3', noProxy: ['x', 'y', 'z'] });
  });

  it('takes an empty variable for none', () => {
    expect(proxySettingsFromEnv({ https_proxy: '', no_proxy: '' })).toEqual({ http: undefined, https: undefined, noProxy: undefined });
  });
});

describe('proxyFor', () => {
  const settings = { http: 'http://plain:3128', https: 'secure.example.com:3129' };

  it('goes by the scheme of the origin', () => {
    expect(proxyFor(new URL('http://a.com'), settings)?.href).toBe('http://plain:3128/');
    expect(proxyFor(new URL('https://a.com'), settings)?.href).toBe('http://secure.example.com:3129/');
    expect(proxyFor(new URL('https://a.com'), { http: 'http://plain:3128' })).toBeUndefined();
  });

  it.each([
    ['*', 'https://anything.com', true],
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://a.b.example.com', true],
    ['.example.com', 'https://a.example.com', true],
    ['*.example.com', 'https://a.example.com', true],
    ['example.com', 'https://notexample.com', false],
    ['EXAMPLE.com', 'https://example.com', true],
    ['example.com:8443', 'https://example.com:8443', true],
    ['example.com:8443', 'https://example.com', false],
    ['example.com:443', 'https://example.com', true],
    ['10.0.0.1', 'http://10.0.0.1:9000', true],
    ['10.0.0.1', 'http://10.0.0.2', false],
    ['localhost', 'http://localhost:3000', true],
  ])('with no_proxy %s reaches %s directly: %s', (entry, origin, direct) => {
    expect(proxyFor(new URL(origin), { ...settings, noProxy: [entry] }) === undefined).toBe(direct);
  });

  it.each(['socks5://a:1', 'http://', 'http://:::'])('refuses the proxy %s without repeating it', (proxy) => {
    expect(() => proxyFor(new URL('http://a.com'), { http: proxy })).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
  });
});

describe('proxyAuthorization', () => {
  it('decodes user and password, in UTF-8', () => {
    expect(proxyAuthorization(new URL('http://us%40er:p%C3%A9@proxy'))).toBe(`Basic ${Buffer.from('us@er:p\u00e9').toString('base64')}`);
    expect(proxyAuthorization(new URL('http://proxy'))).toBeUndefined();
  });
});
