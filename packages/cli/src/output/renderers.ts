import type { CommandSpec } from '../commands/command-spec.ts';
import type { OUTPUT_FORMATS } from '../commands/global-flags.ts';
import { escapeControls, plainText, showBytes, showField, showHeading } from './show.ts';
import { Table, type Column } from './table.ts';

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
type Row = Readonly<Record<string, unknown>>;

/** Turns results into text, one at a time: nothing is kept that a stream of any length would not allow. */
export interface Renderer {
  add(row: Row): string;
  /** @param nextCursor - What to go on with, when there is more. Only `page` has a place for it. */
  end(nextCursor?: string): string;
}

export interface RendererOptions {
  readonly format: OutputFormat;
  /** Only these fields. */
  readonly fields?: readonly string[] | undefined;
  readonly isTerminal: boolean;
}

/** @param spec - Says which fields a table has, and whether there is one result or many. */
export function createRenderer(spec: Pick<CommandSpec, 'columns' | 'spread' | 'primary' | 'view' | 'returns' | 'quiet'>, { format, fields, isTerminal }: RendererOptions): Renderer {
  switch (format) {
    case 'json':
      return spec.returns === 'value' ? oneJson(fields) : jsonArray(fields);
    case 'ndjson':
      return { add: (row) => `${JSON.stringify(pick(row, fields))}\n`, end: () => '' };
    case 'page':
      return spec.returns === 'value' ? oneJson(fields) : jsonPage(fields);
    case 'csv':
      return withColumns(spec, fields, csv);
    case 'name':
      return { add: (row) => `${show(row[spec.primary], isTerminal)}\n`, end: () => '' };
    case 'table':
      if (spec.view === 'tree') return { add: treeLine, end: () => '' };
      if (spec.view === 'fields') return { add: fieldLines, end: () => '' };
      return withColumns(spec, fields, (columns) => table(columns, spec.quiet));
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

/** An object with the items and, when there are more, the cursor to go on with. */
function jsonPage(fields: readonly string[] | undefined): Renderer {
  const items = jsonArray(fields);
  let lead = '{"items":';
  const add = (text: string): string => {
    const line = lead + text;
    lead = '';
    return line;
  };
  return { add: (row) => add(items.add(row)), end: (nextCursor) => `${add(items.end()).trimEnd()}${nextCursor === undefined ? '' : `,\n"nextCursor":${JSON.stringify(nextCursor)}`}}\n` };
}

/** Entries of a record become columns of their own, which are those of the first row: all rows of one list have the same. */
function withColumns({ columns, spread }: Pick<CommandSpec, 'columns' | 'spread'>, fields: readonly string[] | undefined, make: (columns: readonly Column[]) => Renderer): Renderer {
  if (fields || spread === undefined) return make((fields ?? columns).map((field) => ({ field })));
  const entriesOf = (row: Row) => Object.entries((row[spread] ?? {}) as Row).map(([name, value]) => ({ field: `${spread}.${name}`, heading: name, value }));
  const columnsWith = (entries: readonly Column[]) => columns.flatMap((field): readonly Column[] => (field === spread ? entries : [{ field }]));
  let inner: Renderer | undefined;
  return {
    add(row) {
      const entries = entriesOf(row);
      inner ??= make(columnsWith(entries));
      return inner.add({ ...row, ...Object.fromEntries(entries.map(({ field, value }) => [field, value])) });
    },
    end: () => (inner ?? make(columnsWith([]))).end(),
  };
}

/** RFC 4180, with a heading. */
function csv(columns: readonly Column[]): Renderer {
  let heading = `${columns.map(({ field, heading: name = field }) => csvCell(name)).join(',')}\r\n`;
  return {
    add(row) {
      const line = `${heading}${columns.map(({ field }) => csvCell(row[field])).join(',')}\r\n`;
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

function table(columns: readonly Column[], quiet: boolean): Renderer {
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

/** What is empty needs no line. */
function fieldLines(row: Row): string {
  const shown = Object.entries(row).map(([name, value]) => [showHeading(name), showField(name, value)] as const).filter(([, text]) => text !== '');
  const width = Math.max(...shown.map(([heading]) => heading.length));
  return shown.map(([heading, text]) => `${heading.padEnd(width)}  ${text}\n`).join('');
}

function pick(row: Row, fields: readonly string[] | undefined): Row {
  return fields ? Object.fromEntries(fields.map((field) => [field, row[field]])) : row;
}

/** A program reads names as they are; a terminal must not act on them. */
function show(value: unknown, isTerminal: boolean): string {
  const text = plainText(value);
  return isTerminal ? escapeControls(text) : text;
}
