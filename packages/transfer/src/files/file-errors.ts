import { ChangedDuringReadError, InvalidArgumentError } from '@cmx/cloud-core';
import { fileError } from '@cmx/cloud-core/files';

/** Makes a typed error of whatever the file system threw. Errors that are typed already pass. */
export function toFileError(thrown: unknown, operation: string, path: string): Error {
  return fileError(thrown, path, { provider: 'local', operation });
}

/** The file is not what the listing or the first look at it said. */
export function changedFile(path: string, what: string): ChangedDuringReadError {
  return new ChangedDuringReadError(`The file ${what} while it was copied`, { provider: 'local', operation: 'readFile', resource: { type: 'file', name: path } });
}

/** The file gave way to something that is none. */
export function notRegular(path: string): InvalidArgumentError {
  return new InvalidArgumentError('It is no regular file', { provider: 'local', operation: 'readFile', resource: { type: 'file', name: path } });
}

/** The name cannot be a file name here. */
export function unsafeName(key: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`The key cannot be a path in the target directory: ${why}`, { provider: 'local', operation: 'writeFile', resource: { type: 'object', name: key } });
}
