import { CloudError, type CloudErrorFields } from '../errors/cloud-error.ts';
import type { CloudErrorCode } from '../errors/codes.ts';
import { errorFromCode } from '../errors/errors.ts';

/** What a system call's failure means to a caller. Everything else is `unknown`. */
const FILE_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  ENOENT: 'not_found',
  ENOTDIR: 'not_found',
  EEXIST: 'already_exists',
  EACCES: 'permission_denied',
  EPERM: 'permission_denied',
  EROFS: 'permission_denied',
  EISDIR: 'invalid_argument',
  ENAMETOOLONG: 'invalid_argument',
  EINVAL: 'invalid_argument',
  ELOOP: 'invalid_argument',
  ENOTEMPTY: 'conflict',
  EBUSY: 'conflict',
  ETXTBSY: 'conflict',
  ENOSPC: 'quota_exceeded',
  EDQUOT: 'quota_exceeded',
  EFBIG: 'quota_exceeded',
  EMFILE: 'unavailable',
  ENFILE: 'unavailable',
  EIO: 'unavailable',
};

/**
 * Makes a typed error of a failed system call: `not_found`, `permission_denied`, `quota_exceeded` for a full disk, and so on.
 * Anything else (a typed error, an abort's reason) comes back as it is. The resource is the file.
 */
export function fileError(error: unknown, path: string, where: CloudErrorFields): Error {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (CloudError.is(error) || syscall === undefined) return error as Error;
  return errorFromCode(FILE_ERROR_CODES[code ?? ''] ?? 'unknown', message, { ...where, resource: { type: 'file', name: path }, vendorCode: code, retryable: false, cause: error });
}
