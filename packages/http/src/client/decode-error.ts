import { errorFromCode, type CloudError, type CloudErrorCode } from '@cmx/cloud-core';
import type { ErrorResponse } from '../http-client-options.ts';

const CODES: Readonly<Record<number, CloudErrorCode>> = {
  304: 'not_modified',
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  405: 'unsupported',
  408: 'unavailable',
  409: 'conflict',
  410: 'not_found',
  412: 'precondition_failed',
  413: 'invalid_argument',
  415: 'invalid_argument',
  416: 'range_not_satisfiable',
  422: 'invalid_argument',
  423: 'conflict',
  425: 'unavailable',
  429: 'rate_limited',
  501: 'unsupported',
  507: 'quota_exceeded',
};

const LONGEST_REASON = 500;

/**
 * The decoder of services that have none of their own: the code goes by the status, the reason is the `message` (`error`,
 * `detail`) of a JSON body. Redirects are errors, and name where they point without its query.
 */
export function decodeHttpError(response: ErrorResponse): CloudError {
  const { status } = response;
  const location = status >= 300 && status < 400 ? response.headers.get('location') : undefined;
  if (location !== undefined) {
    return errorFromCode('unknown', `The service answered with a redirect to ${withoutSecrets(location)}, which is not followed`, { status, phase: 'response' });
  }
  const said = saidInJson(response.body);
  return errorFromCode(codeOfStatus(status), said.reason ?? `The service answered with status ${String(status)}`, { status, phase: 'response', vendorCode: said.vendorCode });
}

/** The code that goes with a status where nothing more is known. */
export function codeOfStatus(status: number): CloudErrorCode {
  return CODES[status] ?? (status >= 500 ? 'unavailable' : status >= 400 ? 'invalid_argument' : 'unknown');
}

/** Scheme, host and path of a location: its query may be signed, its user may have a password. */
function withoutSecrets(location: string): string {
  if (!URL.canParse(location)) return location.split(/[?#]/, 1).join('');
  const { origin, pathname } = new URL(location);
  return origin + pathname;
}

function saidInJson(body: Uint8Array): { reason?: string | undefined; vendorCode?: string | undefined } {
  const parsed = parseJson(body);
  const inner = isRecord(parsed) && isRecord(parsed['error']) ? parsed['error'] : parsed;
  if (!isRecord(inner)) return {};
  const reason = firstText(inner, ['message', 'error_description', 'detail', 'title', 'error']);
  return { reason: reason?.slice(0, LONGEST_REASON), vendorCode: firstText(inner, ['code', 'type', 'error']) };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined; // Not JSON: the status has to do.
  }
}

function firstText(record: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.map((name) => record[name]).find((value) => typeof value === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
