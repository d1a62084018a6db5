import { describe, expect, it } from 'vitest';
import type { ErrorResponse } from '@cmx/http';
import { decodeS3Error, S3_ERROR_CODES } from './s3-errors.ts';

function response(status: number, body = '', headers: Record<string, string> = {}): ErrorResponse {
  const map = new Headers(headers);
  return { status, body: new TextEncoder().encode(body), headers: { get: (name: string) => map.get(name) ?? undefined, [Symbol.iterator]: () => map.entries() }, request: { operation: 'getObject', method: 'GET', path: '/' } };
}

describe('decodeS3Error', () => {
  it('takes code, message and ids from the document', () => {
    const body = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>Gone &amp; lost</Message><RequestId>R1</RequestId></Error>';
    expect(decodeS3Error(response(404, body, { 'x-amz-id-2': 'H' }))).toMatchObject({ code: 'not_found', reason: 'Gone & lost', vendorCode: 'NoSuchKey', requestId: 'R1', status: 404, details: { hostId: 'H' } });
  });

  it.each(Object.entries(S3_ERROR_CODES))('%s is %s', (vendorCode, code) => {
    expect(decodeS3Error(response(418, `<Error><Code>${vendorCode}</Code></Error>`))).toMatchObject({ code, vendorCode });
  });

  it.each([
    [304, 'not_modified'],
    [400, 'invalid_argument'],
    [401, 'unauthenticated'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [405, 'unsupported'],
    [408, 'timeout'],
    [409, 'conflict'],
    [412, 'precondition_failed'],
    [416, 'range_not_satisfiable'],
    [418, 'unknown'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [501, 'unsupported'],
    [503, 'unavailable'],
  ])('falls back on the status %i', (status, code) => {
    expect(decodeS3Error(response(status))).toMatchObject({ code, status });
    expect(decodeS3Error(response(status, '<Error><Code>HeardOfNever</Code></Error>'))).toMatchObject({ code, vendorCode: 'HeardOfNever' });
    expect(decodeS3Error(response(status, '<html>proxy</html>'))).toMatchObject({ code, reason: 'The answer is not from an S3 service (a proxy?)' });
  });

  it('does not take an inherited name for a code', () => {
    expect(decodeS3Error(response(400, '<Error><Code>constructor</Code></Error>'))).toMatchObject({ code: 'invalid_argument' });
  });

  it('says that a deleted object is missing, whatever the status', () => {
    expect(decodeS3Error(response(405, '<Error><Code>MethodNotAllowed</Code></Error>', { 'x-amz-delete-marker': 'true' }))).toMatchObject({ code: 'not_found' });
    expect(decodeS3Error(response(404, '', { 'x-amz-delete-marker': 'true' }))).toMatchObject({ code: 'not_found', vendorCode: 'NoSuchKey' });
  });

  it('reads the code MinIO sends with HEAD, the ETag of a 304 and the region of a redirect', () => {
    expect(decodeS3Error(response(404, '', { 'x-minio-error-code': 'NoSuchBucket' }))).toMatchObject({ code: 'bucket_not_found' });
    expect(decodeS3Error(response(304, '', { etag: '"e"' }))).toMatchObject({ details: { etag: 'e' } });
    expect(decodeS3Error(response(301, '', { 'x-amz-bucket-region': 'eu-west-1' }))).toMatchObject({ details: { region: 'eu-west-1' } });
  });

  it.each(['ConditionalRequestConflict', 'OperationAborted'])('%s may be tried again', (code) => {
    expect(decodeS3Error(response(409, `<Error><Code>${code}</Code></Error>`))).toMatchObject({ code: 'conflict', retryable: true });
  });
});
