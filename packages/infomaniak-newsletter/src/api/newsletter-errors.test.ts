import { describe, expect, it } from 'vitest';
import { decodeNewsletterError, readEnvelope } from './envelope.ts';
import { errorFromEnvelope, errorFromForeignAnswer } from './newsletter-errors.ts';

const headers = (values: Record<string, string> = {}) => ({
  get: (name: string) => values[name],
  [Symbol.iterator]: () => Object.entries(values)[Symbol.iterator](),
});
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the code of an error', () => {
  it.each([
    [401, 'access_denied', 'unauthenticated'],
    [403, 'not_authorized', 'permission_denied'],
    [429, 'bad_request', 'rate_limited'],
    [400, 'object_not_found', 'not_found'],
    [500, 'unexpected_error', 'unavailable'],
    [500, 'bad_request', 'invalid_argument'],
    [200, 'not_authorized', 'unauthenticated'],
    [200, 'something_new', 'unknown'],
    [503, 'something_new', 'unavailable'],
    [402, undefined, 'quota_exceeded'],
    [409, undefined, 'conflict'],
    [418, undefined, 'unknown'],
  ])('for %i and %s is %s', (status, vendorCode, code) => {
    expect(errorFromEnvelope(status, { code: vendorCode, description: 'x' })).toMatchObject({ code, status, vendorCode });
  });
});

it('flattens complaints that nest', () => {
  const error = errorFromEnvelope(422, {
    code: 'validation_failed',
    description: 'Validation failed',
    errors: [
      { code: 'outer', description: 'outer', errors: [{ code: 'required', description: 'is required', context: { attribute: 'name' } }] },
      { code: 'plain', context: null },
    ],
  });
  expect(error.details).toEqual({
    problems: [
      { code: 'required', description: 'is required', attribute: 'name', values: undefined },
      { code: 'plain', description: 'plain', attribute: undefined, values: undefined },
    ],
  });
  expect(error.reason).toBe('Validation failed: name: is required; plain');
});

it('describes a page by its type and title', () => {
  const error = errorFromForeignAnswer(503, headers({ 'content-type': 'text/html; charset=utf-8' }), '<title> Maintenance\n</title>');
  expect(error).toMatchObject({ code: 'unavailable', status: 503 });
  expect(error.reason).toBe('The answer is not JSON but text/html ("Maintenance"): it comes from something between us and the service');
  expect(errorFromForeignAnswer(200, headers(), '').reason).toContain('no content type');
});

it('leaves the wait to the header when there is one', () => {
  const answer = { status: 429, body: bytes('{"result":"error"}'), request: { operation: 'x', method: 'GET', path: '/' } } as const;
  expect(decodeNewsletterError({ ...answer, headers: headers() }).retryAfterInMs).toBe(20_000);
  expect(decodeNewsletterError({ ...answer, headers: headers({ 'retry-after': '3' }) }).retryAfterInMs).toBeUndefined();
});

it.each(['', 'null', '[]', '"text"', '{}', '{"result":1}'])('takes %j for no envelope', (text) => {
  expect(() => readEnvelope(200, headers(), bytes(text))).toThrow(expect.objectContaining({ code: 'unknown', phase: 'response' }) as Error);
});

it('takes work that goes on for a success', () => {
  expect(readEnvelope(202, headers(), bytes('{"result":"asynchronous","data":"id"}'))).toEqual({ result: 'asynchronous', data: 'id' });
});
