import {
  CloudError,
  CloudProvider,
  errorFromCode,
  InvalidArgumentError,
  type CloudErrorCode,
  type CloudErrorFields,
  type ErrorResource,
} from '@cmx/cloud-core';
import type { ResponseHeaders } from '@cmx/http';

/** What every error of this client says of where it comes from. */
export const SERVICE = { provider: CloudProvider.INFOMANIAK, service: 'newsletter' } as const;

/** The service's error codes, where they say more than the status. The list is open: what is not here is classed by status. */
export const NEWSLETTER_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  object_not_found: 'not_found',
  object_already_exists: 'already_exists',
  not_authorized: 'unauthenticated',
  access_denied: 'permission_denied',
  bad_request: 'invalid_argument',
  validation_failed: 'invalid_argument',
  unexpected_error: 'unavailable',
};

const STATUS_CODES: Readonly<Record<number, CloudErrorCode>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  402: 'quota_exceeded',
  403: 'permission_denied',
  404: 'not_found',
  405: 'unsupported',
  408: 'timeout',
  409: 'conflict',
  410: 'not_found',
  413: 'invalid_argument',
  414: 'invalid_argument',
  422: 'invalid_argument',
  423: 'conflict',
  429: 'rate_limited',
};

/** Statuses that say who refused more reliably than any code in the body. */
const DECISIVE_STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);

/** One complaint of the service about the input. */
export interface ValidationProblem {
  readonly code: string;
  readonly description: string;
  /** The field it is about, in the service's spelling: `email_from_addr`. */
  readonly attribute?: string | undefined;
  /** What would have been right, where the service says. */
  readonly values?: unknown;
}

/** An error as the service writes it; `errors` nests. */
export interface WireError {
  readonly code?: unknown;
  readonly description?: unknown;
  readonly errors?: readonly WireError[] | undefined;
  readonly context?: { readonly attribute?: unknown; readonly values?: unknown } | null | undefined;
}

/** The typed error for an envelope that says `error`, whatever its status. */
export function errorFromEnvelope(status: number, error: WireError | undefined): CloudError {
  const vendorCode = typeof error?.code === 'string' ? error.code : undefined;
  const problems = (error?.errors ?? []).flatMap(problemsOf);
  return errorFromCode(classify(status, vendorCode), reasonOf(error, problems), {
    status,
    vendorCode,
    phase: 'response',
    ...(problems.length > 0 && { details: { problems } }),
  });
}

function classify(status: number, vendorCode: string | undefined): CloudErrorCode {
  const byStatus = STATUS_CODES[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
  if (DECISIVE_STATUSES.has(status) || vendorCode === undefined) return byStatus;
  return NEWSLETTER_ERROR_CODES[vendorCode] ?? byStatus;
}

function reasonOf(error: WireError | undefined, problems: readonly ValidationProblem[]): string {
  const description = typeof error?.description === 'string' ? error.description : 'The service answered with an error';
  if (problems.length === 0) return description;
  return `${description}: ${problems.map(({ attribute, description: problem }) => (attribute ? `${attribute}: ${problem}` : problem)).join('; ')}`;
}

function problemsOf({ code, description, errors = [], context }: WireError): ValidationProblem[] {
  const attribute = typeof context?.attribute === 'string' ? context.attribute : undefined;
  const own = { code: String(code), description: typeof description === 'string' ? description : String(code), attribute, values: context?.values };
  return errors.length > 0 ? errors.flatMap(problemsOf) : [own];
}

/** The typed error for an answer that does not come from the service at all: a proxy's or a gateway's page. */
export function errorFromForeignAnswer(status: number, headers: ResponseHeaders, text: string): CloudError {
  const type = headers.get('content-type')?.split(';', 1)[0] ?? 'no content type';
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim();
  const code = status < 300 ? 'unknown' : classify(status, undefined);
  return errorFromCode(
    code,
    `The answer is not JSON but ${type}${title ? ` ("${title}")` : ''}: it comes from something between us and the service`,
    {
      status,
      phase: 'response',
    },
  );
}

/** The error for an answer in the service's own form that lacks what the call is about. */
export function unexpectedAnswer(
  reason: string,
  { operation, resource }: { readonly operation: string; readonly resource?: ErrorResource | undefined },
): CloudError {
  return new CloudError('unknown', reason, { ...SERVICE, operation, resource, phase: 'response' });
}

/** The error for an argument that is wrong, before any request. */
export function invalidArgument(reason: string, fields: CloudErrorFields = {}): InvalidArgumentError {
  return new InvalidArgumentError(reason, { ...SERVICE, ...fields });
}
