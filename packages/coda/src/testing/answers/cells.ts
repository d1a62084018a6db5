import type { CodaServiceColumn } from '../state.ts';

const LINKED_DATA = 'http://schema.org/';

/** A stored value as a cell in one of the three formats. */
export function toCell(value: unknown, format: CodaServiceColumn['format'], valueFormat: string): unknown {
  if (Array.isArray(value)) {
    const cells = value.map((item: unknown) => toCell(item, format, valueFormat));
    return valueFormat === 'simple' ? cells.join(',') : cells;
  }
  return valueFormat === 'rich' ? richCell(value, format) : simpleCell(value, format);
}

function simpleCell(value: unknown, { type }: CodaServiceColumn['format']): unknown {
  return type === 'currency' && typeof value === 'number' ? `$${value.toFixed(2)}` : value;
}

function richCell(value: unknown, { type }: CodaServiceColumn['format']): unknown {
  if (value === '' || typeof value === 'boolean') return value;
  switch (type) {
    case 'currency':
      return { '@context': LINKED_DATA, '@type': 'MonetaryAmount', currency: 'USD', amount: value };
    case 'person':
      return { '@context': LINKED_DATA, '@type': 'Person', name: String(value).split('@')[0], email: String(value) };
    case 'link':
      return { '@context': LINKED_DATA, '@type': 'WebPage', url: String(value) };
    case 'image':
      return { '@context': LINKED_DATA, '@type': 'ImageObject', url: String(value), name: 'image', status: 'live' };
    case 'lookup':
      return {
        '@context': LINKED_DATA,
        '@type': 'StructuredValue',
        additionalType: 'row',
        name: `Row ${String(value)}`,
        rowId: String(value),
        tableId: 'grid-people',
        url: 'https://coda.io/d/_dAbCDeFGH#_tpeople',
        tableUrl: 'https://coda.io/d/_dAbCDeFGH#_tpeople',
      };
    default:
      return typeof value === 'string' ? `\`\`\`${value}\`\`\`` : value;
  }
}

/** What the service makes of a value it is given: numbers for number columns, unless told to store it as it is. */
export function parseCell(value: unknown, format: CodaServiceColumn['format'], disableParsing: boolean): unknown {
  const isNumeric = ['number', 'currency', 'percent', 'slider', 'scale'].includes(format.type);
  if (disableParsing || !isNumeric || typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value.replace(/[$,]/g, ''));
  return Number.isNaN(number) ? value : number;
}
