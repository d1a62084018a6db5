import { describe, expect, expectTypeOf, it } from 'vitest';
import { CloudError, hasCapability, type Checksums, type CloudErrorCode, type ListObjectsOptions, type Poller, type StorageCapabilities, type StorageClient } from '../src/index.ts';
import { MEMORY_STORAGE_CAPABILITIES, MemoryStorageClient } from '../src/memory/index.ts';

/** A store that can do next to nothing, as a table. */
type Poor = typeof _POOR;
const _POOR = {
  ...MEMORY_STORAGE_CAPABILITIES,
  conditionalPut: false,
  createOnlyPut: false,
  metadata: false,
  tags: false,
  versions: false,
  multipart: false,
  partCopy: false,
  ranges: false,
  presignedPost: false,
  delimiter: 'slash',
  checksums: ['md5'],
} as const satisfies StorageCapabilities;

declare const poor: StorageClient<Poor>;
declare const any: StorageClient;

/** Never called: only its types matter. */
export function callsThatDoNotCompile(): void {
  // @ts-expect-error conditionalPut is false
  void poor.putObject('b', 'k', '', { ifMatch: 'x' });
  // @ts-expect-error createOnlyPut is false
  void poor.putObject('b', 'k', '', { ifNoneMatch: '*' });
  // @ts-expect-error metadata is false
  void poor.putObject('b', 'k', '', { metadata: { a: 'b' } });
  // @ts-expect-error only md5 is kept
  void poor.putObject('b', 'k', '', { checksumAlgorithm: 'sha256' });
  // @ts-expect-error ranges is false
  void poor.getObject('b', 'k', { range: { start: 0 } });
  // @ts-expect-error versions is false
  void poor.getObject('b', 'k', { versionId: 'x' });
  // @ts-expect-error the only delimiter is the slash
  void poor.listObjects('b', { delimiter: '-' });
  // @ts-expect-error tags is false
  void poor.putObjectTags('b', 'k', {});
  // @ts-expect-error versions is false
  void poor.setBucketVersioning('b', 'enabled');
  // @ts-expect-error multipart is false
  void poor.createMultipartUpload('b', 'k');
  // @ts-expect-error presignedPost is false
  void poor.generatePresignedPost('b', 'k');
  // @ts-expect-error versioning cannot be switched off again
  void any.setBucketVersioning('b', 'off');
  // @ts-expect-error a number is no body
  void any.putObject('b', 'k', 5);
  // @ts-expect-error there is no such option
  void any.putObject('b', 'k', '', { ifMach: 'x' });
  // @ts-expect-error memory cannot presign
  void new MemoryStorageClient().generatePresignedUrl('b', 'k', { method: 'GET' });

  void poor.putObject('b', 'k', '', { checksumAlgorithm: 'md5', contentType: 'text/plain' });
  void poor.listObjects('b', { delimiter: '/', startAfter: 'x' });
  void any.putObject('b', 'k', new Blob(['x']), { ifMatch: 'x', ifNoneMatch: '*', metadata: {}, tags: {} });
}

describe('types', () => {
  it('narrow by capability', () => {
    const client: StorageClient = new MemoryStorageClient();
    expect(hasCapability(client, 'versions')).toBe(true);
    if (hasCapability(client, 'tags')) expectTypeOf(client.capabilities.tags).toEqualTypeOf<true>();
    expect(hasCapability(client, 'acl')).toBe(false);
    expectTypeOf<ListObjectsOptions<Poor>['delimiter']>().toEqualTypeOf<'/' | undefined>();
    expectTypeOf<ListObjectsOptions['delimiter']>().toEqualTypeOf<string | undefined>();
  });

  it('let any store stand where a store is wanted', () => {
    expectTypeOf<MemoryStorageClient>().toExtend<StorageClient<typeof MEMORY_STORAGE_CAPABILITIES>>();
    expectTypeOf<Poller<string>>().resolves.toEqualTypeOf<string>();
    expectTypeOf<Checksums['crc32']>().toEqualTypeOf<string | undefined>();
  });

  it('let a program switch over every code', () => {
    const describe = (code: CloudErrorCode): string => code;
    expect(describe(new CloudError('conflict', 'x').code)).toBe('conflict');
  });
});
