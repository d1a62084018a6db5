import { invalidArgument } from '../api/coda-errors.ts';
import { textOf, type TextSource } from './text-source.ts';

export interface ReadCsvOptions {
  /** Default `,`. */
  delimiter?: string | undefined;
  /** Any that `TextDecoder` knows: `windows-1252`, `utf-16le`. Default `utf-8`. */
  encoding?: string | undefined;
}

/** A record of a CSV file. */
export interface CsvRecord {
  /** Line in the file, from 1, on which the record ends. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A row may have 85 KB; an open quote must not swallow the rest of the file. */
const MAX_RECORD_BYTES = 1_000_000;

interface ParsedRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Reads CSV with a header, a record at a time.
 *
 * @throws {InvalidArgumentError} It is no CSV (an open quote, a line with too many fields), or not in the encoding.
 */
export async function* readCsv(source: TextSource, { delimiter = ',', encoding }: ReadCsvOptions = {}): AsyncGenerator<CsvRecord> {
  const { parse } = await import('csv-parse');
  const parser = parse({ columns: checkedHeader, delimiter, bom: true, info: true, skip_empty_lines: true, max_record_size: MAX_RECORD_BYTES });
  const feeding = feed(parser, textOf(source, encoding));
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) yield { line: info.lines, fields: record };
  } catch (error) {
    throw isCsvError(error) ? invalidArgument(`The CSV cannot be read: ${error.message}`, { cause: error }) : error;
  } finally {
    parser.destroy();
    await feeding;
  }
}

function checkedHeader(names: readonly string[]): string[] {
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (twice.length > 0) throw invalidArgument(`The CSV's header has "${twice.join('", "')}" more than once`);
  return [...names];
}

function isCsvError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

/** The part of a Node stream that is used here. */
interface Sink {
  readonly destroyed: boolean;
  write(chunk: string): boolean;
  end(): void;
  destroy(error?: Error): void;
  once(event: 'drain' | 'close', listener: () => void): unknown;
}

async function feed(parser: Sink, text: AsyncIterable<string>): Promise<void> {
  try {
    for await (const piece of text) {
      if (parser.destroyed) return;
      if (!parser.write(piece)) await roomIn(parser);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function roomIn(parser: Sink): Promise<void> {
  return new Promise((resolve) => {
    parser.once('drain', resolve);
    parser.once('close', resolve);
  });
}
