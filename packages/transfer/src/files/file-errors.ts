import { ChangedDuringReadError, CloudError, errorFromCode, InvalidArgumentError, type CloudErrorCode } from '@cmx/cloud-core';

/** Node's codes of file system failures, as the errors every client throws. */
const FILE_ERROR_CODES: Readonly<Record<string, CloudErrorCode>> = {
  ENOENT: 'not_found',
  EEXIST: 'already_exists',
  ENOTEMPTY: 'conflict',
  EISDIR: 'conflict', // a directory stands where the file should go
  ENOTDIR: 'conflict', // a file stands where a directory should go
  EACCES: 'permission_denied',
  EPERM: 'permission_denied',
  EROFS: 'permission_denied',
  ENOSPC: 'quota_exceeded',
  EDQUOT: 'quota_exceeded',
  EFBIG: 'quota_exceeded',
  ENAMETOOLONG: 'invalid_argument',
  EINVAL: 'invalid_argument',
  ELOOP: 'permission_denied', // a symbolic link where O_NOFOLLOW forbids one
  EMFILE: 'unavailable',
  ENFILE: 'unavailable',
  EBUSY: 'unavailable',
};

/** Makes a typed error of whatever the file system threw. Errors that are typed already pass. */
export function toFileError(thrown: unknown, operation: string, path: string): CloudError {
  if (CloudError.is(thrown)) return thrown;
  const { code, message } = thrown as NodeJS.ErrnoException;
  return errorFromCode((code && FILE_ERROR_CODES[code]) || 'unknown', message, { ...about(operation, path), vendorCode: code, cause: thrown });
}

/** The file is not what the listing or the first look at it said. */
export function changedFile(path: string, what: string): ChangedDuringReadError {
  return new ChangedDuringReadError(`The file ${what} while it was copied`, about('readFile', path));
}

/** The name cannot be a file name here. */
export function unsafeName(key: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`The key cannot be a path in the target directory: ${why}`, { provider: 'local', operation: 'writeFile', resource: { type: 'object', name: key } });
}

function about(operation: string, path: string) {
  return { provider: 'local', operation, resource: { type: 'file', name: path } } as const;
}
