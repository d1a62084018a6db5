import { builtin } from '../body/node-modules.ts';
import { UnsupportedOperationError } from '../errors/errors.ts';

/** The file system: found when it is needed, so that no import stands in the way of a bundle for a browser. @throws {UnsupportedOperationError} */
export function fileSystem(): typeof import('node:fs/promises') {
  return builtin('fs/promises') ?? noFiles();
}

/** The rules of paths here. @throws {UnsupportedOperationError} */
export function paths(): typeof import('node:path') {
  return builtin('path') ?? noFiles();
}

function noFiles(): never {
  throw new UnsupportedOperationError('There is no file system here: files need Node, Bun or Deno');
}
