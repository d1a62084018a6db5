import { invalidArgument } from '../api/coda-errors.ts';
import { toPlainValue } from '../values/write-values.ts';
import type { RowEdit, RowInput } from './row-models.ts';

/** The service refuses a row over this size, and with it the whole request, without saying which row it was. */
export const MAX_ROW_BYTES = 85 * 1024;

const encoder = new TextEncoder();

/**
 * A row as it is sent.
 *
 * @param name - For messages: `row 17`.
 * @throws {InvalidArgumentError} The row is over 85 KB, or a value cannot be written.
 */
export function toRowEdit(row: RowInput, name: string): RowEdit {
  const cells = Object.entries(row).map(([column, value]) => ({ column, value: toPlainValue(value, column) }));
  const sizeInBytes = cells.reduce((sum, { value }) => sum + valueBytes(value), 0);
  if (sizeInBytes > MAX_ROW_BYTES) {
    const largest = cells.reduce((a, b) => (valueBytes(a.value) >= valueBytes(b.value) ? a : b));
    throw invalidArgument(`${name} has ${String(sizeInBytes)} bytes, more than the ${String(MAX_ROW_BYTES)} the service takes; most of them in column "${largest.column}"`, {
      resource: { type: 'row', name },
    });
  }
  return { cells };
}

/** Size as the service counts it: UTF-8, and a newline is two. */
function valueBytes(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + valueBytes(item), 0);
  const text = String(value);
  return encoder.encode(text).length + (text.split('\n').length - 1);
}
