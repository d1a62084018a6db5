import type { CloudErrorCode } from '@cmx/cloud-core';

/** What a script can tell from how `cmx` ended. */
export const EXIT_CODE_MEANINGS = {
  0: 'Done',
  1: 'Unexpected error, or one without a code of its own',
  2: 'Usage: a wrong command, flag, address or argument, or something the service cannot do',
  3: 'Not found',
  4: 'Not authenticated',
  5: 'Denied, by the service or by --read-only',
  6: 'Conflict or precondition failed',
  7: 'Transient failure, retries used up',
  8: 'Integrity check failed',
  9: 'Partial: some items failed (one line of JSON each on standard error)',
  10: 'Approval required: a question that nobody was there to answer (--yes)',
  130: 'Interrupted',
} as const;

export type ExitCode = keyof typeof EXIT_CODE_MEANINGS;

export const EXIT_CODES: Readonly<Record<CloudErrorCode, ExitCode>> = {
  not_found: 3,
  bucket_not_found: 3,
  already_exists: 6,
  conflict: 6,
  invalid_argument: 2,
  unauthenticated: 4,
  permission_denied: 5,
  precondition_failed: 6,
  not_modified: 6,
  range_not_satisfiable: 2,
  rate_limited: 7,
  quota_exceeded: 1,
  unavailable: 7,
  timeout: 7,
  checksum_mismatch: 8,
  changed_during_read: 6,
  missing_dependency: 1,
  unsupported: 2,
  unknown: 1,
};

const BY_REPORTED_CODE = new Map(Object.entries(EXIT_CODES).map(([code, exit]) => [code.replaceAll('_', ''), exit]));

/** The exit code of an error as it is reported (`BucketNotFound`). */
export function exitCodeOf(reportedCode: string): ExitCode {
  return BY_REPORTED_CODE.get(reportedCode.toLowerCase()) ?? 1;
}
