import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTINUATION_MARK, decodeName, encodeKey, FILE_MARK, type NameRules } from './key-encoding.ts';

const POSIX: NameRules = { caseInsensitive: false, normalizing: false, windows: false };
const MAC: NameRules = { caseInsensitive: true, normalizing: true, windows: false };
const WINDOWS: NameRules = { caseInsensitive: true, normalizing: false, windows: true };
const EVERY = [POSIX, MAC, WINDOWS];

function decodeKey(names: readonly string[], rules: NameRules): string {
  return names
    .map((name, index) => {
      const decoded = decodeName(name, rules);
      return `${decoded?.text}${decoded?.open || index === names.length - 1 ? '' : '/'}`;
    })
    .join('');
}

describe('key encoding', () => {
  it('leaves an ordinary key as it is', () => {
    expect(encodeKey('photos/2026/a b.jpg', POSIX)).toEqual(['photos', '2026', 'a b.jpg']);
  });

  it.each([
    ['..', ['%2E%2E']],
    ['a/../b', ['a', '%2E%2E', 'b']],
    ['/etc/passwd', ['%_', 'etc', 'passwd']],
    ['a//b/', ['a', '%_', 'b', '%_']],
    ['.cmx/meta', ['%2Ecmx', 'meta']],
    ['100%', ['100%25']],
    ['a%2Fb', ['a%252Fb']],
  ])('writes %s so that it cannot leave its bucket', (key, names) => {
    expect(encodeKey(key, POSIX)).toEqual(names);
  });

  it('keeps capitals apart where the file system does not', () => {
    const names = ['README', 'readme', 'Readme'].map((key) => encodeKey(key, MAC).join('/').toLowerCase());
    expect(new Set(names).size).toBe(3);
  });

  it('keeps composed and decomposed letters apart where the file system does not', () => {
    const names = ['\u00e9', 'e\u0301'].map((key) => encodeKey(key, MAC).join('/').normalize('NFC'));
    expect(new Set(names).size).toBe(2);
  });

  it.each(['con', 'NUL.txt', 'a.', 'a ', 'a:b', 'a\\b', 'x?'])('escapes what Windows refuses: %s', (key) => {
    const name = encodeKey(key, WINDOWS).join('/');
    expect(name).not.toMatch(/[<>:"|?*\\]|[. ]$|^(con|nul)(\.|$)/i);
  });

  it('says of a name it would not have written that it is somebody else’s', () => {
    for (const name of ['100%.txt', 'a%2Fb', '%41', 'a%zz', `a${FILE_MARK}`]) expect(decodeName(name, POSIX)).toBeUndefined();
  });

  it('cuts a segment that is too long for one name, and never leaves a bare dot segment', () => {
    const names = encodeKey(`${'a'.repeat(240)}../b`, POSIX);
    expect(names).toEqual([`${'a'.repeat(240)}${CONTINUATION_MARK}`, `${CONTINUATION_MARK}..`, 'b']);
    expect(decodeKey(names, POSIX)).toBe(`${'a'.repeat(240)}../b`);
  });

  it('brings every key back, in names no file system refuses', () => {
    const keys = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), fc.stringMatching(/^[.%/~+_ a-cA-C]{1,20}$/), fc.stringMatching(/^[a%]{230,241}[.%+]{1,5}$/));
    fc.assert(
      fc.property(keys, fc.constantFrom(...EVERY), (key, rules) => {
        fc.pre(!/\p{Surrogate}/u.test(key));
        const names = encodeKey(key, rules);
        expect(decodeKey(names, rules)).toBe(key);
        for (const name of names) {
          expect(name).not.toMatch(/^(\.|\.\.|)$|\/|\0|^\.cmx/);
          expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
