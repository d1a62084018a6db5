import { CloudError, errorFromCode, type Accepted, type CallOptions, type Poller, type PollerStatus } from '@cmx/cloud-core';
import type { NewsletterApi } from '../../api/newsletter-api.ts';
import type { OperationOutcome } from '../../operations/operation-outcome.ts';
import { operationPoller } from '../../operations/operation-poller.ts';
import { cancelOperation } from '../../operations/queue-operation.ts';
import { WRITTEN_DIALECT } from './csv.ts';
import type { ImportBatch, ImportCsvOptions, ImportPlan, ImportReport, RowRange } from './plan-import.ts';
import { startImport, uploadCsv } from './upload.ts';

/** Starts the first batch, so that what is wrong with the token or the service shows at once; the poller does the rest. */
export async function runImport(api: NewsletterApi, plan: ImportPlan, options: ImportCsvOptions): Promise<Accepted<ImportReport>> {
  const run = new ImportRun(api, plan, options);
  const id = await run.startNext({ abortSignal: options.abortSignal, timeoutInMs: options.timeoutInMs });
  const poller = operationPoller<ImportReport>(api, {
    id,
    poll: (callOptions) => run.poll(callOptions),
    cancel: (callOptions) => run.cancel(callOptions),
  });
  return { id, applied: () => poller };
}

/** Batches one after the other, with a book of what became of each. */
class ImportRun {
  readonly #api: NewsletterApi;
  readonly #plan: ImportPlan;
  readonly #options: ImportCsvOptions;
  /** Batches before this one are in. */
  #position = 0;
  #current: { readonly id: string; readonly poller: Poller<OperationOutcome> } | undefined;

  constructor(api: NewsletterApi, plan: ImportPlan, options: ImportCsvOptions) {
    this.#api = api;
    this.#plan = plan;
    this.#options = options;
  }

  /** Uploads and imports the next batch. @returns The operation's identifier. */
  async startNext(options: CallOptions): Promise<string> {
    const batch = this.#plan.batches[this.#position] as ImportBatch;
    const uploadId = await this.#reported('not_sent', () => uploadCsv(this.#api, batch.csv, options));
    const { groups, replaceFields } = this.#options;
    const fields = this.#plan.columns.map(({ field }) => field);
    const operation = await this.#reported('unless_refused', () =>
      startImport(this.#api, uploadId, { fields, groups, replaceFields, ...WRITTEN_DIALECT, ...options }),
    );
    this.#current = { id: operation.id, poller: operation.applied() };
    return operation.id;
  }

  async poll(options: CallOptions): Promise<PollerStatus<ImportReport>> {
    if (!this.#current) await this.startNext(options);
    const poller = this.#current?.poller;
    const state = await this.#reported('in_doubt', async () => poller?.poll(options));
    if (state === 'failed') return this.#failure(poller);
    if (state !== 'succeeded') return this.#progress();
    this.#position += 1;
    this.#current = undefined;
    return this.#position === this.#plan.batches.length ? { state: 'succeeded', result: this.#report(false) } : this.#progress();
  }

  async cancel(options: CallOptions): Promise<void> {
    if (this.#current) await cancelOperation(this.#api, this.#current.id, options);
  }

  async #failure(poller: Poller<OperationOutcome> | undefined): Promise<PollerStatus<ImportReport>> {
    const error = await this.#reported('in_doubt', async () => poller?.result()).catch((reason: unknown) => reason);
    return { state: 'failed', error: error as CloudError };
  }

  #progress(): PollerStatus<ImportReport> {
    const rows = this.#plan.batches.slice(0, this.#position).reduce((sum, batch) => sum + batch.rows, 0);
    return { state: 'running', progress: rows / this.#plan.rows };
  }

  /** Adds the report to whatever goes wrong. */
  async #reported<T>(currentBatchIs: 'not_sent' | 'unless_refused' | 'in_doubt', act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      const wasRefused =
        error.phase === 'arguments' || error.phase === 'connect' || (error.status !== undefined && error.status >= 400 && error.status < 500);
      throw withReport(error, this.#report(currentBatchIs === 'in_doubt' || (currentBatchIs === 'unless_refused' && !wasRefused)));
    }
  }

  #report(isCurrentInDoubt: boolean): ImportReport {
    const { batches, rejected } = this.#plan;
    const sent = this.#position + (isCurrentInDoubt ? 1 : 0);
    return {
      imported: batches.slice(0, this.#position).map(toRange),
      inDoubt: batches.slice(this.#position, sent).map(toRange),
      notSent: batches.slice(sent).map(toRange),
      rejected,
    };
  }
}

const toRange = ({ firstLine, lastLine, rows }: RowRange): RowRange => ({ firstLine, lastLine, rows });

function withReport(error: CloudError, report: ImportReport): CloudError {
  const { provider, service, resource, status, vendorCode, requestId, retryable, retryAfterInMs, attempts, phase } = error;
  const say = (ranges: readonly RowRange[]): string =>
    ranges.map(({ firstLine, lastLine }) => `${String(firstLine)}-${String(lastLine)}`).join(', ') || 'none';
  const lines = `lines imported: ${say(report.imported)}; in doubt: ${say(report.inDoubt)}; not sent: ${say(report.notSent)}`;
  return errorFromCode(error.code, `${error.reason}; ${lines}`, {
    ...{ provider, service, resource, status, vendorCode, requestId, retryable, retryAfterInMs, attempts, phase },
    operation: 'subscribers.importCsv',
    applied: report.imported.length > 0 ? true : report.inDoubt.length > 0 ? undefined : false,
    details: { import: report, cause: error.details },
    cause: error,
  });
}
