import { CloudError, errorFromCode, InvalidArgumentError, type CloudErrorCode, type CloudErrorFields } from '@cmx/cloud-core';
import type { ErrorResponse } from '@cmx/http';

/**
 * The service's statuses. 410 stands for a page or export that was deleted or has aged out, 422 for an automation that does not take
 * webhooks; both are told from 404 and 400 by `status` and `vendorCode`.
 */
export const CODA_ERROR_CODES: Readonly<Record<number, CloudErrorCode>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  413: 'invalid_argument',
  422: 'conflict',
  429: 'rate_limited',
};

/** The service was never seen to send `Retry-After`; without one, this is the longest window it publishes. */
const PAUSE_AFTER_429_IN_MS = 10_000;

/** One field the service refused. */
export interface CodaValidationError {
  readonly path: string;
  readonly message: string;
}

/** What an error's `details` hold; every field only where the service sent it. */
export interface CodaErrorDetails {
  readonly statusMessage?: string | undefined;
  readonly codaType?: string | undefined;
  readonly validationErrors?: readonly CodaValidationError[] | undefined;
  /** The body as it came, parsed; the first 500 characters of a body that is not JSON. */
  readonly body: unknown;
}

interface ErrorBody {
  readonly statusMessage?: string;
  readonly message?: string;
  readonly codaType?: string;
  readonly codaDetail?: { readonly validationErrors?: readonly CodaValidationError[]; readonly issues?: readonly CodaValidationError[] };
}

/** Makes a typed error of an answer that is not a success. */
export function decodeCodaError({ status, headers, body }: ErrorResponse): CloudError {
  const code = CODA_ERROR_CODES[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
  const text = new TextDecoder().decode(body);
  const parsed = parseBody(text);
  const type = headers.get('content-type') ?? 'no content type';
  return errorFromCode(code, parsed ? reasonOf(parsed) : `The answer is not the service's (${type}); a proxy may have sent it`, {
    status,
    phase: 'response',
    vendorCode: parsed?.codaType ?? parsed?.statusMessage,
    details: detailsOf(parsed, text),
    ...(status === 429 && headers.get('retry-after') === undefined && { retryAfterInMs: PAUSE_AFTER_429_IN_MS }),
    // Everything the service refuses before it queues an edit has not happened.
    ...(status < 500 && { applied: false }),
  });
}

function parseBody(text: string): ErrorBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf({ message, statusMessage, codaDetail }: ErrorBody): string {
  const problems = validationErrorsOf(codaDetail)?.map((problem) => `${problem.path}: ${problem.message}`) ?? [];
  return [message ?? statusMessage ?? 'The service gave no reason', ...problems].join('; ');
}

function detailsOf(body: ErrorBody | undefined, text: string): CodaErrorDetails {
  if (!body) return { body: text.slice(0, 500) };
  return { statusMessage: body.statusMessage, codaType: body.codaType, validationErrors: validationErrorsOf(body.codaDetail), body };
}

function validationErrorsOf(detail: ErrorBody['codaDetail']): readonly CodaValidationError[] | undefined {
  return detail?.validationErrors ?? detail?.issues;
}

/** An argument or option that is refused before any request. */
export function invalidArgument(reason: string, fields: CloudErrorFields = {}): InvalidArgumentError {
  return new InvalidArgumentError(reason, { provider: 'coda', ...fields });
}

/** The same failure with more to its reason and details; anything but a `CloudError` is left as it is. */
export function withMoreDetails(error: unknown, reason: string, details: object): unknown {
  if (!CloudError.is(error)) return error;
  return errorFromCode(error.code, `${error.reason}${reason}`, { ...error, cause: error.cause, details: { ...(error.details as object | undefined), ...details } });
}
