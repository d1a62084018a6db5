import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketAddress, copySource, encodeKey, encodeUriComponent, queryString } from './urls.ts';

describe('encoding', () => {
  it.each([
    ['plain/key-1_2.3~4', 'plain/key-1_2.3~4'],
    ['a b+c%2F', 'a%20b%2Bc%252F'],
    ["!'()*", '%21%27%28%29%2A'],
    ['é😀', '%C3%A9%F0%9F%98%80'],
    ['/lead//double/', '/lead//double/'],
    ['?#&=;:@,$"\\<>', '%3F%23%26%3D%3B%3A%40%2C%24%22%5C%3C%3E'],
    ['\u0001\n', '%01%0A'],
  ])('writes the key %j as %s', (key, path) => {
    expect(encodeKey(key)).toBe(path);
  });

  it('can be undone, and leaves nothing a URL parser would touch', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(decodeURIComponent(encodeKey(key))).toBe(key);
        expect(encodeKey(key)).toMatch(/^(?:[\w.~/-]|%[\dA-F]{2})*$/);
        expect(encodeUriComponent(key)).not.toContain('/');
      }),
    );
  });

  it('puts a query into canonical order and drops what is undefined', () => {
    expect(queryString({ prefix: 'a b', 'list-type': 2, uploads: '', marker: undefined })).toBe('?list-type=2&prefix=a%20b&uploads=');
    expect(queryString({ marker: undefined })).toBe('');
  });

  it('encodes the source of a copy once', () => {
    expect(copySource('bucket', 'any%25 file.txt')).toBe('/bucket/any%2525%20file.txt');
    expect(copySource('bucket', 'k', 'v/1')).toBe('/bucket/k?versionId=v%2F1');
  });
});

describe('bucketAddress', () => {
  it.each([
    ['https://s3.test', 'photos', 'virtual', { origin: 'https://photos.s3.test', path: '' }],
    ['https://s3.test', 'photos', 'path', { origin: 'https://s3.test', path: '/photos' }],
    ['https://s3.test', 'my.photos', 'virtual', { origin: 'https://s3.test', path: '/my.photos' }],
    ['https://s3.test', 'Photos_1', 'virtual', { origin: 'https://s3.test', path: '/Photos_1' }],
    ['http://s3.test:9000/base', 'photos', 'path', { origin: 'http://s3.test:9000', path: '/base/photos' }],
    ['http://s3.test:9000/base', 'photos', 'virtual', { origin: 'http://photos.s3.test:9000', path: '/base' }],
  ] as const)('%s %s %s', (endpoint, bucket, addressing, address) => {
    expect(bucketAddress(endpoint, bucket, addressing)).toEqual(address);
  });
});
