import fs from 'node:fs';
import path from 'node:path';
import { decodeName, FILE_MARK, SYSTEM_DIRECTORY, type NameRules } from './key-encoding.ts';
import { errnoOf } from './local-errors.ts';

/** A file of a tree with the key it stands for, or a directory folded into one prefix. */
export interface WalkedEntry {
  readonly key: string;
  readonly path: string;
  readonly isPrefix: boolean;
}

export interface WalkOptions {
  readonly rules: NameRules;
  /** Only keys that begin so. */
  readonly prefix?: string | undefined;
  /** Only keys behind this one, in order. */
  readonly after?: string | undefined;
  /** A directory whose name ends so is an entry, not a branch: the versions of one key. */
  readonly leafMark?: string | undefined;
  /** Give a directory below the prefix as one entry, when it holds anything, instead of what is in it. */
  readonly foldDirectories?: boolean | undefined;
  /** Told of what is neither file nor directory: symbolic links, sockets. They are never followed. */
  readonly onIgnored?: ((path: string) => void) | undefined;
}

interface Child {
  /** The whole key, for a directory with the slash at its end. */
  readonly key: string;
  readonly path: string;
  readonly isDirectory: boolean;
}

/**
 * The files below a directory in the order of their keys' bytes. Memory is one directory at a time along the path, and
 * branches that cannot hold a wanted key are not opened. A directory that vanishes meanwhile is passed over.
 */
export function* walk(directory: string, options: WalkOptions): Generator<WalkedEntry, void, undefined> {
  yield* walkDirectory(directory, '', options);
}

function* walkDirectory(directory: string, base: string, options: WalkOptions): Generator<WalkedEntry, void, undefined> {
  const children = readChildren(directory, base, options).filter((child) => mayHoldWanted(child, options));
  children.sort((a, b) => compareKeys(a.key, b.key));
  for (const child of children) {
    const entry = { key: child.key, path: child.path, isPrefix: child.isDirectory };
    if (!child.isDirectory) yield entry;
    else if (!options.foldDirectories || child.key.length <= (options.prefix ?? '').length) yield* walkDirectory(child.path, child.key, options);
    else if (!walkDirectory(child.path, child.key, { ...options, foldDirectories: false }).next().done) yield entry;
  }
}

/** Order of keys by their bytes in UTF-8, which for JavaScript's text differs from `<` beyond the basic plane. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters behind all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function mayHoldWanted({ key, isDirectory }: Child, { prefix = '', after }: WalkOptions): boolean {
  const related = key.startsWith(prefix) || (isDirectory && prefix.startsWith(key));
  if (!related || after === undefined) return related;
  return compareKeys(key, after) > 0 || (isDirectory && after.startsWith(key));
}

function readChildren(directory: string, base: string, options: WalkOptions): Child[] {
  const children: Child[] = [];
  const foreign: Child[] = [];
  for (const entry of readDirectory(directory)) {
    if (base === '' && entry.name.startsWith(SYSTEM_DIRECTORY)) continue;
    const full = path.join(directory, entry.name);
    if (!entry.isDirectory() && !entry.isFile()) {
      options.onIgnored?.(full);
      continue;
    }
    const mark = entry.isFile() ? FILE_MARK : options.leafMark;
    const isMarked = mark !== undefined && entry.name.endsWith(mark);
    const isDirectory = entry.isDirectory() && !isMarked;
    const decoded = decodeName(isMarked ? entry.name.slice(0, -mark.length) : entry.name, options.rules);
    if (decoded?.open && isDirectory) children.push(...readChildren(full, base + decoded.text, options));
    else (decoded ? children : foreign).push({ key: base + (decoded?.text ?? entry.name) + (isDirectory ? '/' : ''), path: full, isDirectory });
  }
  return foreign.length === 0 ? children : withForeign(children, foreign);
}

/** Somebody else's names come after ours: when both stand for one key, ours is the object. */
function withForeign(children: Child[], foreign: Child[]): Child[] {
  const taken = new Set(children.map((child) => child.key));
  return [...children, ...foreign.filter((child) => !taken.has(child.key))];
}

function readDirectory(directory: string): fs.Dirent[] {
  try {
    return fs.readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
