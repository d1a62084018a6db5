import type { CellInput } from '../values/write-values.ts';

/** How one column is read and written. Made with {@link column}; your own kinds are welcome. */
export interface ColumnSpec<T> {
  /** Id or name. An id survives renaming. */
  readonly column: string;
  /** For messages: `number`. */
  readonly kind: string;
  /** Whether reading needs `valueFormat: 'rich'`. */
  readonly needsRich: boolean;
  /** Makes the value of a cell in either format. Throws a sentence when it cannot. */
  parse(cell: unknown): T;
  /** The value as it is written. */
  format(value: T): CellInput;
  /** The value of a CSV field. */
  fromText(text: string): T;
  toText(value: T): string;
  /** Whether writing the second over the first would change nothing. */
  same(current: T, wanted: T): boolean;
}

/** Fields by the names the program uses, each with its column. */
export type TableSchema = Readonly<Record<string, ColumnSpec<unknown>>>;

/** A row's values in the program's own names and types. */
export type ValuesOf<S extends TableSchema> = { readonly [Field in keyof S]: S[Field] extends ColumnSpec<infer T> ? T : never };

/** Values to write: a field that is absent is left as it is, or empty in a new row. */
export type ValuesToWrite<S extends TableSchema> = Partial<ValuesOf<S>>;
