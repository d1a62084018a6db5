import { invalidArgument } from '../../api/newsletter-errors.ts';

export interface CsvRow {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvDialect {
  /** One character. Default: the one of `,` `;` tab `|` that stands most often in the first line. */
  readonly separator?: string | undefined;
  /** One character. Default `"`. */
  readonly enclosure?: string | undefined;
}

/** @throws {InvalidArgumentError} The text is empty or no CSV; `details` has the parser's `code` and the `line`. */
export async function readCsv(text: string, { separator = likelySeparator(text), enclosure = '"' }: CsvDialect): Promise<CsvTable> {
  const { parse } = await import('csv-parse/sync');
  let records: readonly { record: string[]; info: { lines: number } }[];
  try {
    const options = { delimiter: separator, quote: enclosure, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
    // The parser counts a line within a cell twice when it ends in two characters.
    records = parse(text.replace(/\r\n?/g, '\n'), options) as unknown as typeof records;
  } catch (error) {
    const { code, lines, message } = error as Error & { code?: string; lines?: number };
    throw invalidArgument(`The file is no CSV with ${JSON.stringify(separator)} between and ${JSON.stringify(enclosure)} around: ${message}`, {
      details: { code, line: lines },
      cause: error,
    });
  }
  const [header, ...rows] = records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  if (!header) throw invalidArgument('The file is empty');
  return { header: header.cells, rows };
}

function likelySeparator(text: string): string {
  const firstLine = text.split('\n', 1)[0] ?? '';
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: firstLine.split(separator).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

/** The separator and enclosure of what `writeCsv` writes. */
export const WRITTEN_DIALECT = { csvSeparator: ',', csvEnclosure: '"' } as const;

/** Rows as RFC 4180 has them, every cell enclosed. */
export function writeCsv(rows: Iterable<readonly string[]>): string {
  let text = '';
  for (const cells of rows) text += `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
  return text;
}
