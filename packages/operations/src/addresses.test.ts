import { CloudError } from '@cmx/cloud-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress, parseBucketAddress, parseObjectAddress } from './addresses.ts';

const remote = (connection: string, bucket: string, key = '') => ({ kind: 'remote', connection, bucket, key });
const local = (path: string) => ({ kind: 'local', path });
const isRefused = (error: unknown): boolean => CloudError.is(error, 'invalid_argument');

describe('parseAddress', () => {
  it.each([
    ['prod:', remote('prod', '')],
    ['prod:bucket', remote('prod', 'bucket')],
    ['prod:bucket/', remote('prod', 'bucket')],
    ['prod:bucket/a/b c', remote('prod', 'bucket', 'a/b c')],
    ['prod:bucket//a', remote('prod', 'bucket', '/a')],
    ['prod:bucket/a:b', remote('prod', 'bucket', 'a:b')],
    ['prod:bucket/a\nb', remote('prod', 'bucket', 'a\nb')],
    ['s3://bucket/key', remote('s3', 'bucket', 'key')],
    [':bucket/key', remote('main', 'bucket', 'key')],
    ['-', { kind: 'standard' }],
    ['.', local('.')],
    ['..', local('..')],
    ['./a:b', local('./a:b')],
    ['/etc/hosts', local('/etc/hosts')],
    ['~/x', local('~/x')],
    ['photos/a.jpg', local('photos/a.jpg')],
    ['C:\\Users', local('C:\\Users')],
    ['C:/Users', local('C:/Users')],
    ['\\\\host\\share', local('\\\\host\\share')],
    ['file:a:b', local('a:b')],
    ['file:///etc/hosts', local('/etc/hosts')],
    ['file:./x', local('./x')],
    ['-x:bucket', local('-x:bucket')],
  ])('reads %j', (address, expected) => {
    expect(parseAddress(address, 'main')).toEqual(expected);
  });

  it.each(['', 'a\0b', 'prod:/key'])('refuses %j', (address) => {
    expect(() => parseAddress(address, 'main')).toThrow(expect.toSatisfy(isRefused));
  });

  it('refuses the default connection when there is none', () => {
    expect(() => parseAddress(':bucket')).toThrow(/no default/);
  });

  it('reads back what was written, whatever the key', () => {
    const key = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(key, (text) => {
        const location = { kind: 'remote', connection: 'prod', bucket: 'bucket', key: text } as const;
        expect(parseAddress(formatAddress(location))).toEqual(location);
      }),
    );
  });

  it('is strict about buckets and objects where they are needed', () => {
    expect(parseBucketAddress('prod:b')).toEqual(remote('prod', 'b'));
    expect(() => parseBucketAddress('./b')).toThrow(expect.toSatisfy(isRefused));
    expect(() => parseBucketAddress('prod:')).toThrow(expect.toSatisfy(isRefused));
    expect(() => parseObjectAddress('prod:b')).toThrow(expect.toSatisfy(isRefused));
  });
});
