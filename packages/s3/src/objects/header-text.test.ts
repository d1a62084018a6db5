import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHeaderText, encodeHeaderText } from './header-text.ts';

describe('header text', () => {
  it('leaves plain text alone', () => {
    expect(encodeHeaderText('a plain value; q="1"')).toBe('a plain value; q="1"');
    expect(encodeHeaderText('')).toBe('');
  });

  it.each(['é', '日本語', ' leading', 'trailing ', 'two  blanks', '=?UTF-8?B?w6k=?=', '\ttab', 'a=?b'])('encodes and decodes %j', (text) => {
    const header = encodeHeaderText(text);
    expect(header).toMatch(/^=\?UTF-8\?B\?[\w+/=]*\?=$/);
    expect(decodeHeaderText(header)).toBe(text);
  });

  it.each([
    ['=?UTF-8?Q?caf=C3=A9_noir?=', 'café noir'],
    ['=?utf-8?b?w6k=?= =?UTF-8?Q?=C3=A8?=', 'éè'],
    ['=?iso-8859-1?q?=E9?=', 'é'],
    ['caf\u00c3\u00a9', 'café'],
    ['caf\u00e9', 'café'],
    ['=?UTF-8?B?/w==?=', '=?UTF-8?B?/w==?='],
    ['=?unheard-of?B?QQ==?=', '=?unheard-of?B?QQ==?='],
  ])('reads %j as servers send it', (header, text) => {
    expect(decodeHeaderText(header)).toBe(text);
  });

  it('round-trips any text without line breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeHeaderText(encodeHeaderText(text))).toBe(text);
      }),
    );
  });
});
