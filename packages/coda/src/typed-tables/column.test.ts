import { describe, expect, it } from 'vitest';
import { column } from './column.ts';

const money = { '@type': 'MonetaryAmount', currency: 'USD', amount: 3.5 };
const person = { '@type': 'Person', name: 'Ada', email: 'ada@example.com' };

describe('a column reads a cell in either format, and text', () => {
  it.each([
    ['text', column.text('C'), '```a```', 'a'],
    ['blank text', column.text('C'), '', ''],
    ['a number as text', column.number('C'), '12.5', 12.5],
    ['a blank number', column.number('C'), '', undefined],
    ['money', column.currency('C'), money, 3.5],
    ['a checkbox', column.checkbox('C'), true, true],
    ['a checkbox in CSV', column.checkbox('C'), 'Yes', true],
    ['a blank checkbox', column.checkbox('C'), '', false],
    ['a time', column.time('C'), '```2026-11-23T00:00:00.000-08:00```', new Date('2026-11-23T08:00:00Z')],
    ['a person', column.person('C'), person, { name: 'Ada', email: 'ada@example.com' }],
    ['a person in a list of one', column.person('C'), [person], { name: 'Ada', email: 'ada@example.com' }],
    ['a person by name', column.person('C'), 'Ada', { name: 'Ada', email: undefined }],
    ['a link', column.url('C'), { '@type': 'WebPage', url: 'https://example.com' }, 'https://example.com'],
    ['a row', column.row('C'), { '@type': 'StructuredValue', additionalType: 'row', name: 'Apple', rowId: 'i-1' }, { name: 'Apple', rowId: 'i-1' }],
    ['a row by id', column.row('C'), 'i-abc', { name: 'i-abc', rowId: 'i-abc' }],
    ['a list', column.list(column.number('C')), ['1', 2], [1, 2]],
    ['a list of one', column.list(column.text('C')), 'a', ['a']],
    ['a blank list', column.list(column.text('C')), '', []],
  ])('%s', (_name, spec, cell, expected) => {
    expect(spec.parse(cell)).toEqual(expected);
  });

  it.each([
    ['number', column.number('C'), 'many', '"many" is not a number'],
    ['checkbox', column.checkbox('C'), 'perhaps', '"perhaps" is neither true nor false'],
    ['time', column.time('C'), 'soon', '"soon" is not a time in ISO 8601'],
  ])('a %s refuses what is none', (_name, spec, cell, problem) => {
    expect(() => spec.parse(cell)).toThrow(problem);
  });
});

describe('a list survives CSV', () => {
  it.each([[['a', 'b']], [['a, b', 'c']], [['[a']], [[]]])('%j', (values) => {
    const tags = column.list(column.text('Tags'));
    expect(tags.fromText(tags.toText(values))).toEqual(values);
  });
});

describe('two values are the same', () => {
  it('when a row is given by name and has it', () => {
    const row = column.row('C');
    expect(row.same({ name: 'Apple', rowId: 'i-1' }, { name: 'Apple', rowId: undefined })).toBe(true);
    expect(row.same({ name: 'Apple', rowId: 'i-1' }, { name: 'Pear', rowId: 'i-1' })).toBe(true);
    expect(row.same({ name: 'Apple', rowId: 'i-1' }, { name: 'Apple', rowId: 'i-2' })).toBe(false);
  });

  it('when one is blank and the other left out', () => {
    expect(column.text('C').same('', undefined as never)).toBe(true);
    expect(column.checkbox('C').same(false, undefined as never)).toBe(true);
    expect(column.number('C').same(undefined, 0)).toBe(false);
  });

  it('when times name the same moment', () => {
    expect(column.time('C').same(new Date('2026-11-23T08:00:00Z'), new Date('2026-11-23T00:00:00-08:00'))).toBe(true);
  });
});
