import { CLOUD_ERROR_CODES, CloudError, NotFoundError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { AWS_S3_ERROR_CODES, ifConfigured, toS3Error } from './s3-errors.ts';

/** An error as the SDK throws it. */
function sdkError(name: string, status?: number, more: object = {}): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status, requestId: 'REQUEST-1', extendedRequestId: 'HOST-1' };
  return Object.assign(new Error('What went wrong'), { name, $metadata, ...more });
}

describe('toS3Error', () => {
  it.each([
    ['NoSuchBucket', 404, 'bucket_not_found', false],
    ['NoSuchKey', 404, 'not_found', false],
    ['NoSuchLifecycleConfiguration', 404, 'not_found', false],
    ['AccessDenied', 403, 'permission_denied', false],
    ['ExpiredToken', 400, 'unauthenticated', false],
    ['MalformedPolicy', 400, 'invalid_argument', false],
    ['AccessControlListNotSupported', 400, 'conflict', false],
    ['OperationAborted', 409, 'conflict', true],
    ['BucketNotEmpty', 409, 'conflict', false],
    ['SlowDown', 503, 'rate_limited', true],
    ['InternalError', 500, 'unavailable', true],
  ])('makes of %s (%i) the code %s', (name, status, code, retryable) => {
    expect(toS3Error(sdkError(name, status))).toMatchObject({ code, retryable, status, vendorCode: name, requestId: 'REQUEST-1', details: { hostId: 'HOST-1' }, phase: 'response', reason: 'What went wrong' });
  });

  it('goes by the status where it does not know the name', () => {
    expect(toS3Error(sdkError('SomethingNew', 403))).toMatchObject({ code: 'permission_denied', vendorCode: 'SomethingNew' });
    expect(toS3Error(sdkError('SomethingNew', 502))).toMatchObject({ code: 'unavailable', retryable: true });
    expect(toS3Error(sdkError('Error', 200))).toMatchObject({ code: 'unknown', vendorCode: undefined, retryable: false });
  });

  it.each([
    [sdkError('CredentialsProviderError'), 'unauthenticated', 'credentials'],
    [sdkError('TimeoutError', undefined, { code: 'ETIMEDOUT' }), 'timeout', 'first_byte'],
    [sdkError('Error', undefined, { code: 'ECONNREFUSED' }), 'unavailable', 'connect'],
    [sdkError('Error', undefined, { code: 'ECONNRESET' }), 'unavailable', 'first_byte'],
    [new Error('anything'), 'unknown', undefined],
    ['a text', 'unknown', undefined],
  ])('tells %s without an answer', (thrown, code, phase) => {
    expect(toS3Error(thrown)).toMatchObject({ code, phase, status: undefined, cause: thrown });
  });

  it('reads how long to wait, and the bucket’s region', () => {
    const $response = { headers: { 'retry-after': '7', 'x-amz-bucket-region': 'eu-central-2' } };
    const error = toS3Error(sdkError('SlowDown', 503, { $response, $fault: 'server' }));
    expect(error).toMatchObject({ retryAfterInMs: 7000, details: { region: 'eu-central-2' } });
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.cause).toMatchObject({ name: 'SlowDown', message: 'What went wrong', $fault: 'server' });
    expect(error.cause).not.toHaveProperty('$response');
  });

  it('leaves an error of ours as it is', () => {
    const error = new NotFoundError('gone');
    expect(toS3Error(error)).toBe(error);
  });

  it('knows no code that core does not know', () => {
    expect(Object.values(AWS_S3_ERROR_CODES).filter((code) => !CLOUD_ERROR_CODES.includes(code))).toEqual([]);
  });
});

describe('ifConfigured', () => {
  it('answers undefined only where nothing is configured', async () => {
    await expect(ifConfigured(Promise.resolve(1))).resolves.toBe(1);
    await expect(ifConfigured(Promise.reject(toS3Error(sdkError('NoSuchBucketPolicy', 404))))).resolves.toBeUndefined();
    for (const name of ['NoSuchBucket', 'NoSuchKey', 'AccessDenied']) {
      await expect(ifConfigured(Promise.reject(toS3Error(sdkError(name, 404))))).rejects.toSatisfy((error) => CloudError.is(error));
    }
  });
});
