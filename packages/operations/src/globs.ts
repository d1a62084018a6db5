import picomatch from 'picomatch';

/** A pattern taken apart: where to look, and what to take from there. */
export interface Glob {
  /** Every match begins with this text: what a listing is narrowed to. */
  readonly prefix: string;
  /** The directory of the pattern: matches are named relative to it. Empty, or ends with a slash. */
  readonly base: string;
  /** Receives the whole key. */
  matches(key: string): boolean;
}

const MAGIC = /[*?[{]/;

/**
 * Takes a pattern apart: `*` and `?` stay within a segment, `**` crosses segments, `[a-c]` and `{a,b}` choose; a backslash takes
 * the next character literally. Case counts, and names that begin with a dot are matched like others.
 *
 * @returns `undefined` when nothing in it needs matching: see {@link literalKey}.
 */
export function parseGlob(pattern: string): Glob | undefined {
  const magicAt = indexOfMagic(pattern);
  if (magicAt === -1) return undefined;
  const prefix = unescape(pattern.slice(0, magicAt));
  const isMatch = picomatch(pattern, { dot: true, noextglob: true, windows: false, nonegate: true, strictSlashes: true });
  return { prefix, base: prefix.slice(0, prefix.lastIndexOf('/') + 1), matches: (key) => isMatch(key) };
}

/** The key that a pattern without wildcards means: `\\*` is a star. Backslashes before anything else are part of the key. */
export function literalKey(pattern: string): string {
  return pattern.replace(/\\([*?[{])/g, '$1');
}

function indexOfMagic(pattern: string): number {
  for (let index = 0; index < pattern.length; index++) {
    if (pattern[index] === '\\') index++;
    else if (MAGIC.test(pattern.charAt(index))) return index;
  }
  return -1;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
