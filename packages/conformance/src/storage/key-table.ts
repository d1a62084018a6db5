/** A key and why it is in the table. */
export type KeySample = readonly [description: string, key: string];

/** Keys that every object store holds. */
export const ORDINARY_KEYS: readonly KeySample[] = [
  ['a space', 'a b'],
  ['a plus sign', 'a+b'],
  ['a plus sign beside a space', 'a+ +b'],
  ['a percent sign', '100%'],
  ['a literal %2F', 'a%2Fb'],
  ['a literal %25', 'anyfilename%25.txt'],
  ['a literal %C3%A9', 'caf%C3%A9'],
  ['quotes', `"it's"`],
  ['angle brackets', '<a></a>'],
  ['an ampersand', 'a&b&amp;c'],
  ['text like a character entity', 'x&#x1b;y'],
  ['a dollar sign and an asterisk', '$1*'],
  ['a question mark', 'a?b=c'],
  ['a hash', 'a#b'],
  ['punctuation', '!~()[]{}^|`=@:;,'],
  ['double underscores', '__proto__'],
  ['digits alone', '007'],
  ['the word true', 'true'],
  ['a number in scientific notation', '1e5'],
  ['accented letters', 'é ü ñ'],
  ['Chinese characters', '漢字'],
  ['an emoji', '😀.txt'],
  ['a right-to-left script', 'שלום'],
  ['many segments', 'a/b/c/d/e'],
  ['a leading dot', '.hidden'],
];

/** Keys that a store may refuse, but never change. */
export const DELICATE_KEYS: readonly KeySample[] = [
  ['a backslash', 'a\\b'],
  ['a double slash', 'a//b'],
  ['a trailing slash', 'folder/'],
  ['a trailing dot', 'a.'],
  ['a blank at both ends', ' a '],
  ['a blank segment', 'a/ /b'],
  ['a line break', 'a\nb'],
  ['a carriage return', 'a\rb'],
  ['a tab', 'a\tb'],
  ['control characters 1 to 16', controlCharacters(1, 16)],
  ['control characters 17 to 31', controlCharacters(17, 31)],
  ['a delete character', 'a\u007fb'],
  ['a NUL', 'a\u0000b'],
  ['a non-character', 'a\uffffb'],
  ['a name Windows reserves', 'CON/nul.txt'],
];

/** Keys whose segments a path would resolve. */
export const DOT_KEYS: readonly KeySample[] = [
  ['a dot segment', 'a/./b'],
  ['a double-dot segment', 'a/../b'],
  ['double-dot segments that leave the root', '../../../../etc/passwd'],
  ['a dot at the end', 'a/.'],
];

/** Keys that look alike, but are not the same. */
export const TWIN_KEYS: readonly (readonly [description: string, one: string, other: string])[] = [
  ['composed and decomposed accents', 'caf\u00e9', 'cafe\u0301'],
  ['upper and lower case', 'Readme', 'README'],
  ['a slash and an encoded slash', 'x/y', 'x%2Fy'],
  ['a space and a plus sign', 'x y', 'x+y'],
  ['a percent sign and its encoding', 'x%y', 'x%25y'],
  ['an object and one inside its name', 'x', 'x/z'],
];

function controlCharacters(first: number, last: number): string {
  return String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
}
