import { exitCodeOf, type ExitCode } from '../exit-codes.ts';
import { showBytes, showSeconds } from '../output/show.ts';

/** In the order they are told in. */
const OUTCOMES = ['copied', 'moved', 'inserted', 'updated', 'deleted', 'aborted', 'queued', 'planned', 'skipped', 'failed'] as const;

/** Counts results by what became of them, and decides how the command ends. */
export class Tally {
  readonly #withSummary: boolean;
  readonly #startedAt = performance.now();
  readonly #counts = new Map<string, number>();
  #items = 0;
  #failures = 0;
  #problems = 0;
  #lastFailure: string | undefined;
  #sizeInBytes = 0;

  constructor(withSummary: boolean) {
    this.#withSummary = withSummary;
  }

  /** @returns The line of JSON that tells of a failure, for standard error. */
  count(item: Readonly<Record<string, unknown>>): string | undefined {
    this.#items++;
    const outcome = typeof item['outcome'] === 'string' ? item['outcome'] : undefined;
    if (outcome !== undefined) this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    if (outcome !== 'failed' && outcome !== 'skipped' && typeof item['sizeInBytes'] === 'number') this.#sizeInBytes += item['sizeInBytes'];
    if (item['status'] === 'problem') this.#problems++;
    const error = item['error'] as { readonly code: string } | undefined;
    if (error === undefined) return undefined;
    this.#failures++;
    this.#lastFailure = error.code;
    const { source, target, address, name } = item;
    return JSON.stringify({ error, source, target, address, name });
  }

  /** One line for people: `12 copied, 1 failed, 3.4 MiB in 2.1s (1.6 MiB/s)`. */
  summary(): string | undefined {
    if (!this.#withSummary) return undefined;
    if (this.#items === 0) return 'nothing to do';
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const counts = OUTCOMES.flatMap((outcome) => (this.#counts.has(outcome) ? [`${String(this.#counts.get(outcome))} ${outcome}`] : [])).join(', ');
    if (this.#sizeInBytes === 0) return `${counts} in ${showSeconds(seconds)}`;
    return `${counts}, ${showBytes(this.#sizeInBytes)} in ${showSeconds(seconds)} (${showBytes(Math.round(this.#sizeInBytes / Math.max(seconds, 0.001)))}/s)`;
  }

  /** One thing that failed ends as itself, one of several as a partial failure, and a problem that was found as 1. */
  exitCode(): ExitCode {
    if (this.#failures === 0) return this.#problems === 0 ? 0 : 1;
    return this.#items === 1 && this.#lastFailure !== undefined ? exitCodeOf(this.#lastFailure) : 9;
  }
}
