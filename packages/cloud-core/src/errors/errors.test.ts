import { describe, expect, it } from 'vitest';
import { CloudError } from './cloud-error.ts';
import { CLOUD_ERROR_CODES } from './codes.ts';
import { errorFromCode, InvalidArgumentError, MissingDependencyError, NotFoundError, withErrorFields } from './errors.ts';

const where = { provider: 'aws', service: 's3', operation: 'putObject', resource: { type: 'object', name: 'b/k' } };

describe('CloudError', () => {
  it('has a class for each code, which keeps the code', () => {
    for (const code of CLOUD_ERROR_CODES) expect(errorFromCode(code, 'x').code).toBe(code);
    expect(errorFromCode('bucket_not_found', 'x')).toBeInstanceOf(NotFoundError);
    expect(errorFromCode('not_found', 'x').name).toBe('NotFoundError');
  });

  it('names provider, operation, resource and the service’s own facts', () => {
    const error = new CloudError('unavailable', 'try later', { ...where, status: 503, vendorCode: 'SlowDown', requestId: 'r1' });
    expect(error.message).toBe('aws s3 putObject object "b/k": try later (503, SlowDown, request r1)');
    expect(error.retryable).toBe(true);
  });

  it('is recognised when another copy of this package made it', () => {
    const other = { [Symbol.for('@cmx/cloud-core/CloudError')]: true, code: 'conflict' };
    expect(CloudError.is(other)).toBe(true);
    expect(CloudError.is(other, 'conflict')).toBe(true);
    expect(CloudError.is(other, 'timeout')).toBe(false);
    for (const no of [null, undefined, 'x', new Error('x'), {}]) expect(CloudError.is(no)).toBe(false);
  });

  it('is JSON-safe and free of secrets', () => {
    const error = new InvalidArgumentError('GET https://h/?sig=topsecret failed', { ...where, cause: new Error('Bearer topsecret') });
    const json = JSON.stringify(error);
    expect(json).not.toContain('topsecret');
    expect(JSON.parse(json)).toMatchObject({ name: 'InvalidArgumentError', code: 'invalid_argument', phase: 'arguments', retryable: false, cause: { name: 'Error' } });
  });

  it('learns more without forgetting what it knew', () => {
    const error = withErrorFields(new NotFoundError('gone', { provider: 'gcp', status: 404 }, 'bucket_not_found'), { ...where, attempts: 2 });
    expect(error).toMatchObject({ code: 'bucket_not_found', provider: 'gcp', service: 's3', operation: 'putObject', status: 404, attempts: 2 });
    expect(error.stack).toContain(error.message);
  });

  it('says how to install what is missing', () => {
    expect(new MissingDependencyError('aws-crt').message).toContain('npm install aws-crt');
  });
});
