import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StorageCapabilities } from '../storage/capabilities.ts';
import { utf8Length } from './checks.ts';
import { isPortableBucketName, StorageArguments } from './storage-arguments.ts';
import { STORAGE_OPTIONS } from './storage-options.ts';

const everything = {
  listBuckets: true, createBucket: true, deleteBucket: true, createOnlyPut: true, conditionalPut: true, conditionalMultipart: true,
  conditionalGet: true, modifiedConditions: true, conditionalDelete: true, conditionalCopy: true, ranges: true, suffixRanges: true,
  metadata: true, contentHeaders: true, tags: true, versions: true, multipart: true, resumableUploads: true, partCopy: true, serverSideCopy: true,
  batchDelete: true, delimiter: 'any', startAfter: true, presignedUrls: ['GET', 'PUT'], presignedPost: true, responseOverrides: true,
  storageClass: true, acl: true, lifecycle: true, cors: true, objectLock: true, website: true, quotas: true, serverSideEncryption: true,
  customerKeys: true, checksums: ['crc32', 'sha256'],
  limits: {
    maxKeyBytes: 1024, maxObjectBytes: 1e12, maxSinglePutBytes: 1e9, minPartBytes: 10, maxPartBytes: 1000, maxParts: 100, maxSingleCopyBytes: 1e9,
    maxBatchDelete: 1000, maxMetadataBytes: 100, maxTags: 2, maxPresignSeconds: 3600, maxPageSize: 1000,
  },
  facts: { consistency: 'strong', listOrder: 'utf8', dotSegments: true, wire: 'none' },
} satisfies StorageCapabilities;

const nothing: StorageCapabilities = {
  ...(Object.fromEntries(Object.entries(everything).map(([name, value]) => [name, value === true ? false : value])) as unknown as StorageCapabilities),
  delimiter: false,
  presignedUrls: [],
  checksums: [],
  facts: { ...everything.facts, dotSegments: false },
};

const check = new StorageArguments({ provider: 'acme', service: 'store', capabilities: everything });
const poor = new StorageArguments({ provider: 'acme', capabilities: nothing });

const put = (options: object, args = check) => args.object('putObject', 'photos', 'a.jpg', options, STORAGE_OPTIONS.putObject);

describe('StorageArguments', () => {
  it('describes a good call', () => {
    expect(put({ contentType: 'text/plain; charset=utf-8', ifMatch: 'abc', timeoutInMs: 5, abortSignal: new AbortController().signal })).toEqual({
      provider: 'acme',
      service: 'store',
      operation: 'putObject',
      resource: { type: 'object', name: 'photos/a.jpg' },
    });
  });

  it('names provider, operation and resource', () => {
    expect(() => put({ ifMach: 'x' })).toThrowError(
      expect.objectContaining({ code: 'invalid_argument', phase: 'arguments', message: expect.stringMatching(/^acme store putObject object "photos\/a.jpg": There is no option "ifMach"; the options are abortSignal, /) as string }),
    );
  });

  it.each([
    ['contentType', 'a\r\nb: c'], ['contentType', ''], ['contentType', 'ü'], ['contentDisposition', ' x'], ['cacheControl', 5],
    ['metadata', { 'a b': 'x' }], ['metadata', { a: 'x\ny' }], ['metadata', { a: 'x', A: 'y' }], ['metadata', { a: 5 }], ['metadata', []],
    ['metadata', { a: '\ud800' }], ['metadata', { long: 'x'.repeat(100) }], ['tags', { '': 'x' }], ['tags', { a: 'x\0' }], ['tags', { a: '1', b: '2', c: '3' }],
    ['expires', new Date('no')], ['expires', '2020-01-01'], ['ifNoneMatch', 'abc'], ['sizeInBytes', -1], ['sizeInBytes', 1.5], ['sizeInBytes', 1e13],
    ['partSizeInBytes', 0], ['partSizeInBytes', 9], ['partSizeInBytes', 1001], ['concurrency', 0], ['onProgress', 'x'],
    ['checksums', { crc32: 'AAAA' }], ['checksums', { crc32: 'AAAAAA' }], ['checksums', { crc1: 'AAAAAA==' }], ['checksums', 'x'],
    ['customerKey', { key: new Uint8Array(31) }], ['serverSideEncryption', { algorithm: '' }], ['serverSideEncryption', 'AES256'],
    ['abortSignal', {}], ['timeoutInMs', 0], ['timeoutInMs', Infinity], ['timeoutInMs', NaN],
  ])('refuses %s: %j', (name, value) => {
    expect(() => put({ [name]: value })).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it.each([
    { metadata: {} }, { metadata: { a: '', 'x-y_z': ' ünï ' } }, { tags: {} }, { tags: { 'a b': '' } }, { checksums: { crc32: 'AAAAAA==' } },
    { sizeInBytes: 0 }, { expires: new Date(0) }, { customerKey: { key: new Uint8Array(32) } }, { serverSideEncryption: { algorithm: 'aws:kms', keyId: 'arn:x' } },
    { ifNoneMatch: '*', ifMatch: undefined }, { onProgress: () => undefined },
  ])('takes %j', (options) => {
    expect(put(options).operation).toBe('putObject');
  });

  it.each([
    { ifMatch: 'x' }, { ifNoneMatch: '*' }, { metadata: {} }, { tags: {} }, { storageClass: 'COLD' }, { cacheControl: 'no-store' },
    { customerKey: { key: new Uint8Array(32) } }, { serverSideEncryption: { algorithm: 'x' } }, { checksumAlgorithm: 'crc32' }, { checksums: { crc32: 'AAAAAA==' } },
  ])('refuses %j where the service cannot', (options) => {
    expect(() => put(options, poor)).toThrowError(expect.objectContaining({ code: 'unsupported', phase: 'arguments' }));
  });

  it('refuses a checksum that is not in the table', () => {
    expect(() => put({ checksumAlgorithm: 'md5' })).toThrow('"md5" is not among capabilities.checksums (crc32, sha256)');
  });

  it('does not mistake inherited names for options', () => {
    expect(() => put({ constructor: 1 })).toThrow('no option "constructor"');
    expect(() => put(JSON.parse('{"__proto__": 1}') as object)).toThrow('no option "__proto__"');
  });

  it.each([[null], [5], ['x'], [[]]])('refuses options that are %j', (options) => {
    expect(() => put(options as unknown as object)).toThrow('options must be an object');
  });

  it.each([[''], [5], ['a/b'], ['.'], ['..'], ['a\nb'], ['x'.repeat(256)], ['\udfff'], [undefined]])('refuses the bucket %j', (bucket) => {
    expect(() => check.bucket('bucketExists', bucket as string, {}, STORAGE_OPTIONS.call)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it.each([[{ start: -1 }], [{ start: 2, end: 1 }], [{ suffix: 0 }], [{ suffix: 1, start: 0 }], [{}], ['0-1'], [{ start: 0.5 }], [{ start: 0, end: Infinity }]])('refuses the range %j', (range) => {
    expect(() => check.object('getObject', 'b', 'k', { range }, STORAGE_OPTIONS.getObject)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it('refuses a suffix range by its own capability', () => {
    const noSuffix = new StorageArguments({ provider: 'acme', capabilities: { ...everything, suffixRanges: false } });
    expect(() => noSuffix.object('getObject', 'b', 'k', { range: { suffix: 1 } }, STORAGE_OPTIONS.getObject)).toThrow('suffixRanges is false');
    expect(noSuffix.object('getObject', 'b', 'k', { range: { start: 1 } }, STORAGE_OPTIONS.getObject)).toBeDefined();
  });

  it('takes only the delimiter the service has', () => {
    const slash = new StorageArguments({ provider: 'acme', capabilities: { ...everything, delimiter: 'slash' } });
    expect(slash.bucket('listObjects', 'b', { delimiter: '/' }, STORAGE_OPTIONS.listObjects)).toBeDefined();
    expect(() => slash.bucket('listObjects', 'b', { delimiter: '%' }, STORAGE_OPTIONS.listObjects)).toThrow('the only delimiter is "/"');
    expect(() => poor.bucket('listObjects', 'b', { delimiter: '/' }, STORAGE_OPTIONS.listObjects)).toThrow('delimiter is false');
  });

  it('bounds a presigned URL', () => {
    expect(() => check.object('generatePresignedUrl', 'b', 'k', { expiresInSeconds: 3601 }, STORAGE_OPTIONS.presign)).toThrow('at most 3600');
    expect(() => check.object('generatePresignedUrl', 'b', 'k', { method: 'DELETE' }, STORAGE_OPTIONS.presign)).toThrow('not among capabilities.presignedUrls');
    expect(() => check.assertPresignable('a/../b', check.object('x', 'b', 'k', {}, {}))).toThrow('cannot be presigned');
  });

  it('checks every target of a batch before the first is deleted', () => {
    const call = check.bucket('deleteObjects', 'b', {}, STORAGE_OPTIONS.call);
    expect(check.targets(new Set(['a', { key: 'b', versionId: 'v' }]), call)).toEqual([{ key: 'a', versionId: undefined }, { key: 'b', versionId: 'v' }]);
    for (const targets of ['abc', 5, [''], [{}], [{ key: 'a', versionId: '' }], [null]]) {
      expect(() => check.targets(targets as string[], call)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
    }
    expect(() => poor.targets([{ key: 'a', versionId: 'v' }], call)).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });

  it('checks parts', () => {
    const call = check.upload('completeMultipartUpload', 'b', 'k', 'id', {}, STORAGE_OPTIONS.call);
    const part = (partNumber: number) => ({ partNumber, etag: 'e', sizeInBytes: 1 });
    check.assertParts([part(1), part(3)], call);
    for (const parts of [[], [part(2), part(1)], [part(1), part(1)], [part(0)], [part(101)], [{ ...part(1), etag: '' }], [null]]) {
      expect(() => check.assertParts(parts as never, call)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
    }
    expect(() => check.assertPart(1, new Uint8Array(1001), call)).toThrow('at most 1000');
    expect(() => check.upload('uploadPart', 'b', 'k', '', {}, STORAGE_OPTIONS.call)).toThrow('uploadId must not be empty');
  });

  it('checks pages and copies', () => {
    const call = check.copy('copyObject', { bucket: 'a', key: 'x' }, { bucket: 'b', key: 'y' }, {}, STORAGE_OPTIONS.copyObject);
    expect(call.resource?.name).toBe('b/y');
    expect(() => check.assertPage({ maxPageSize: 0 }, call)).toThrow('maxPageSize must be a positive integer');
    expect(() => check.copy('copyObject', { bucket: 'a', key: '' }, { bucket: 'b', key: 'y' }, {}, STORAGE_OPTIONS.copyObject)).toThrow('source.key');
    expect(() => check.copy('copyObject', { bucket: 'a', key: 'x' }, { bucket: 'b', key: 'y', versionId: 'v' }, {}, STORAGE_OPTIONS.copyObject)).toThrow('must not have a versionId');
    expect(() => check.copy('copyObject', null as never, { bucket: 'b', key: 'y' }, {}, STORAGE_OPTIONS.copyObject)).toThrow('source must be');
  });
});

describe('keys', () => {
  const call = check.object('headObject', 'b', 'k', {}, {});

  it('are opaque: every well-formed text without NUL passes, to the last byte allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), (key) => {
        const fits = Buffer.byteLength(key) <= 1024 && !key.includes('\0');
        if (fits) check.assertKey(key, 'key', call);
        else expect(() => check.assertKey(key, 'key', call)).toThrow();
      }),
    );
  });

  it.each([[''], ['\ud800x'], ['a\0b'], ['ü'.repeat(513)], ['x'.repeat(1025)], [null], [7]])('are refused when wrong (%#)', (key) => {
    expect(() => check.assertKey(key as string, 'key', call)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
  });

  it('may have dot segments only where the store keeps them', () => {
    for (const key of ['..', 'a/..', '../a', 'a/./b', './a']) {
      check.assertKey(key, 'key', call);
      expect(() => poor.assertKey(key, 'key', call)).toThrow('segments');
    }
    for (const key of ['...', 'a..b', '.a', 'a/.b', 'a./b']) poor.assertKey(key, 'key', call);
  });

  it('are measured in UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Length(text) === Buffer.byteLength(text)));
  });
});

describe('isPortableBucketName', () => {
  it.each(['abc', 'a-b-c', '123', 'x'.repeat(63)])('takes %s', (name) => expect(isPortableBucketName(name)).toBe(true));
  it.each(['ab', 'Abc', '-ab', 'ab-', 'a_b', 'a.b', 'x'.repeat(64), 'äöü'])('refuses %s', (name) => expect(isPortableBucketName(name)).toBe(false));
});
