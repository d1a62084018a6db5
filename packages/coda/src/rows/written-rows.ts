import type { PollOptions } from '@cmx/cloud-core';
import { withMoreDetails } from '../api/coda-errors.ts';
import type { QueuedChange } from '../mutations/queued-change.ts';
import type { MutationStatus } from '../mutations/mutation-status.ts';

/** Rows of one request, and the change the service queued for them. */
export interface QueuedBatch {
  readonly change: QueuedChange;
  /** Place of the first row among all that were written, from 0. */
  readonly firstRow: number;
  readonly rowCount: number;
  /** Ids of the rows, where the service or the caller has told them. */
  readonly rowIds: readonly string[];
}

/** Which rows were queued, which request failed, and from which row on nothing was sent. */
export interface WriteReport {
  readonly queued: readonly { readonly requestId: string | undefined; readonly firstRow: number; readonly rowCount: number }[];
  /** None of these rows was written, unless the error's `applied` is `undefined`. */
  readonly failed: { readonly firstRow: number; readonly rowCount: number };
  readonly unsentFrom: number;
}

/** What became of rows that were written in one or more requests. */
export class WrittenRows {
  readonly batches: readonly QueuedBatch[];

  constructor(batches: readonly QueuedBatch[]) {
    this.batches = batches;
  }

  get rowCount(): number {
    return this.batches.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  /** Ids of the rows in the order they were given; for an upsert with key columns the service does not tell them. */
  get rowIds(): readonly string[] {
    return this.batches.flatMap(({ rowIds }) => rowIds);
  }

  /**
   * Waits until every request is applied.
   *
   * @returns The outcomes in order, with the service's warnings.
   * @throws {TimeoutError} One is queued but not confirmed in time.
   */
  async applied(options: PollOptions = {}): Promise<readonly MutationStatus[]> {
    return Promise.all(this.batches.map(({ change }) => change.applied().result(options)));
  }
}

/** The failure of one request among several, with a report of all rows in `details.report`. */
export function withWriteReport(error: unknown, queued: readonly QueuedBatch[], failed: { readonly firstRow: number; readonly rowCount: number }): unknown {
  const report: WriteReport = {
    queued: queued.map(({ change, firstRow, rowCount }) => ({ requestId: change.requestId, firstRow, rowCount })),
    failed,
    unsentFrom: failed.firstRow + failed.rowCount,
  };
  const rows = failed.rowCount === 0 ? '' : `rows ${String(failed.firstRow)} to ${String(report.unsentFrom - 1)}; `;
  return withMoreDetails(error, ` (${rows}${String(failed.firstRow)} rows were queued before, none after)`, { report });
}
