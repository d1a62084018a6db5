import type { RowEdit } from './row-models.ts';

/** The service takes bodies up to 2 MB; what is around the rows needs room too. */
export const MAX_BODY_BYTES = 2_000_000;
const ENVELOPE_BYTES = 4_096;
/** Nothing is published; several hundred are reported to work. */
export const DEFAULT_ROWS_PER_REQUEST = 500;

/** Rows that go into one request. */
export interface RowBatch {
  /** Place of the first row among all that are written, from 0. */
  readonly firstRow: number;
  readonly edits: readonly RowEdit[];
}

const encoder = new TextEncoder();

/** Splits rows into requests by count and size, in their order, holding one request at a time. */
export async function* batchRows(edits: AsyncIterable<RowEdit> | Iterable<RowEdit>, rowsPerRequest: number): AsyncGenerator<RowBatch> {
  let batch: RowEdit[] = [];
  let sizeInBytes = ENVELOPE_BYTES;
  let firstRow = 0;
  for await (const edit of edits) {
    const editBytes = encoder.encode(JSON.stringify(edit)).length + 1;
    if (batch.length === rowsPerRequest || (batch.length > 0 && sizeInBytes + editBytes > MAX_BODY_BYTES)) {
      yield { firstRow, edits: batch };
      firstRow += batch.length;
      batch = [];
      sizeInBytes = ENVELOPE_BYTES;
    }
    batch.push(edit);
    sizeInBytes += editBytes;
  }
  if (batch.length > 0) yield { firstRow, edits: batch };
}
