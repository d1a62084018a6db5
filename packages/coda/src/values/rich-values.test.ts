import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyValue, imageValue, linkValue, listValue, parseRichValue, personValue, richText, rowValue, textValue } from './rich-values.ts';
import { toPlainValue, type CellInput } from './write-values.ts';

const context = { '@context': 'http://schema.org/' };

describe('a rich cell', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['```plain * text```', { kind: 'text', text: 'plain * text', markdown: false }],
    ['**bold**', { kind: 'text', text: '**bold**', markdown: true }],
    ['```', { kind: 'text', text: '```', markdown: true }],
    [12.5, { kind: 'number', value: 12.5 }],
    [false, { kind: 'boolean', value: false }],
    [{ ...context, '@type': 'MonetaryAmount', currency: 'USD', amount: 12.34 }, { kind: 'currency', currency: 'USD', amount: 12.34 }],
    [{ ...context, '@type': 'MonetaryAmount', currency: 'USD', amount: '12345678901234567.89' }, { kind: 'currency', currency: 'USD', amount: '12345678901234567.89' }],
    [{ ...context, '@type': 'Person', name: 'Ada', email: 'ada@example.com' }, { kind: 'person', name: 'Ada', email: 'ada@example.com' }],
    [{ ...context, '@type': 'WebPage', url: 'https://example.com', name: 'Site' }, { kind: 'link', url: 'https://example.com', name: 'Site' }],
    [{ ...context, '@type': 'ImageObject', url: 'https://example.com/a.png', width: 3, status: 'live' }, { kind: 'image', url: 'https://example.com/a.png', width: 3, status: 'live' }],
    [{ ...context, '@type': 'StructuredValue', additionalType: 'row', name: 'Apple', rowId: 'i-1', tableId: 'grid-1', url: 'u', tableUrl: 't' }, { kind: 'row', name: 'Apple', rowId: 'i-1', tableId: 'grid-1', url: 'u', tableUrl: 't' }],
    [['a', [1]], { kind: 'list', items: [{ kind: 'text', text: 'a', markdown: true }, { kind: 'list', items: [{ kind: 'number', value: 1 }] }] }],
    [{ '@type': 'Hologram', depth: 3 }, { kind: 'unknown', raw: { '@type': 'Hologram', depth: 3 } }],
    [{ '@type': 'StructuredValue', additionalType: 'pack' }, { kind: 'unknown', raw: { '@type': 'StructuredValue', additionalType: 'pack' } }],
    [null, { kind: 'empty' }],
  ])('%j', (cell, expected) => {
    expect(parseRichValue(cell)).toEqual(expected);
  });

  it('is read whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (cell) => typeof parseRichValue(cell).kind === 'string' && typeof richText(parseRichValue(cell)) === 'string'));
  });
});

describe('what is written', () => {
  it.each<[string, CellInput, unknown]>([
    ['nothing', null, ''],
    ['a time', new Date('2026-11-23T10:00:00Z'), '2026-11-23T10:00:00.000Z'],
    ['text', textValue('a'), 'a'],
    ['money', currencyValue(12.5, 'USD'), 12.5],
    ['a person', personValue('ada@example.com', 'Ada'), 'ada@example.com'],
    ['a link', linkValue('https://example.com', 'Site'), 'https://example.com'],
    ['an image', imageValue('https://example.com/a.png'), 'https://example.com/a.png'],
    ['a row', rowValue('i-1'), 'i-1'],
    ['a list', listValue([rowValue('i-1'), rowValue('i-2')]), ['i-1', 'i-2']],
    ['lists in a list', ['a', [1, undefined]], ['a', [1, '']]],
  ])('%s', (_name, value, expected) => {
    expect(toPlainValue(value, 'Column')).toEqual(expected);
  });

  it.each([
    ['a number that is none', NaN, /"Column" cannot be given NaN/],
    ['an invalid date', new Date('never'), /an invalid date/],
    ['an object', { a: 1 } as never, /a value of type object/],
    ['a list in a list in a list', [[['a']]] as never, /cannot be given/],
  ])('refuses %s', (_name, value, problem) => {
    expect(() => toPlainValue(value, 'Column')).toThrow(problem);
  });
});
