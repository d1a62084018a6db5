import { describe, expect, it } from 'vitest';
import { createRenderer } from './renderers.ts';
import { escapeControls, showBytes, showField, showHeading, showSeconds } from './show.ts';
import { Table } from './table.ts';

describe('what people see', () => {
  it('has no power over the terminal', () => {
    expect(escapeControls('\u001b[2J\r\n\t\u0007\u0085\u202eevil')).toBe('\\x1b[2J\\x0d\\x0a\\x09\\x07\\x85\\u202eevil');
    expect(escapeControls('plain äöü 😀')).toBe('plain äöü 😀');
    expect(showField('metadata', { 'a\u001b': ['b\u001b'] })).toBe('a\\x1b=b\\x1b');
  });

  it.each([[0, '0 B'], [1023, '1023 B'], [1024, '1.0 KiB'], [1536, '1.5 KiB'], [10 * 1024, '10 KiB'], [5 * 1024 ** 3, '5.0 GiB'], [2 ** 60, '1024 PiB']])('shows %d bytes as %s', (bytes, text) => {
    expect(showBytes(bytes)).toBe(text);
  });

  it.each([[0.25, '0.3s'], [9.96, '10.0s'], [42, '42s'], [75, '1m15s'], [3720, '1h02m']])('shows %d seconds as %s', (seconds, text) => {
    expect(showSeconds(seconds)).toBe(text);
  });

  it('shows times without milliseconds and names without units', () => {
    expect(showField('lastModified', '2026-11-24T10:00:00.123Z')).toBe('2026-11-24 10:00:00Z');
    expect([showHeading('sizeInBytes'), showHeading('lastModified')]).toEqual(['SIZE', 'LAST MODIFIED']);
    expect([showField('a', undefined), showField('a', null), showField('a', true), showField('a', 5)]).toEqual(['', '', 'true', '5']);
  });
});

describe('a table', () => {
  it('is as wide as what is in it, wide characters included, and leaves out what is always empty', () => {
    const table = new Table([{ field: 'name' }, { field: 'etag' }, { field: 'sizeInBytes' }]);
    expect(table.add({ name: '漢字', sizeInBytes: 1 })).toBe('');
    table.add({ name: 'a', sizeInBytes: 2048 });
    expect(table.end()).toBe('NAME     SIZE\n漢字      1 B\na     2.0 KiB\n');
    expect(table.end()).toBe('');
  });

  it('of any length holds back only its first rows', () => {
    const table = new Table([{ field: 'name' }]);
    let printed = 0;
    for (let row = 0; row < 600; row++) printed += table.add({ name: `row ${String(row)}` }).split('\n').length - 1;
    expect(printed).toBe(601);
    expect(table.end()).toBe('');
  });
});

describe('a renderer', () => {
  const spec = { columns: ['name', 'outcome'], primary: 'name', view: 'table', returns: 'items', quiet: false } as const;
  const rows = [{ name: 'a,"b"\r\n', outcome: 'copied', size: 1 }, { name: 'c', outcome: 'skipped' }];
  const render = (options: Parameters<typeof createRenderer>[1], changes = {}): string => {
    const renderer = createRenderer({ ...spec, ...changes }, options);
    return rows.map((row) => renderer.add(row)).join('') + renderer.end();
  };

  it('writes CSV that other programs read', () => {
    expect(render({ format: 'csv', isTerminal: false })).toBe('name,outcome\r\n"a,""b""\r\n",copied\r\nc,skipped\r\n');
  });

  it('picks fields, absent ones too', () => {
    expect(JSON.parse(render({ format: 'json', fields: ['outcome', 'nope'], isTerminal: false }))).toEqual([{ outcome: 'copied' }, { outcome: 'skipped' }]);
  });

  it('shows people only what did not go as asked, when quiet', () => {
    expect(render({ format: 'table', isTerminal: false }, { quiet: true })).toBe('NAME  OUTCOME\nc     skipped\n');
    expect(render({ format: 'ndjson', isTerminal: false }, { quiet: true }).trim().split('\n')).toHaveLength(2);
  });

  it('gives names to programs as they are, and to terminals in a form that is safe', () => {
    expect(render({ format: 'name', isTerminal: false })).toBe('a,"b"\r\n\nc\n');
    expect(render({ format: 'name', isTerminal: true })).toBe('a,"b"\\x0d\\x0a\nc\n');
  });

  describe('of records', () => {
    const spread = { columns: ['id', 'values'], spread: 'values' };
    const records = [
      { id: 'r1', values: { id: 'one', 'First, name': 'Ada', tags: [] } },
      { id: 'r2', values: { id: 'two', 'First, name': 'Bob\u001b', tags: [] } },
    ];
    const renderAll = (options: Parameters<typeof createRenderer>[1], some: readonly object[] = records): string => {
      const renderer = createRenderer({ ...spec, ...spread }, options);
      return some.map((row) => renderer.add(row as Record<string, unknown>)).join('') + renderer.end();
    };

    it('makes columns of their entries, whatever their names', () => {
      expect(renderAll({ format: 'table', isTerminal: true })).toBe('ID  id   First, name\nr1  one  Ada\nr2  two  Bob\\x1b\n');
      expect(renderAll({ format: 'csv', isTerminal: false })).toBe('id,id,"First, name",tags\r\nr1,one,Ada,[]\r\nr2,two,Bob\u001b,[]\r\n');
      expect(renderAll({ format: 'csv', isTerminal: false }, [])).toBe('id\r\n');
    });

    it('leaves them whole for programs, and where fields are picked', () => {
      expect(JSON.parse(renderAll({ format: 'json', isTerminal: false }))).toEqual(records);
      expect(renderAll({ format: 'csv', fields: ['id'], isTerminal: false })).toBe('id\r\nr1\r\nr2\r\n');
    });
  });

  it('shows a single result line by line, without what is empty', () => {
    const renderer = createRenderer({ ...spec, view: 'fields', returns: 'value' }, { format: 'table', isTerminal: true });
    expect(renderer.add({ name: 'a', sizeInBytes: 0, warnings: [], reason: undefined, note: null, text: '' })).toBe('NAME  a\nSIZE  0 B\n');
  });
});
