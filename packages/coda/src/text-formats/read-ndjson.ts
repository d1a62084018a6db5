import { invalidArgument } from '../api/coda-errors.ts';
import { linesOf, textOf, type TextSource } from './text-source.ts';

/** A JSON object and the line it stands on, from 1. */
export interface JsonRecord {
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Reads JSON objects, one a line; empty lines are skipped.
 *
 * @throws {InvalidArgumentError} A line is no JSON object, or the text no UTF-8.
 */
export async function* readNdjson(source: TextSource): AsyncGenerator<JsonRecord> {
  let line = 0;
  for await (const text of linesOf(textOf(source))) {
    line += 1;
    if (text.trim() !== '') yield { line, fields: parseObject(text, line) };
  }
}

function parseObject(text: string, line: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw invalidArgument(`Line ${String(line)} is not JSON`, { cause: error });
  }
  throw invalidArgument(`Line ${String(line)} is JSON, but not an object`);
}
