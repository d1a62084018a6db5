export type Scalar = string | number | boolean;

/** A cell as `valueFormat: 'simpleWithArrays'` has it; also what can be written. Lists nest once. */
export type PlainValue = Scalar | readonly (Scalar | readonly Scalar[])[];

/** A structured value as `valueFormat: 'rich'` has it (JSON-LD); `parseRichValue` makes a {@link RichValue} of it. */
export interface StructuredCell {
  readonly '@context'?: string | undefined;
  readonly '@type': string;
  readonly additionalType?: string | undefined;
  readonly [field: string]: unknown;
}

export type RichCell = Scalar | StructuredCell | readonly (Scalar | StructuredCell | readonly (Scalar | StructuredCell)[])[];

/**
 * `simple`: text, numbers and booleans, lists joined by commas. `simpleWithArrays`: the same with real lists. `rich`: Markdown text (plain
 * text in triple back-ticks) and JSON-LD.
 */
export type ValueFormat = 'simple' | 'simpleWithArrays' | 'rich';

/** What a cell can be in a format. */
export type CellOf<F extends ValueFormat> = F extends 'simple' ? Scalar : F extends 'simpleWithArrays' ? PlainValue : RichCell;
