import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

it.each([',', ';', '\t', '|'])('finds out that %j is between the cells', async (separator) => {
  const { header, rows } = await readCsv(`a${separator}b\n1${separator}"x${separator}y"\n`, {});
  expect(header).toEqual(['a', 'b']);
  expect(rows).toEqual([{ line: 2, cells: ['1', `x${separator}y`] }]);
});

it('takes the separator and enclosure that are given', async () => {
  expect((await readCsv("a,b;c\n'1;2';3\n", { separator: ';', enclosure: "'" })).rows[0]?.cells).toEqual(['1;2', '3']);
});

it('counts lines through empty ones and cells of several lines', async () => {
  const { rows } = await readCsv('a\r\n\r\n"1\r\n2"\r\n3\r\n', {});
  expect(rows).toEqual([
    { line: 4, cells: ['1\n2'] },
    { line: 5, cells: ['3'] },
  ]);
});

it('reads what it writes', async () => {
  const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\r\n?/g, '\n').trim());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1 }), async (rows) => {
      const { header, rows: read } = await readCsv(writeCsv(rows), { separator: ',' });
      expect([header, ...read.map(({ cells }) => cells)]).toEqual(rows);
    }),
  );
});
