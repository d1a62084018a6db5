import type { Clock } from '@cmx/cloud-core';
import type { CodaServiceDoc, CodaServiceExport, Json, QueuedEdit } from './state.ts';

/** What the service keeps. Edits are done when their time has come on its clock. */
export class CodaStore {
  readonly clock: Clock;
  readonly docs = new Map<string, CodaServiceDoc>();
  readonly folders = new Map<string, Json>();
  readonly exports = new Map<string, CodaServiceExport>();
  readonly problems: string[] = [];
  /** From a request being accepted to its effect. */
  readonly applyInMs: number;
  readonly #statusLagInMs: number;
  readonly #edits: QueuedEdit[] = [];
  #count = 0;

  constructor(clock: Clock, { applyInMs, statusLagInMs }: { readonly applyInMs: number; readonly statusLagInMs: number }) {
    this.clock = clock;
    this.applyInMs = applyInMs;
    this.#statusLagInMs = statusLagInMs;
  }

  /** An id nobody had before. */
  newId(prefix: string): string {
    this.#count += 1;
    return `${prefix}${String(this.#count).padStart(8, '0')}`;
  }

  /** Accepts an edit: it is done later, and until then nothing shows it. */
  queue(apply: () => void, { warning }: { warning?: string | undefined } = {}): string {
    const now = this.clock.now();
    const edit: QueuedEdit = { requestId: this.newId('mutate-'), acceptedAt: now, appliesAt: now + this.applyInMs, warning, apply, isApplied: false };
    this.#edits.push(edit);
    return edit.requestId;
  }

  /** Where an edit stands, `undefined` when the status server has not heard of it. */
  edit(requestId: string): QueuedEdit | undefined {
    const edit = this.#edits.find((candidate) => candidate.requestId === requestId);
    return edit && this.isKnown(edit.acceptedAt) ? edit : undefined;
  }

  isKnown(acceptedAt: number): boolean {
    return this.clock.now() - acceptedAt >= this.#statusLagInMs;
  }

  /** What was accepted and is not done yet never will be. */
  forgetEdits(): void {
    for (const edit of this.#edits) if (!edit.isApplied) edit.appliesAt = Infinity;
  }

  applyDue(): void {
    for (const edit of this.#edits) {
      if (edit.isApplied || edit.appliesAt > this.clock.now()) continue;
      edit.isApplied = true;
      edit.apply();
    }
  }
}
