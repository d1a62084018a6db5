import { invalidArgument } from '../api/coda-errors.ts';
import type { PlainValue, Scalar } from './cell-values.ts';
import { scalarOf, type RichValue } from './rich-values.ts';

/** A value with nothing in it but itself. */
export type SingleCellInput = Scalar | Date | null | undefined | RichValue;

/** What a cell can be given: `null` and `undefined` empty it, a `Date` is sent as ISO 8601, rich values as what the service finds them by. */
export type CellInput = SingleCellInput | readonly (SingleCellInput | readonly SingleCellInput[])[];

/**
 * The value as the service takes it.
 *
 * @param column - For the message.
 * @throws {InvalidArgumentError} It cannot be written: an object that is no rich value, a number that is not finite, an invalid date.
 */
export function toPlainValue(value: CellInput, column: string): PlainValue {
  if (isList(value)) return value.map((item) => (isList(item) ? item.map((inner) => toScalar(inner, column)) : toScalar(item, column)));
  if (isRich(value) && value.kind === 'list') return value.items.map((item) => toScalar(item, column));
  return toScalar(value, column);
}

function toScalar(value: SingleCellInput, column: string): Scalar {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (isRich(value) && value.kind !== 'list') return scalarOf(value);
  throw invalidArgument(`Column "${column}" cannot be given ${describe(value)}`, { resource: { type: 'column', name: column } });
}

function isList<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

function isRich(value: unknown): value is RichValue {
  return typeof value === 'object' && value !== null && typeof (value as RichValue).kind === 'string';
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return 'an invalid date';
  return isRich(value) ? 'a list inside a list of rich values' : `a value of type ${typeof value}`;
}
