import type { Accepted, CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import { checkedText, type NewsletterApi, type NewsletterRequest } from '../api/newsletter-api.ts';
import { unexpectedAnswer } from '../api/newsletter-errors.ts';
import { checkedId, placeOf } from '../api/path.ts';
import { commaList, toQuery } from '../api/query.ts';
import { toSelectionBody } from '../api/selection.ts';
import type { WithOptions } from '../api/with-options.ts';
import { queueOperation } from '../operations/queue-operation.ts';
import type { OperationOutcome } from '../operations/operation-outcome.ts';
import type { CsvSource } from './import/decode-csv.ts';
import { runImport } from './import/import-run.ts';
import { planImport, type ImportCsvOptions, type ImportPlan, type ImportReport } from './import/plan-import.ts';
import { startImport, uploadCsv, type ImportUploadOptions } from './import/upload.ts';
import type { GroupReferences, Subscriber, SubscriberCounts, SubscriberInput, SubscriberListFilter, SubscriberSelection } from './subscriber.ts';

export interface ListSubscribersOptions extends ListOptions, SortOptions, WithOptions {
  filter?: SubscriberListFilter | undefined;
}

export interface FilterSubscribersOptions extends ListOptions, SortOptions, WithOptions {
  extra?: 'metadata' | undefined;
}

/** Subscribers: one by one, by selection, and by file. */
export class Subscribers {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListSubscribersOptions = {}): CountedList<Subscriber> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'subscribers.list', path: '/subscribers' }, parameters, options);
  }

  /** As `list`, with a segment as a further condition. */
  filter(
    condition: { readonly filter?: SubscriberListFilter | undefined; readonly segment?: string | undefined },
    options: FilterSubscribersOptions = {},
  ): CountedList<Subscriber> {
    const parameters = { with: commaList(options.with), extra: options.extra, ...sortParameters(options) };
    const request = { operation: 'subscribers.filter', method: 'POST', path: '/subscribers/filter', body: condition, retry: 'always' } as const;
    return this.#api.list(request, parameters, options);
  }

  async get(id: number, options: WithOptions = {}): Promise<Subscriber> {
    return this.#api.fetchOne(
      { operation: 'subscribers.get', ...placeOf('subscribers', 'subscriber', id, toQuery({ with: commaList(options.with) })) },
      options,
    );
  }

  /** Adds a subscriber, or changes the one with this address. What is not given stays as it is. */
  async upsert(email: string, input: SubscriberInput = {}, options: CallOptions = {}): Promise<Subscriber> {
    const body = { ...input, email: checkedText('The address', email) };
    return this.#api.fetchOne({ operation: 'subscribers.upsert', method: 'POST', path: '/subscribers', body, retry: 'always' }, options);
  }

  /** Changes what is given. A field left out of `fields` keeps its value only if `fields` is left out altogether. */
  async update(id: number, input: SubscriberInput, options: WithOptions = {}): Promise<Subscriber> {
    const place = placeOf('subscribers', 'subscriber', id, toQuery({ with: commaList(options.with) }));
    return this.#api.fetchOne({ operation: 'subscribers.update', method: 'PUT', ...place, body: input }, options);
  }

  /** Takes the subscriber off the list. The service keeps what it knows, in case of a new subscription: see `forget`. */
  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'subscribers.delete', ...placeOf('subscribers', 'subscriber', id) }, options);
  }

  /**
   * Erases everything about a subscriber within 30 days (GDPR).
   *
   * @throws {NotFoundError} There is no such subscriber. After a mere `delete` that does not mean that nothing is kept.
   */
  async forget(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.send({ operation: 'subscribers.forget', method: 'DELETE', ...placeOf('subscribers', 'subscriber', id, '/forget') }, options);
  }

  async deleteMany(selection: SubscriberSelection, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    return this.#queue({ operation: 'subscribers.deleteMany', method: 'DELETE', path: '/subscribers' }, selection, {}, options);
  }

  async unsubscribeMany(selection: SubscriberSelection, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    return this.#queue({ operation: 'subscribers.unsubscribeMany', method: 'PUT', path: '/subscribers/unsubscribe' }, selection, {}, options);
  }

  /** Puts the selected into groups. */
  async assignMany(selection: SubscriberSelection, groups: GroupReferences, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    return this.#queue({ operation: 'subscribers.assignMany', method: 'PUT', path: '/subscribers/assign' }, selection, { groups }, options);
  }

  /** Takes the selected out of a group. */
  async unassignMany(selection: SubscriberSelection, groupId: number, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    return this.#queue(
      { operation: 'subscribers.unassignMany', method: 'PUT', path: '/subscribers/unassign' },
      selection,
      { groupId: checkedId('group', groupId) },
      options,
    );
  }

  /** Has the service write a file of the selected. The outcome's `response` says where it is, as far as the service tells. */
  async export(selection: SubscriberSelection, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    return this.#queue({ operation: 'subscribers.export', method: 'POST', path: '/subscribers/export' }, selection, {}, options);
  }

  /** How many subscribers have each status. @throws {CloudError} `unknown`: the answer holds no counts. */
  async countByStatus(options: CallOptions = {}): Promise<SubscriberCounts> {
    const operation = 'subscribers.countByStatus';
    const data = await this.#api.send({ operation, path: '/subscribers/count_status' }, options).then((envelope) => envelope.data);
    const counts = Object.entries(data ?? {}).map(([status, count]) => [status, Number(count)] as const);
    if (counts.every(([, count]) => Number.isFinite(count))) return Object.fromEntries(counts);
    throw unexpectedAnswer('The service answered without counts', { operation });
  }

  /**
   * Reads a CSV file and says what an import of it would do; sends no subscriber anywhere. One request reads the custom fields.
   *
   * @throws {InvalidArgumentError} The encoding is not the one named, the file is no CSV, a column is missing, or (unless
   * `invalidRows` is `'skip'`) a row is wrong; `details` has the lines.
   */
  async planImport(source: CsvSource, options: ImportCsvOptions): Promise<ImportPlan> {
    return planImport(this.#api, source, options);
  }

  /**
   * Imports a CSV file: reads and checks all of it first, as `planImport` does, then uploads and imports it in batches, one after the
   * other. `applied()` waits for the end; an error on the way has a report of which lines are in, in doubt, and not sent.
   */
  async importCsv(source: CsvSource, options: ImportCsvOptions): Promise<Accepted<ImportReport>> {
    return runImport(this.#api, await planImport(this.#api, source, options), options);
  }

  /** Uploads a file without looking at it. @returns The identifier that `importUpload` takes. */
  async uploadCsv(csv: string, options: CallOptions = {}): Promise<number> {
    return uploadCsv(this.#api, csv, options);
  }

  /** Imports an uploaded file without looking at it; `importCsv` does both, and looks. */
  async importUpload(uploadId: number, options: ImportUploadOptions): Promise<Accepted<OperationOutcome>> {
    return startImport(this.#api, uploadId, options);
  }

  #queue(request: NewsletterRequest, selection: SubscriberSelection, more: object, options: CallOptions): Promise<Accepted<OperationOutcome>> {
    const body = { ...toSelectionBody('subscriber', selection), segment: selection.segment, ...more };
    return queueOperation(this.#api, { ...request, body }, options);
  }
}
