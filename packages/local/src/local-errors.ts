import { CloudError, errorFromCode, type CloudErrorCode, type CloudErrorFields } from '@cmx/cloud-core';

/**
 * What the file system's refusals mean here.
 *
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export const FILE_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  ENOENT: 'not_found',
  ENOTDIR: 'not_found',
  EEXIST: 'already_exists',
  ENOTEMPTY: 'conflict',
  EACCES: 'permission_denied',
  EPERM: 'permission_denied',
  EROFS: 'permission_denied',
  ELOOP: 'permission_denied', // a symbolic link where a file or directory belongs: never followed
  ENOSPC: 'quota_exceeded',
  EDQUOT: 'quota_exceeded',
  EFBIG: 'quota_exceeded',
  ENAMETOOLONG: 'invalid_argument',
  EISDIR: 'not_found',
  EMFILE: 'unavailable',
  ENFILE: 'unavailable',
  EBUSY: 'unavailable',
  EIO: 'unavailable',
};

/** Only these may pass by themselves. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'EBUSY']);

/** Makes a typed error of one of Node's. The path stays in the cause: it is the machine's, not the caller's. */
export function toLocalError(error: unknown): CloudError {
  if (CloudError.is(error)) return error;
  const errno = errnoOf(error);
  const code = FILE_ERROR_CODES[errno ?? ''] ?? 'unknown';
  const fields: CloudErrorFields = { vendorCode: errno, retryable: errno !== undefined && PASSING.has(errno), cause: error };
  return errorFromCode(code, reasonOf(errno, error), fields);
}

/** Node's code of a failed system call: `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full; nothing was stored',
  EDQUOT: 'The disk quota is used up; nothing was stored',
  EACCES: 'The file system refuses access',
  EPERM: 'The file system refuses access',
  EROFS: 'The file system is read-only',
  ELOOP: 'A symbolic link is in the way; links are not followed',
  ENAMETOOLONG: 'The path is too long for the file system',
};

function reasonOf(errno: string | undefined, error: unknown): string {
  if (errno !== undefined) return REASONS[errno] ?? `The file system answered ${errno}`;
  return error instanceof Error ? error.message : String(error);
}
