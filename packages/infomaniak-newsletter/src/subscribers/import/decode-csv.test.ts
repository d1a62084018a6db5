import { describe, expect, it } from 'vitest';
import { decodeCsv } from './decode-csv.ts';

const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((character, index) => view.setUint16(index * 2, character.charCodeAt(0), littleEndian));
  return view.buffer;
};
const latin = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

describe('good files', () => {
  it.each([
    ['a text', 'é', 'utf-8', 'é'],
    ['a text with a mark', '\uFEFFé', 'utf-8', 'é'],
    ['bytes', new TextEncoder().encode('é'), 'utf-8', 'é'],
    ['bytes with a mark', new TextEncoder().encode('\uFEFFé'), 'utf-8', 'é'],
    ['Windows', latin('é'), 'windows-1252', 'é'],
    ['UTF-16', utf16('\uFEFFé', true), 'utf-16le', 'é'],
    ['UTF-16 the other way round', utf16('é', false), 'utf-16be', 'é'],
  ] as const)('are decoded: %s', async (_name, source, encoding, text) => {
    expect(await decodeCsv(source, encoding)).toBe(text);
  });
});

describe('files in another encoding', () => {
  it('are named with the lines that show it', async () => {
    await expect(decodeCsv(latin('a\nb\nÉ\nd\né'), 'utf-8')).rejects.toMatchObject({
      code: 'invalid_argument',
      details: { likely: 'windows-1252', lines: [3, 5] },
    });
  });

  it('are named with ten lines at most', async () => {
    await expect(decodeCsv(latin('é\n'.repeat(20)), 'utf-8')).rejects.toMatchObject({ details: { lines: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } });
  });

  it.each([
    [true, 'utf-16le'],
    [false, 'utf-16be'],
  ])('are recognised as UTF-16 by their zeros', async (littleEndian, likely) => {
    await expect(decodeCsv(utf16('email\n', littleEndian), 'utf-8')).rejects.toMatchObject({ details: { encoding: 'utf-8', likely } });
  });

  it('are recognised by what a wrong reading left', async () => {
    await expect(decodeCsv('email\nAd\uFFFD', 'utf-8')).rejects.toMatchObject({ code: 'invalid_argument', details: { lines: [2] } });
  });

  it('do not pass as UTF-16 with half a character', async () => {
    await expect(decodeCsv(new Uint8Array([0x61, 0x00, 0x62]), 'utf-16le')).rejects.toMatchObject({ code: 'invalid_argument' });
  });
});
