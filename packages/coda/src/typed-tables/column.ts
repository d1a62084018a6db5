import { parseRichValue, richText, type RichValue } from '../values/rich-values.ts';
import { toPlainValue, type CellInput } from '../values/write-values.ts';
import type { ColumnSpec } from './column-spec.ts';

/** A person in a cell; written by address where there is one. */
export interface PersonCell {
  readonly name: string;
  readonly email: string | undefined;
}

/** A reference to a row of another table; written by id where there is one. */
export interface RowCell {
  readonly name: string;
  readonly rowId: string | undefined;
}

type SpecParts<T> = Pick<ColumnSpec<T>, 'parse' | 'format'> & Partial<ColumnSpec<T>>;

function spec<T>(column: string, kind: string, parts: SpecParts<T>): ColumnSpec<T> {
  /** A value that was left out is a blank one. */
  const written = (value: T): CellInput => parts.format(value === undefined ? parts.parse('') : value);
  return {
    column,
    kind,
    needsRich: false,
    fromText: (text) => parts.parse(text),
    toText: (value) => String(toPlainValue(written(value), column)),
    same: (current, wanted) => JSON.stringify(written(current)) === JSON.stringify(written(wanted)),
    ...parts,
    format: written,
  };
}

const isBlank = (cell: unknown): boolean => cell === undefined || cell === null || cell === '';

/** The text of a cell in either format, without the fence that the rich format puts around plain text. */
function cellText(cell: unknown): string {
  return richText(parseRichValue(cell));
}

function parseNumber(cell: unknown): number | undefined {
  const value = parseRichValue(cell);
  if (value.kind === 'empty') return undefined;
  const text = value.kind === 'currency' ? String(value.amount) : richText(value).trim();
  const number = text === '' ? NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new Error(`"${text}" is not a number`);
}

function parseBoolean(cell: unknown): boolean {
  const text = cellText(cell).trim().toLowerCase();
  if (text === '' || text === 'false' || text === 'no' || text === '0') return false;
  if (text === 'true' || text === 'yes' || text === '1') return true;
  throw new Error(`"${text}" is neither true nor false`);
}

function parseTime(cell: unknown): Date | undefined {
  if (cell instanceof Date || isBlank(cell)) return cell instanceof Date ? cell : undefined;
  const text = cellText(cell);
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new Error(`"${text}" is not a time in ISO 8601`);
  return time;
}

function parsePerson(cell: unknown): PersonCell | undefined {
  if (isPerson(cell)) return cell;
  const value = firstOf(parseRichValue(cell));
  if (value.kind === 'empty') return undefined;
  if (value.kind === 'person') return { name: value.name, email: value.email };
  const text = richText(value);
  return { name: text, email: text.includes('@') ? text : undefined };
}

function parseRowReference(cell: unknown): RowCell | undefined {
  const value = firstOf(parseRichValue(cell));
  if (value.kind === 'empty') return undefined;
  if (value.kind === 'row') return { name: value.name, rowId: value.rowId };
  const text = richText(value);
  return { name: text, rowId: /^i-[\w-]+$/.test(text) ? text : undefined };
}

function parseUrl(cell: unknown): string | undefined {
  const value = firstOf(parseRichValue(cell));
  if (value.kind === 'link' || value.kind === 'image') return value.url;
  return value.kind === 'empty' ? undefined : richText(value);
}

function firstOf(value: RichValue): RichValue {
  return value.kind === 'list' ? (value.items[0] ?? { kind: 'empty' }) : value;
}

function isPerson(cell: unknown): cell is PersonCell {
  return typeof cell === 'object' && cell !== null && 'email' in cell && !('@type' in cell);
}

function listOf<T>(item: ColumnSpec<T>): ColumnSpec<readonly NonNullable<T>[]> {
  const present = (cells: readonly unknown[]): NonNullable<T>[] => cells.map((cell) => item.parse(cell)).filter((value) => value !== undefined && value !== null);
  const parse = (cell: unknown): NonNullable<T>[] => present(Array.isArray(cell) ? cell : isBlank(cell) ? [] : [cell]);
  const texts = (values: readonly NonNullable<T>[]): string[] => values.map((value) => item.toText(value));
  return spec(item.column, `list of ${item.kind}`, {
    needsRich: item.needsRich,
    parse,
    format: (values) => values.map((value) => item.format(value)) as CellInput,
    // JSON where a comma could not be told from the one between items.
    toText: (values = []) => (texts(values).some((text) => text.includes(',') || text.startsWith('[')) ? JSON.stringify(texts(values)) : texts(values).join(', ')),
    fromText: (text) => present(text.startsWith('[') ? (JSON.parse(text) as unknown[]) : text.split(',').map((part) => part.trim()).filter(Boolean)),
  });
}

/** Makes the columns of a typed table: `{ title: column.text('Title'), due: column.time('Due'), tags: column.list(column.text('Tags')) }`. */
export const column = {
  /** Text; also select lists, e-mail addresses, durations and whatever else is read as text. Blank is `''`. */
  text: (name: string): ColumnSpec<string> => spec(name, 'text', { parse: cellText, format: (value) => value }),
  /** Numbers, percentages, sliders, scales and amounts of money. Blank is `undefined`. */
  number: (name: string): ColumnSpec<number | undefined> => spec(name, 'number', { parse: parseNumber, format: (value) => value }),
  /** As `number`, for columns whose amounts carry a currency sign. */
  currency: (name: string): ColumnSpec<number | undefined> => spec(name, 'currency', { needsRich: true, parse: parseNumber, format: (value) => value }),
  /** Checkboxes. Blank is `false`. */
  checkbox: (name: string): ColumnSpec<boolean> => spec(name, 'checkbox', { parse: parseBoolean, format: (value) => value }),
  /** Dates, and dates with a time. Blank is `undefined`. */
  time: (name: string): ColumnSpec<Date | undefined> =>
    spec(name, 'time', { parse: parseTime, format: (value) => value, toText: (value) => value?.toISOString() ?? '' }),
  /** People. Blank is `undefined`. */
  person: (name: string): ColumnSpec<PersonCell | undefined> =>
    spec(name, 'person', { needsRich: true, parse: parsePerson, format: (value) => value && (value.email ?? value.name) }),
  /** Links and images, as their address. Blank is `undefined`. */
  url: (name: string): ColumnSpec<string | undefined> => spec(name, 'url', { needsRich: true, parse: parseUrl, format: (value) => value }),
  /** References to rows of another table. Blank is `undefined`. */
  row: (name: string): ColumnSpec<RowCell | undefined> =>
    spec(name, 'row', {
      needsRich: true,
      parse: parseRowReference,
      format: (value) => value && (value.rowId ?? value.name),
      same: (current, wanted) => (wanted?.rowId === undefined ? current?.name === wanted?.name : current?.rowId === wanted.rowId),
    }),
  /** Several values in a cell, each as the given column has them. Blank is an empty list. */
  list: <T>(item: ColumnSpec<T>): ColumnSpec<readonly NonNullable<T>[]> => listOf(item),
} as const;
