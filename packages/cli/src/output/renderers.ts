import type { CommandSpec } from '../commands/command-spec.ts';
import type { OUTPUT_FORMATS } from '../commands/global-flags.ts';
import { escapeControls, plainText, showBytes, showField, showHeading } from './show.ts';
import { Table } from './table.ts';

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
type Row = Readonly<Record<string, unknown>>;

/** Turns results into text, one at a time: nothing is kept that a stream of any length would not allow. */
export interface Renderer {
  add(row: Row): string;
  end(): string;
}

export interface RendererOptions {
  readonly format: OutputFormat;
  /** Only these fields. */
  readonly fields?: readonly string[] | undefined;
  readonly isTerminal: boolean;
}

/** @param spec - Says which fields a table has, and whether there is one result or many. */
export function createRenderer(spec: Pick<CommandSpec, 'columns' | 'primary' | 'view' | 'returns' | 'quiet'>, { format, fields, isTerminal }: RendererOptions): Renderer {
  switch (format) {
    case 'json':
      return spec.returns === 'value' ? oneJson(fields) : jsonArray(fields);
    case 'ndjson':
      return { add: (row) => `${JSON.stringify(pick(row, fields))}\n`, end: () => '' };
    case 'csv':
      return csv(fields ?? spec.columns);
    case 'name':
      return { add: (row) => `${show(row[spec.primary], isTerminal)}\n`, end: () => '' };
    case 'table':
      if (spec.view === 'tree') return { add: treeLine, end: () => '' };
      return spec.view === 'fields' ? { add: fieldLines, end: () => '' } : table(fields ?? spec.columns, spec.quiet);
  }
}

function oneJson(fields: readonly string[] | undefined): Renderer {
  return { add: (row) => `${JSON.stringify(pick(row, fields), null, 2)}\n`, end: () => '' };
}

function jsonArray(fields: readonly string[] | undefined): Renderer {
  let isFirst = true;
  return {
    add(row) {
      const lead = isFirst ? '[\n  ' : ',\n  ';
      isFirst = false;
      return lead + JSON.stringify(pick(row, fields));
    },
    end: () => (isFirst ? '[]\n' : '\n]\n'),
  };
}

/** RFC 4180, with a heading. */
function csv(columns: readonly string[]): Renderer {
  let heading = `${columns.join(',')}\r\n`;
  return {
    add(row) {
      const line = `${heading}${columns.map((column) => csvCell(row[column])).join(',')}\r\n`;
      heading = '';
      return line;
    },
    end: () => heading,
  };
}

function csvCell(value: unknown): string {
  const text = value === undefined || value === null ? '' : plainText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table(columns: readonly string[], quiet: boolean): Renderer {
  const lines = new Table(columns);
  return { add: (row) => (quiet && isAsAsked(row) ? '' : lines.add(row)), end: () => lines.end() };
}

/** Failures are told on standard error; what went well needs no line. */
function isAsAsked({ outcome }: Row): boolean {
  return outcome !== 'skipped' && outcome !== 'planned';
}

function treeLine({ depth, name, sizeInBytes }: Row): string {
  const size = typeof sizeInBytes === 'number' ? `  ${showBytes(sizeInBytes)}` : '';
  return `${'  '.repeat(Number(depth))}${showField('name', name)}${size}\n`;
}

function fieldLines(row: Row): string {
  const shown = Object.entries(row).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => showHeading(name).length));
  return shown.map(([name, value]) => `${showHeading(name).padEnd(width)}  ${showField(name, value)}\n`).join('');
}

function pick(row: Row, fields: readonly string[] | undefined): Row {
  return fields ? Object.fromEntries(fields.map((field) => [field, row[field]])) : row;
}

/** A program reads names as they are; a terminal must not act on them. */
function show(value: unknown, isTerminal: boolean): string {
  const text = plainText(value);
  return isTerminal ? escapeControls(text) : text;
}
