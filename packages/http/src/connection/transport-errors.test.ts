import { NotFoundError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { errorCode, isConnectFailure, stageTimeout, toTransportError } from './transport-errors.ts';

const ORIGIN = 'https://s3.example.com';
const withCode = (code: string): Error => Object.assign(new Error('why'), { code });

describe('toTransportError', () => {
  it.each([
    ['ECONNREFUSED', true],
    ['ENOTFOUND', true],
    ['EAI_AGAIN', true],
    ['ECONNRESET', true],
    ['EHOSTUNREACH', true],
    ['EPROTO', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', false],
    ['CERT_HAS_EXPIRED', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ])('while connecting, makes %s retryable: %s', (code, retryable) => {
    expect(toTransportError(withCode(code), 'connect', ORIGIN)).toMatchObject({ code: 'unavailable', phase: 'connect', applied: false, retryable, reason: `No connection to ${ORIGIN}: ${code}` });
  });

  it.each([
    ['send', 'first_byte'],
    ['first_byte', 'first_byte'],
    ['body', 'body'],
  ] as const)('in stage %s has phase %s, and does not know what was done', (stage, phase) => {
    const error = toTransportError(withCode('ECONNRESET'), stage, ORIGIN);
    expect(error).toMatchObject({ code: 'unavailable', phase, retryable: true });
    expect(error.applied).toBeUndefined();
  });

  it('leaves typed errors alone, and knows what cannot be sent', () => {
    const typed = new NotFoundError('gone');
    expect(toTransportError(typed, 'body', ORIGIN)).toBe(typed);
    expect(toTransportError(withCode('ERR_INVALID_CHAR'), 'connect', ORIGIN)).toMatchObject({ code: 'invalid_argument', phase: 'arguments' });
  });

  it('takes what is not an error', () => {
    expect(toTransportError('odd', 'body', ORIGIN).message).toContain('odd');
  });
});

describe('errorCode', () => {
  it('is found in the causes, and the search ends', () => {
    expect(errorCode(new TypeError('fetch failed', { cause: withCode('ENOTFOUND') }))).toBe('ENOTFOUND');
    expect(errorCode(new Error('none'))).toBeUndefined();
    const circle = new Error('circle');
    circle.cause = circle;
    expect(errorCode(circle)).toBeUndefined();
  });
});

describe('isConnectFailure', () => {
  it('is sure only of what comes before a connection', () => {
    expect([isConnectFailure('ECONNREFUSED'), isConnectFailure('CERT_HAS_EXPIRED'), isConnectFailure('ECONNRESET'), isConnectFailure(undefined)]).toEqual([true, true, false, false]);
  });
});

describe('stageTimeout', () => {
  it('tells its phase and its time', () => {
    const timeouts = { connectInMs: 1, firstByteInMs: 2, idleInMs: 3 };
    const described = (['connect', 'first_byte', 'send', 'body'] as const).map((stage) => stageTimeout(stage, ORIGIN, timeouts)).map(({ phase, applied, message }) => [phase, applied, /\d ms/.exec(message)?.[0]]);
    expect(described).toEqual([
      ['connect', false, '1 ms'],
      ['first_byte', undefined, '2 ms'],
      ['idle', undefined, '3 ms'],
      ['idle', undefined, '3 ms'],
    ]);
  });
});
