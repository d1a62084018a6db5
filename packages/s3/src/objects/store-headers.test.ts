import { expect, it } from 'vitest';
import { checksumHeaders, digestHeaders } from './store-headers.ts';

it.each([
  [undefined, {}],
  [{ md5: 'bQ==' }, { 'content-md5': 'bQ==' }],
  [{ crc64nvme: 'Yw==' }, { 'x-amz-checksum-crc64nvme': 'Yw==', 'x-amz-sdk-checksum-algorithm': 'CRC64NVME' }],
  [{ sha256: 'cw==', md5: 'bQ==' }, { 'x-amz-checksum-sha256': 'cw==', 'content-md5': 'bQ==', 'x-amz-sdk-checksum-algorithm': 'SHA256' }],
])('a body with %j', (checksums, headers) => {
  expect(checksumHeaders(checksums)).toEqual(headers);
});

it('names no algorithm where there is no body it could be of', () => {
  expect(digestHeaders({ crc32: 'Yw==' })).toEqual({ 'x-amz-checksum-crc32': 'Yw==' });
});
