import type { ProviderName } from '../models/provider.ts';
import { redact } from '../redact.ts';
import type { CloudErrorCode, ErrorPhase } from './codes.ts';

const BRAND = Symbol.for('@cmx/cloud-core/CloudError');

/** What an error is about: `{ type: 'object', name: 'photos/a.jpg' }`. */
export interface ErrorResource {
  /** `bucket`, `object`, `instance`, `row`, `campaign`: the provider's noun in lower case. */
  readonly type: string;
  readonly name: string;
}

/** Everything about a failure besides its code and reason. */
export interface CloudErrorFields {
  readonly provider?: ProviderName | undefined;
  /** The provider's service: `s3`, `newsletter`. */
  readonly service?: string | undefined;
  /** The method that failed, as it is spelt on the client: `putObject`. */
  readonly operation?: string | undefined;
  readonly resource?: ErrorResource | undefined;
  /** HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** The service's own error code, untranslated: `NoSuchKey`. */
  readonly vendorCode?: string | undefined;
  readonly requestId?: string | undefined;
  /** Whether the same call may succeed later, unchanged. Default: decided by the code. */
  readonly retryable?: boolean | undefined;
  /** Milliseconds the service asked us to wait. */
  readonly retryAfterInMs?: number | undefined;
  /** Attempts made, the failed one included. */
  readonly attempts?: number | undefined;
  readonly phase?: ErrorPhase | undefined;
  /** Whether the write landed in spite of the failure: `true`, `false`, or `undefined` when nobody can know. */
  readonly applied?: boolean | undefined;
  /** Structured details from the service (validation messages and the like); JSON-safe. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<CloudErrorCode> = new Set(['rate_limited', 'unavailable', 'timeout']);

/**
 * The only error a cmx client throws, apart from the caller's own abort reason. Programs act on {@link code};
 * people read the message, which names provider, operation and resource. Free of secrets.
 */
export class CloudError extends Error {
  /** Recognises an error of any installed copy of this package, optionally of one code. */
  static is(error: unknown, code?: CloudErrorCode): error is CloudError {
    const candidate = error as { [BRAND]?: unknown; code?: unknown } | null | undefined;
    return typeof error === 'object' && candidate?.[BRAND] === true && (code === undefined || candidate.code === code);
  }

  readonly [BRAND] = true;
  readonly code: CloudErrorCode;
  /** The message without the part that names provider, operation and resource. */
  readonly reason: string;
  readonly provider: ProviderName | undefined;
  readonly service: string | undefined;
  readonly operation: string | undefined;
  readonly resource: ErrorResource | undefined;
  readonly status: number | undefined;
  readonly vendorCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterInMs: number | undefined;
  readonly attempts: number | undefined;
  readonly phase: ErrorPhase | undefined;
  readonly applied: boolean | undefined;
  readonly details: unknown;

  constructor(code: CloudErrorCode, reason: string, fields: CloudErrorFields = {}) {
    const clean = redact(reason);
    super(describe(clean, fields), fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = new.target.name;
    this.code = code;
    this.reason = clean;
    this.provider = fields.provider;
    this.service = fields.service;
    this.operation = fields.operation;
    this.resource = fields.resource;
    this.status = fields.status;
    this.vendorCode = fields.vendorCode;
    this.requestId = fields.requestId;
    this.retryable = fields.retryable ?? RETRYABLE.has(code);
    this.retryAfterInMs = fields.retryAfterInMs;
    this.attempts = fields.attempts;
    this.phase = fields.phase;
    this.applied = fields.applied;
    this.details = fields.details;
  }

  /** The error as plain data: every field but the cause, of which only name and message stay. */
  toJSON(): Record<string, unknown> {
    const { code, message, provider, service, operation, resource, status, vendorCode, requestId } = this;
    const { retryable, retryAfterInMs, attempts, phase, applied, details } = this;
    const cause = this.cause instanceof Error ? { name: this.cause.name, message: redact(this.cause.message) } : undefined;
    return { name: this.name, code, message, provider, service, operation, resource, status, vendorCode, requestId, retryable, retryAfterInMs, attempts, phase, applied, details, cause };
  }
}

function describe(reason: string, { provider, service, operation, resource, status, vendorCode, requestId }: CloudErrorFields): string {
  const where = [provider, service, operation].filter(Boolean).join(' ');
  const what = resource ? ` ${resource.type} "${redact(resource.name)}"` : '';
  const facts = [status, vendorCode, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return `${where}${what}${where || what ? ': ' : ''}${reason}${facts ? ` (${facts})` : ''}`;
}
