import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalKey, parseGlob } from './globs.ts';

/** By trying everything: slow, but hard to get wrong. */
function plainMeaning([pattern, ...patterns]: readonly string[], segments: readonly string[]): boolean {
  if (pattern === undefined) return segments.length === 0;
  const [segment, ...others] = segments;
  if (pattern === '**') return plainMeaning(patterns, segments) || (segment !== undefined && plainMeaning([pattern, ...patterns], others));
  const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return segment !== undefined && expression.test(segment) && plainMeaning(patterns, others);
}

describe('parseGlob', () => {
  it.each([
    ['logs/*.gz', ['logs/a.gz', 'logs/.hidden.gz'], ['logs/x/a.gz', 'logs/a.txt', 'other/a.gz']],
    ['logs/**', ['logs/a', 'logs/x/y/z'], ['other/a']],
    ['logs/**/*.gz', ['logs/a.gz', 'logs/x/y/a.gz'], ['logs/a.txt']],
    ['**/*.gz', ['a.gz', 'x/y/a.gz'], ['a.txt']],
    ['2024-0[1-3]/?', ['2024-01/a', '2024-03/b'], ['2024-04/a', '2024-01/ab']],
    ['{a,b}/*', ['a/x', 'b/y'], ['c/x']],
    ['A*', ['Ab'], ['ab']],
    ['a\\*b*', ['a*bc'], ['aXbc']],
    ['(a)*', ['(a)b'], ['ab']],
    ['!x*', ['!xy'], ['y']],
    ['[!a-c]x', ['dx'], ['ax', 'cx']],
    ['x{1,2{a,b}}.*', ['x1.gz', 'x2b.gz'], ['x2.gz', 'x3.gz']],
    ['{a}[', ['{a}['], ['a[']],
    ['a**b', ['ab', 'axb'], ['a/b']],
    ['**/x/**/y', ['x/y', 'a/x/b/c/y', 'x/x/y/y'], ['x/z', 'y']],
    ['?', ['😀'], ['ab', '']],
  ])('%s', (pattern, hits, misses) => {
    const glob = parseGlob(pattern);
    expect(hits.filter((key) => !glob?.matches(key))).toEqual([]);
    expect(misses.filter((key) => glob?.matches(key))).toEqual([]);
  });

  it('narrows the listing to the literal head', () => {
    expect(parseGlob('logs/2024-*/x')).toMatchObject({ prefix: 'logs/2024-', base: 'logs/' });
    expect(parseGlob('*')).toMatchObject({ prefix: '', base: '' });
    expect(parseGlob('a\\*b/c*')).toMatchObject({ prefix: 'a*b/c', base: 'a*b/' });
  });

  it('leaves plain keys alone', () => {
    expect(parseGlob('a/b(c)+.txt')).toBeUndefined();
    expect(parseGlob('a\\*')).toBeUndefined();
    expect(literalKey('a\\*')).toBe('a*');
    expect(literalKey('a\\b')).toBe('a\\b');
  });

  it('is not slowed down by a hostile pattern', () => {
    // A regular expression would not end in this century.
    expect(parseGlob(`${'*a'.repeat(30)}*b`)?.matches('a'.repeat(20_000))).toBe(false);
    expect(parseGlob(`${'**/a/'.repeat(30)}b`)?.matches('a/'.repeat(2_000))).toBe(false);
    expect(() => parseGlob('{a,b}'.repeat(20))).toThrow('alternatives');
  });

  it('agrees with the plain meaning of its wildcards', () => {
    const piece = fc.constantFrom('*', '?', 'a', 'b', '/', '**/');
    const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `${pieces.join('')}*`);
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, key, (glob, text) => {
        expect([glob, text, parseGlob(glob)?.matches(text)]).toEqual([glob, text, plainMeaning(glob.split('/'), text.split('/'))]);
      }),
      { numRuns: 5000 },
    );
  });
});
