/**
 * Every code a {@link CloudError} can have. The list is closed: a program may switch over it.
 *
 * `bucket_not_found` stands apart from `not_found`, so that a misspelt bucket is never taken for an absent key.
 */
export const CLOUD_ERROR_CODES = [
  'not_found',
  'bucket_not_found',
  'already_exists',
  'conflict',
  'invalid_argument',
  'unauthenticated',
  'permission_denied',
  'precondition_failed',
  'not_modified',
  'range_not_satisfiable',
  'rate_limited',
  'quota_exceeded',
  'unavailable',
  'timeout',
  'checksum_mismatch',
  'changed_during_read',
  'missing_dependency',
  'unsupported',
  'unknown',
] as const;

export type CloudErrorCode = (typeof CLOUD_ERROR_CODES)[number];

/**
 * How far a call had come when it failed: `arguments` (nothing was sent), `credentials`, `rate_limit` (waiting for our own
 * limiter), `connect`, `first_byte` (sent, no answer yet), `idle` (the body stopped flowing), `body` (the body broke),
 * `response` (the service answered with an error), `verify` (the bytes arrived but are wrong), `total` (the call's own deadline).
 */
export type ErrorPhase =
  | 'arguments'
  | 'credentials'
  | 'rate_limit'
  | 'connect'
  | 'first_byte'
  | 'idle'
  | 'body'
  | 'response'
  | 'verify'
  | 'total';
