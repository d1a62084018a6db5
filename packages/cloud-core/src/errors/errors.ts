import { CloudError, type CloudErrorFields } from './cloud-error.ts';
import type { CloudErrorCode } from './codes.ts';

/** The resource, or the bucket it would be in, does not exist (`not_found`, `bucket_not_found`). */
export class NotFoundError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields, code: 'not_found' | 'bucket_not_found' = 'not_found') {
    super(code, reason, fields);
  }
}

/** A create met a resource of that name. */
export class AlreadyExistsError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('already_exists', reason, fields);
  }
}

/** The resource's state forbids the call now: a bucket that is not empty, an update under way. */
export class ConflictError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('conflict', reason, fields);
  }
}

/** An argument is wrong. Ours are found before any request; the service's own refusals have a `status`. */
export class InvalidArgumentError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('invalid_argument', reason, { phase: fields?.status === undefined ? 'arguments' : 'response', ...fields });
  }
}

/** The service does not know who is calling: no, wrong or expired credentials (401). */
export class UnauthenticatedError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('unauthenticated', reason, fields);
  }
}

/** The service knows the caller and refuses (403). */
export class PermissionDeniedError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('permission_denied', reason, fields);
  }
}

/** An `ifMatch`, `ifNoneMatch` or `ifUnmodifiedSince` of a write, or a read's `ifMatch`, does not hold (412). */
export class PreconditionFailedError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('precondition_failed', reason, fields);
  }
}

/** A conditional read found nothing new (304). `details.etag` is the current ETag where the service sends it. */
export class NotModifiedError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('not_modified', reason, fields);
  }
}

/** The range begins behind the end of the object (416). */
export class RangeNotSatisfiableError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('range_not_satisfiable', reason, fields);
  }
}

/** The service asks us to slow down (429 and its relatives); `retryAfterInMs` says for how long, when it was told. */
export class RateLimitedError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('rate_limited', reason, fields);
  }
}

/** The service or the way to it failed (5xx, refused or broken connections). */
export class UnavailableError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('unavailable', reason, fields);
  }
}

/** One of the four timers fired; `phase` says which. */
export class TimeoutError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('timeout', reason, fields);
  }
}

/** Bytes arrived that are not the bytes that were sent. */
export class ChecksumMismatchError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('checksum_mismatch', reason, { phase: 'verify', ...fields });
  }
}

/** The object was replaced while it was being read, so the rest of it cannot be had. */
export class ChangedDuringReadError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('changed_during_read', reason, { phase: 'body', ...fields });
  }
}

/** An optional package is not installed; the message has the command that installs it. */
export class MissingDependencyError extends CloudError {
  constructor(packageName: string, fields?: CloudErrorFields) {
    super('missing_dependency', `"${packageName}" is not installed. Install it with: npm install ${packageName}`, { phase: 'arguments', ...fields });
  }
}

/** The service cannot do this; `client.capabilities` says so too. Thrown before any request. */
export class UnsupportedOperationError extends CloudError {
  constructor(reason: string, fields?: CloudErrorFields) {
    super('unsupported', reason, { phase: 'arguments', ...fields });
  }
}

type ErrorClass = new (reason: string, fields?: CloudErrorFields) => CloudError;

const CLASSES: Partial<Record<CloudErrorCode, ErrorClass>> = {
  already_exists: AlreadyExistsError,
  conflict: ConflictError,
  invalid_argument: InvalidArgumentError,
  unauthenticated: UnauthenticatedError,
  permission_denied: PermissionDeniedError,
  precondition_failed: PreconditionFailedError,
  not_modified: NotModifiedError,
  range_not_satisfiable: RangeNotSatisfiableError,
  rate_limited: RateLimitedError,
  unavailable: UnavailableError,
  timeout: TimeoutError,
  checksum_mismatch: ChecksumMismatchError,
  changed_during_read: ChangedDuringReadError,
  unsupported: UnsupportedOperationError,
};

/** Makes the error class that goes with a code: what a provider's error table feeds. */
export function errorFromCode(code: CloudErrorCode, reason: string, fields?: CloudErrorFields): CloudError {
  if (code === 'not_found' || code === 'bucket_not_found') return new NotFoundError(reason, fields, code);
  const Class = CLASSES[code];
  return Class ? new Class(reason, fields) : new CloudError(code, reason, fields);
}

/** The same failure with more known about it: fields already set are kept. */
export function withErrorFields(error: CloudError, fields: CloudErrorFields): CloudError {
  const known: CloudErrorFields = { ...fields, ...definedFieldsOf(error) };
  const copy = errorFromCode(error.code, error.reason, { ...known, attempts: fields.attempts ?? error.attempts });
  if (error.stack !== undefined) copy.stack = error.stack.replace(error.message, () => copy.message);
  return copy;
}

function definedFieldsOf(error: CloudError): CloudErrorFields {
  const { provider, service, operation, resource, status, vendorCode, requestId, retryable, retryAfterInMs, attempts, phase, applied, details, cause } = error;
  const all = { provider, service, operation, resource, status, vendorCode, requestId, retryable, retryAfterInMs, attempts, phase, applied, details, cause };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
