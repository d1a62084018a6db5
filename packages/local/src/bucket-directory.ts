import fs from 'node:fs';
import path from 'node:path';
import { NotFoundError, PermissionDeniedError } from '@cmx/cloud-core';
import { decodeName, encodeKey, FILE_MARK, SYSTEM_DIRECTORY, type NameRules } from './key-encoding.ts';
import { errnoOf } from './local-errors.ts';

/** Directories of the client's own below a bucket's {@link SYSTEM_DIRECTORY}. */
export type SystemArea = 'tmp' | 'meta' | 'versions' | 'uploads';

/**
 * One bucket as a directory: where each key's file is, and the guard that no path leaves the directory. Every directory on
 * the way to a file is compared with its real path right before it is used, so a symbolic link is refused, not followed.
 */
export class BucketDirectory {
  readonly name: string;
  readonly path: string;
  readonly rules: NameRules;

  constructor(root: string, name: string, rules: NameRules) {
    this.name = name;
    this.path = path.join(root, name);
    this.rules = rules;
  }

  /** @throws {NotFoundError} `bucket_not_found`, also for a file or a symbolic link of that name. */
  assertExists(): void {
    const stat = fs.lstatSync(this.path, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) throw new NotFoundError('The bucket does not exist', { applied: false }, 'bucket_not_found');
  }

  /**
   * Where a key's file is or, when there is none, will be. A file keeps the plain name until a directory needs it; a name that
   * somebody else wrote (`100%.txt`) is found under that name.
   */
  locate(key: string): string {
    const plain = path.join(this.path, ...encodeKey(key, this.rules));
    if (isFile(plain)) return plain;
    if (isFile(plain + FILE_MARK)) return plain + FILE_MARK;
    const literal = this.#literal(key);
    return literal !== undefined && isFile(literal) ? literal : plain;
  }

  /** The path of a directory that belongs to a key in one of the client's own areas: an ordered tree beside the objects'. */
  systemPath(area: SystemArea, ...names: string[]): string {
    return path.join(this.path, SYSTEM_DIRECTORY, area, ...names);
  }

  /**
   * Compares a directory with its real path.
   *
   * @returns Whether it exists.
   * @throws {PermissionDeniedError} A symbolic link on the way leads elsewhere.
   */
  assertInside(directory: string): boolean {
    let real: string;
    try {
      real = fs.realpathSync.native(directory);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
      throw error;
    }
    if (real !== directory) throw new PermissionDeniedError('A symbolic link is in the way; links are not followed', { phase: 'arguments' });
    return true;
  }

  /** Makes the directory of a file, moving files out of the way whose plain names it needs. */
  makeDirectoryFor(file: string): void {
    const directory = path.dirname(file);
    for (let attempt = 0; attempt < 3 && !(this.assertInside(directory) && isDirectory(directory)); attempt++) {
      try {
        fs.mkdirSync(directory, { recursive: true });
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' && errnoOf(error) !== 'ENOTDIR') throw error;
        this.#moveFilesAside(directory);
      }
    }
  }

  /** Removes the directories above a deleted file that hold nothing any more, up to the bucket or the area. */
  pruneEmpty(file: string): void {
    const stop = [this.path, ...(['tmp', 'meta', 'versions', 'uploads'] as const).map((area) => this.systemPath(area))];
    for (let directory = path.dirname(file); !stop.includes(directory); directory = path.dirname(directory)) {
      try {
        fs.rmdirSync(directory);
      } catch {
        return; // not empty, or somebody else's business by now: a directory that stays harms nobody
      }
    }
  }

  #moveFilesAside(directory: string): void {
    const names = path.relative(this.path, directory).split(path.sep);
    names.reduce((parent, name) => {
      const current = path.join(parent, name);
      if (isFile(current)) moveAside(current);
      return current;
    }, this.path);
  }

  /** The key as a path without any escaping, when its names are ones that this client would not have written. */
  #literal(key: string): string | undefined {
    if (!key.includes('%') || key.startsWith(SYSTEM_DIRECTORY)) return undefined;
    const names = key.split('/');
    return names.every((name) => this.#isOwnKey(name)) ? path.join(this.path, ...names) : undefined;
  }

  #isOwnKey(name: string): boolean {
    if (name === '' || name === '.' || name === '..' || name.includes('\0') || name.endsWith(FILE_MARK)) return false;
    return (decodeName(name, this.rules)?.text ?? name) === name;
  }
}

/** Linked before it is unlinked, so that a reader finds the file under one name or the other at any moment. */
function moveAside(file: string): void {
  fs.linkSync(file, file + FILE_MARK);
  fs.unlinkSync(file);
}

/** What is at a path without following a link; `undefined` when nothing is, or cannot be. */
export function lstatAt(file: string): fs.BigIntStats | undefined {
  try {
    return fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR' || errnoOf(error) === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function isDirectory(directory: string): boolean {
  return lstatAt(directory)?.isDirectory() === true;
}

function isFile(file: string): boolean {
  return lstatAt(file)?.isFile() === true;
}
