import type { Scalar, StructuredCell } from './cell-values.ts';

/** A cell of `valueFormat: 'rich'`, told apart by `kind`. */
export type RichValue =
  | { readonly kind: 'empty' }
  /** `markdown` says whether the text carries formatting. */
  | { readonly kind: 'text'; readonly text: string; readonly markdown: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `amount` is text where a number would lose digits. */
  | { readonly kind: 'currency'; readonly currency: string; readonly amount: number | string }
  | ImageValue
  | { readonly kind: 'person'; readonly name: string; readonly email: string | undefined }
  | { readonly kind: 'link'; readonly url: string; readonly name: string | undefined }
  | RowValue
  | { readonly kind: 'list'; readonly items: readonly RichValue[] }
  /** A type that came after this version. */
  | { readonly kind: 'unknown'; readonly raw: StructuredCell };

export interface ImageValue {
  readonly kind: 'image';
  readonly url: string | undefined;
  readonly name: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly status: string | undefined;
}

/** A row that another row refers to. */
export interface RowValue {
  readonly kind: 'row';
  readonly name: string;
  readonly rowId: string;
  readonly tableId: string;
  readonly url: string | undefined;
  readonly tableUrl: string | undefined;
}

const FENCE = '```';

/** Reads a cell of `valueFormat: 'rich'`. Never throws: what it does not know comes back as `unknown`. */
export function parseRichValue(cell: unknown): RichValue {
  if (typeof cell === 'string') return parseText(cell);
  if (typeof cell === 'number') return { kind: 'number', value: cell };
  if (typeof cell === 'boolean') return { kind: 'boolean', value: cell };
  if (Array.isArray(cell)) return { kind: 'list', items: cell.map(parseRichValue) };
  return typeof cell === 'object' && cell !== null ? parseStructured(cell as StructuredCell) : { kind: 'empty' };
}

function parseText(cell: string): RichValue {
  if (cell === '') return { kind: 'empty' };
  const isFenced = cell.length >= 2 * FENCE.length && cell.startsWith(FENCE) && cell.endsWith(FENCE);
  return isFenced ? { kind: 'text', text: cell.slice(FENCE.length, -FENCE.length), markdown: false } : { kind: 'text', text: cell, markdown: true };
}

function parseStructured(cell: StructuredCell): RichValue {
  const text = (field: string): string | undefined => (typeof cell[field] === 'string' ? cell[field] : undefined);
  const number = (field: string): number | undefined => (typeof cell[field] === 'number' ? cell[field] : undefined);
  switch (cell['@type']) {
    case 'MonetaryAmount':
      return { kind: 'currency', currency: text('currency') ?? '', amount: number('amount') ?? text('amount') ?? 0 };
    case 'ImageObject':
      return { kind: 'image', url: text('url'), name: text('name'), width: number('width'), height: number('height'), status: text('status') };
    case 'Person':
      return { kind: 'person', name: text('name') ?? '', email: text('email') };
    case 'WebPage':
      return { kind: 'link', url: text('url') ?? '', name: text('name') };
    case 'StructuredValue':
      if (cell.additionalType !== 'row') return { kind: 'unknown', raw: cell };
      return { kind: 'row', name: text('name') ?? '', rowId: text('rowId') ?? '', tableId: text('tableId') ?? '', url: text('url'), tableUrl: text('tableUrl') };
    default:
      return { kind: 'unknown', raw: cell };
  }
}

/** A text value, for writing. */
export function textValue(text: string): RichValue {
  return { kind: 'text', text, markdown: false };
}

/** An amount of money, for writing: the column keeps its own currency, so only the number is sent. */
export function currencyValue(amount: number | string, currency = ''): RichValue {
  return { kind: 'currency', amount, currency };
}

/** A person, for writing: the service finds people by their address. */
export function personValue(email: string, name = email): RichValue {
  return { kind: 'person', name, email };
}

/** A link, for writing. */
export function linkValue(url: string, name?: string): RichValue {
  return { kind: 'link', url, name };
}

/** An image, for writing: the service fetches it from the address. */
export function imageValue(url: string): RichValue {
  return { kind: 'image', url, name: undefined, width: undefined, height: undefined, status: undefined };
}

/** A reference to a row of another table, for writing. */
export function rowValue(rowId: string, tableId = ''): RichValue {
  return { kind: 'row', name: rowId, rowId, tableId, url: undefined, tableUrl: undefined };
}

/** Several values in one cell, for writing. */
export function listValue(items: readonly RichValue[]): RichValue {
  return { kind: 'list', items };
}

/** The one-line text a person would read. */
export function richText(value: RichValue): string {
  if (value.kind === 'list') return value.items.map(richText).join(', ');
  if (value.kind === 'currency') return `${String(value.amount)} ${value.currency}`.trim();
  return String(scalarOf(value));
}

/** What stands for a single value when it is written. */
export function scalarOf(value: Exclude<RichValue, { readonly kind: 'list' }>): Scalar {
  switch (value.kind) {
    case 'empty':
    case 'unknown':
      return '';
    case 'text':
      return value.text;
    case 'number':
    case 'boolean':
      return value.value;
    case 'currency':
      return value.amount;
    case 'person':
      return value.email ?? value.name;
    case 'link':
      return value.url;
    case 'image':
      return value.url ?? '';
    case 'row':
      return value.rowId;
  }
}
