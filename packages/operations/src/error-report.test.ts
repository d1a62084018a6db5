import { CLOUD_ERROR_CODES, CloudError, NotFoundError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { errorReportSchema, toErrorReport } from './error-report.ts';

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

  it('keeps secrets of foreign errors to itself', () => {
    expect(toErrorReport(new Error('Authorization: Bearer SENTINEL')).message).not.toContain('SENTINEL');
    expect(toErrorReport('thrown text')).toEqual({ code: 'Unknown', message: 'thrown text', retryable: false });
  });
});
