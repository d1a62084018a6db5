import { invalidArgument } from '../../api/newsletter-errors.ts';

/** A CSV file: its text, or its bytes. All of it is held in memory. */
export type CsvSource = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob;

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const MAX_NAMED_LINES = 10;

/**
 * The text of a file, without its byte order mark.
 *
 * @throws {InvalidArgumentError} The bytes are in another encoding; `details` has `lines` and `likely`.
 */
export async function decodeCsv(source: CsvSource, encoding: CsvEncoding): Promise<string> {
  const text =
    typeof source === 'string'
      ? source.replace(/^\uFEFF/, '')
      : decodeBytes(new Uint8Array(source instanceof Blob ? await source.arrayBuffer() : source), encoding);
  const lines = linesWith(text, '\uFFFD');
  if (lines.length === 0) return text;
  throw invalidArgument(`The file was read in a wrong encoding before it came here: characters are lost ${onLines(lines)}`, { details: { lines } });
}

function decodeBytes(bytes: Uint8Array<ArrayBuffer>, encoding: CsvEncoding): string {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Reported below, with the lines.
  }
  const lines = undecodableLines(bytes, encoding);
  const likely = likelyEncoding(bytes);
  throw invalidArgument(
    `The file is not in ${encoding}${likely === encoding ? '' : ` but probably in ${likely}`}${lines.length > 0 ? `: see ${onLines(lines)}` : ''}`,
    { details: { encoding, likely, lines } },
  );
}

function likelyEncoding(bytes: Uint8Array): CsvEncoding {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'windows-1252';
}

/** Line by line only where one byte ends a line. */
function undecodableLines(bytes: Uint8Array<ArrayBuffer>, encoding: CsvEncoding): number[] {
  if (encoding !== 'utf-8') return [];
  const decoder = new TextDecoder(encoding, { fatal: true });
  const lines: number[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length && lines.length < MAX_NAMED_LINES; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      lines.push(line);
    }
    start = end + 1;
  }
  return lines;
}

function linesWith(text: string, character: string): number[] {
  if (!text.includes(character)) return [];
  return text
    .split('\n')
    .flatMap((line, index) => (line.includes(character) ? [index + 1] : []))
    .slice(0, MAX_NAMED_LINES);
}

const onLines = (lines: readonly number[]): string => `on line ${lines.join(', ')}${lines.length === MAX_NAMED_LINES ? ' and perhaps more' : ''}`;
