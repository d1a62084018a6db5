import { InvalidArgumentError } from '@cmx/cloud-core';

/** A pattern taken apart: where to look, and what to take from there. */
export interface Glob {
  /** Every match begins with this text: what a listing is narrowed to. */
  readonly prefix: string;
  /** The directory of the pattern: matches are named relative to it. Empty, or ends with a slash. */
  readonly base: string;
  /** Receives the whole key. Takes time in proportion to the lengths of key and pattern, whatever they are. */
  matches(key: string): boolean;
}

/** One character of a segment's pattern: `*` for any number of them, or a test of exactly one. */
type Token = '*' | ((character: string) => boolean);
/** One segment of a pattern; `**` stands for any number of segments. */
type Segment = '**' | readonly Token[];

const MAGIC = /[*?[{]/;
const MAX_ALTERNATIVES = 1000;

/**
 * Takes a pattern apart: `*` and `?` stay within a segment, `**` as a segment of its own crosses segments, `[a-c]`, `[!a]` and
 * `{a,b}` choose; a backslash takes the next character literally. Case counts, and a leading dot is matched like anything else.
 *
 * Matching is not left to regular expressions, which a pattern such as `*a*a*a*b` can keep busy for ever.
 *
 * @returns `undefined` when nothing in it needs matching: see {@link literalKey}.
 * @throws {InvalidArgumentError} Its braces have more than a thousand alternatives.
 */
export function parseGlob(pattern: string): Glob | undefined {
  const magicAt = indexOfMagic(pattern);
  if (magicAt === -1) return undefined;
  const prefix = pattern.slice(0, magicAt).replace(/\\(.)/gs, '$1');
  const alternatives = expandBraces(pattern).map((alternative) => alternative.split('/').map(toSegment));
  return {
    prefix,
    base: prefix.slice(0, prefix.lastIndexOf('/') + 1),
    matches(key) {
      const segments = key.split('/');
      return alternatives.some((alternative) => matchesAll<readonly Token[], string, '**'>(alternative, segments, '**', matchesSegment));
    },
  };
}

/** The key that a pattern without wildcards means: `\*` is a star. Backslashes before anything else are part of the key. */
export function literalKey(pattern: string): string {
  return pattern.replace(/\\([*?[{])/g, '$1');
}

function matchesSegment(tokens: readonly Token[], segment: string): boolean {
  return matchesAll<(character: string) => boolean, string, '*'>(tokens, [...segment], '*', (test, character) => test(character));
}

/**
 * Whether patterns match items one to one, `star` standing for any number of items. Only the last star needs to be tried again:
 * what an earlier one could take more of, a later one can take as well.
 */
function matchesAll<P, I, S extends string>(patterns: readonly (P | S)[], items: readonly I[], star: S, matchesOne: (pattern: P, item: I) => boolean): boolean {
  let at = 0;
  let starAt = -1;
  let starTook = 0;
  for (let index = 0; index < items.length; ) {
    const pattern = patterns[at];
    if (at < patterns.length && pattern === star) {
      starAt = at++;
      starTook = index;
    } else if (at < patterns.length && matchesOne(pattern as P, items[index] as I)) {
      at++;
      index++;
    } else if (starAt !== -1) {
      at = starAt + 1;
      index = ++starTook;
    } else {
      return false;
    }
  }
  return patterns.slice(at).every((rest) => rest === star);
}

function indexOfMagic(pattern: string): number {
  for (let index = 0; index < pattern.length; index++) {
    if (pattern[index] === '\\') index++;
    else if (MAGIC.test(pattern.charAt(index))) return index;
  }
  return -1;
}

/** `a{b,c{d,e}}` as `ab`, `acd`, `ace`. Braces that are not closed, or hold no comma, are themselves. */
function expandBraces(pattern: string): string[] {
  const braces = findBraces(pattern);
  if (!braces) return [pattern];
  const { start, end, parts } = braces;
  const tails = expandBraces(pattern.slice(end + 1));
  const heads = parts.flatMap(expandBraces);
  if (heads.length * tails.length > MAX_ALTERNATIVES) throw new InvalidArgumentError(`The pattern has more than ${String(MAX_ALTERNATIVES)} alternatives`, { operation: 'parseGlob' });
  return heads.flatMap((head) => tails.map((tail) => pattern.slice(0, start) + head + tail));
}

function findBraces(pattern: string): { start: number; end: number; parts: string[] } | undefined {
  let depth = 0;
  let start = -1;
  let commas: number[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === '\\') index++;
    else if (character === '{' && depth++ === 0) start = index;
    else if (character === ',' && depth === 1) commas.push(index);
    else if (character === '}' && depth > 0 && --depth === 0) {
      if (commas.length > 0) return { start, end: index, parts: cut(pattern, [start, ...commas, index]) };
      commas = [];
    }
  }
  return undefined;
}

function cut(pattern: string, borders: readonly number[]): string[] {
  return borders.slice(1).map((border, index) => pattern.slice((borders[index] ?? 0) + 1, border));
}

function toSegment(pattern: string): Segment {
  if (pattern === '**') return '**';
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    const classEnd = character === '[' ? characters.indexOf(']', index + 2) : -1;
    if (character === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (character === '?') {
      tokens.push(() => true);
    } else if (classEnd !== -1) {
      tokens.push(toClass(characters.slice(index + 1, classEnd)));
      index = classEnd;
    } else {
      const literal = character === '\\' ? (characters[++index] ?? '\\') : character;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

/** `a-z`, or `!a-z` for anything else. */
function toClass(characters: readonly string[]): (character: string) => boolean {
  const isNegated = characters[0] === '!' || characters[0] === '^';
  const ranges: (readonly [string, string])[] = [];
  for (let index = isNegated ? 1 : 0; index < characters.length; index++) {
    const first = characters[index] ?? '';
    const last = characters[index + 1] === '-' ? characters[index + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) index += 2;
  }
  return (character) => ranges.some(([first, last]) => first <= character && character <= last) !== isNegated;
}
