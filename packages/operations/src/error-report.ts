import { CloudError, redact, withErrorFields, type CloudErrorCode } from '@cmx/cloud-core';
import { z } from 'zod';

/** A failure as people and programs outside this process read it. */
export const errorReportSchema = z.object({
  code: z.string().describe('What happened, in one word: NotFound, PermissionDenied, …'),
  message: z.string(),
  hint: z.string().optional().describe('What usually helps'),
  next: z.array(z.string()).optional().describe('Commands worth trying'),
  requestId: z.string().optional(),
  retryable: z.boolean().describe('Whether the same call may succeed later, unchanged'),
});

export type ErrorReport = z.infer<typeof errorReportSchema>;

const HINTS: Partial<Record<CloudErrorCode, string>> = {
  bucket_not_found: 'Check the bucket and the connection, or make the bucket first',
  unauthenticated: 'The credentials are missing, wrong or expired',
  permission_denied: 'The credentials are known but not allowed to do this',
  precondition_failed: 'Somebody changed it meanwhile: look again before you go on',
  rate_limited: 'Wait a little, or lower --concurrency',
  quota_exceeded: 'There is no room left: free some, or raise the quota',
  unavailable: 'The service or the way to it failed: try again',
  timeout: 'Give it longer with --timeout, or look at the connection',
  checksum_mismatch: 'The bytes were damaged on the way and not kept: try again',
  changed_during_read: 'It changed while it was read: try again when it rests',
};

/** Makes a report of whatever was thrown. Free of secrets. */
export function toErrorReport(error: unknown): ErrorReport {
  if (!CloudError.is(error)) return { code: 'Unknown', message: redact(error instanceof Error ? error.message : String(error)), retryable: false };
  return {
    code: toPascalCase(error.code),
    message: error.message,
    hint: hintOf(error),
    next: nextCommands(error),
    requestId: error.requestId,
    retryable: error.retryable,
  };
}

/** The error with a hint of its own, for where that of its code would mislead; anything but a `CloudError` is left as it is. */
export function withHint(error: unknown, hint: string): unknown {
  return CloudError.is(error) ? withErrorFields(error, { details: { hint } }) : error;
}

/** Hints of codes are about services, and what was refused here never got to one. */
function hintOf({ code, phase, details }: CloudError): string | undefined {
  const { hint } = (details ?? {}) as { readonly hint?: unknown };
  if (typeof hint === 'string') return hint;
  return phase === 'arguments' ? undefined : HINTS[code];
}

function nextCommands({ code, phase, provider, resource }: CloudError): string[] | undefined {
  if (phase === 'arguments') return undefined;
  if (code === 'unauthenticated' || code === 'permission_denied') return ['cmx connections test', 'cmx doctor'];
  if (code === 'missing_dependency') return ['cmx doctor'];
  if (code === 'not_found' && resource?.type === 'connection') return ['cmx connections list', `cmx configure ${resource.name}`];
  if (code === 'not_found' && provider === 'coda') return ['cmx docs ls', 'cmx docs show DOC'];
  return undefined;
}

function toPascalCase(code: string): string {
  return code.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
