import { CLOUD_ERROR_CODES, CloudError, NotFoundError, PermissionDeniedError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { errorReportSchema, toErrorReport, withHint } from './error-report.ts';

describe('toErrorReport', () => {
  it('has a word for every code', () => {
    for (const code of CLOUD_ERROR_CODES) {
      const report = toErrorReport(new CloudError(code, 'why'));
      expect(errorReportSchema.parse(report)).toEqual(report);
      expect(report.code).toMatch(/^([A-Z][a-z]+)+$/);
    }
  });

  it('says what to do next', () => {
    const error = new NotFoundError('gone', { resource: { type: 'connection', name: 'prod' }, requestId: 'r1' });
    expect(toErrorReport(error)).toMatchObject({ code: 'NotFound', next: ['cmx connections list', 'cmx configure prod'], requestId: 'r1', retryable: false });
  });

  it('hints at what the code stands for, unless the error knows better or never got to a service', () => {
    const denied = new PermissionDeniedError('no');
    expect(toErrorReport(denied).hint).toMatch(/credentials/);
    expect(toErrorReport(withHint(denied, 'Ask the owner'))).toMatchObject({ code: 'PermissionDenied', hint: 'Ask the owner' });
    const here = toErrorReport(new PermissionDeniedError('no', { phase: 'arguments' }));
    expect([here.hint, here.next]).toEqual([undefined, undefined]);
    expect(withHint('thrown text', 'Ask the owner')).toBe('thrown text');
  });

  it('keeps secrets of foreign errors to itself', () => {
    expect(toErrorReport(new Error('Authorization: Bearer SENTINEL')).message).not.toContain('SENTINEL');
    expect(toErrorReport('thrown text')).toEqual({ code: 'Unknown', message: 'thrown text', retryable: false });
  });
});
