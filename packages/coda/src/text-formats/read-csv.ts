import { InvalidArgumentError } from '@cmx/cloud-core';
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
  const parser = parse({ columns: true, delimiter, bom: true, info: true, skip_empty_lines: true });
  const feeding = feed(parser, textOf(source, encoding));
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) yield { line: info.lines, fields: record };
  } catch (error) {
    throw error instanceof InvalidArgumentError ? error : new InvalidArgumentError(`The CSV cannot be read: ${error instanceof Error ? error.message : String(error)}`, { provider: 'coda', cause: error });
  } finally {
    parser.destroy();
    await feeding;
  }
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
