import type { PollOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { withMoreDetails } from '../api/coda-errors.ts';
import type { MutationStatus } from '../mutations/mutation-status.ts';
import type { RowInput } from '../rows/row-models.ts';
import { deleteRows, upsertRows, type WriteRowsOptions } from '../rows/write-rows.ts';
import type { WrittenRows } from '../rows/written-rows.ts';
import type { TableSchema, ValuesOf, ValuesToWrite } from './column-spec.ts';

/** One difference between the table and the given rows. */
export type PlannedChange<S extends TableSchema> =
  | { readonly kind: 'insert'; readonly key: string; readonly values: ValuesToWrite<S> }
  | {
      readonly kind: 'update';
      readonly key: string;
      readonly rowId: string;
      readonly fields: readonly (keyof S & string)[];
      readonly before: ValuesOf<S>;
      readonly values: ValuesToWrite<S>;
    }
  /** `duplicate`: another row before it has the same key. */
  | { readonly kind: 'delete'; readonly key: string; readonly rowId: string; readonly reason: 'missing' | 'duplicate' };

export interface SyncCounts {
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  readonly unchanged: number;
}

/** What is needed to carry a plan out. */
export interface SyncTarget {
  readonly api: CodaApi;
  readonly docId: string;
  readonly table: string;
  readonly keyColumnIds: readonly string[];
  /** The cells of the planned inserts and updates, in their order. */
  readonly upserts: readonly RowInput[];
}

/** What it takes to make a table hold the given rows. Nothing has been changed yet. */
export class SyncPlan<S extends TableSchema> {
  readonly changes: readonly PlannedChange<S>[];
  readonly counts: SyncCounts;
  readonly #target: SyncTarget;

  constructor(changes: readonly PlannedChange<S>[], unchanged: number, target: SyncTarget) {
    const count = (kind: PlannedChange<S>['kind']): number => changes.filter((change) => change.kind === kind).length;
    this.changes = changes;
    this.counts = { inserts: count('insert'), updates: count('update'), deletes: count('delete'), unchanged };
    this.#target = target;
  }

  /**
   * Queues all changes: rows to add and to change together, then rows to delete.
   *
   * @throws {CloudError} A request failed; `details.report` says which rows of `details.step` (`upsert`, then `delete`) were
   * queued and which were not, `details.counts` what was planned. Planning again finds what is left to do.
   */
  async apply(options: WriteRowsOptions = {}): Promise<SyncResult> {
    const { api, docId, table, keyColumnIds, upserts } = this.#target;
    const { disableParsing, ...deleteOptions } = options;
    const deletes = this.changes.flatMap((change) => (change.kind === 'delete' ? [change.rowId] : []));
    const written: WrittenRows[] = [];
    try {
      if (upserts.length > 0) written.push(await upsertRows(api, docId, table, upserts, keyColumnIds, { ...deleteOptions, disableParsing }));
      if (deletes.length > 0) written.push(await deleteRows(api, docId, table, deletes, deleteOptions));
    } catch (error) {
      throw withMoreDetails(error, '', { step: written.length < Math.sign(upserts.length) ? 'upsert' : 'delete', counts: this.counts });
    }
    return new SyncResult(this.counts, written);
  }
}

/** What was queued to make a table hold the given rows. */
export class SyncResult {
  readonly counts: SyncCounts;
  readonly #written: readonly WrittenRows[];

  constructor(counts: SyncCounts, written: readonly WrittenRows[]) {
    this.counts = counts;
    this.#written = written;
  }

  /** Requests that were sent to change rows. */
  get requestCount(): number {
    return this.#written.reduce((sum, { batches }) => sum + batches.length, 0);
  }

  /** Waits until all of it is applied. @throws {TimeoutError} Something is queued but not confirmed in time. */
  async applied(options: PollOptions = {}): Promise<readonly MutationStatus[]> {
    return (await Promise.all(this.#written.map((rows) => rows.applied(options)))).flat();
  }
}
