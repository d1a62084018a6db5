import type { Accepted, CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { placeOf } from '../api/path.ts';
import { commaList, toQuery } from '../api/query.ts';
import { toSelectionBody, type Selection } from '../api/selection.ts';
import type { WithOptions } from '../api/with-options.ts';
import { queueOperation } from '../operations/queue-operation.ts';
import type { OperationOutcome } from '../operations/operation-outcome.ts';
import type { Webform, WebformInput } from './webform.ts';

export interface ListWebformsOptions extends ListOptions, SortOptions, WithOptions {
  filter?: { readonly search?: string | undefined } | undefined;
}

/** Subscription forms. */
export class Webforms {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListWebformsOptions = {}): CountedList<Webform> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'webforms.list', path: '/webforms' }, parameters, options);
  }

  async get(id: number, options: WithOptions = {}): Promise<Webform> {
    return this.#api.fetchOne(
      { operation: 'webforms.get', ...placeOf('webforms', 'webform', id, toQuery({ with: commaList(options.with) })) },
      options,
    );
  }

  async create(input: WebformInput, options: CallOptions = {}): Promise<Webform> {
    return this.#api.fetchOne({ operation: 'webforms.create', method: 'POST', path: '/webforms', body: input }, options);
  }

  /** Changes what is given and leaves the rest alone. */
  async update(id: number, input: WebformInput, options: WithOptions = {}): Promise<Webform> {
    const place = placeOf('webforms', 'webform', id, toQuery({ with: commaList(options.with) }));
    return this.#api.fetchOne({ operation: 'webforms.update', method: 'PUT', ...place, body: input }, options);
  }

  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'webforms.delete', ...placeOf('webforms', 'webform', id) }, options);
  }

  async deleteMany(
    selection: Selection<{ readonly search?: string | undefined }>,
    options: CallOptions = {},
  ): Promise<Accepted<OperationOutcome>> {
    return queueOperation(
      this.#api,
      { operation: 'webforms.deleteMany', method: 'DELETE', path: '/webforms', body: toSelectionBody('webform', selection) },
      options,
    );
  }

  /** The designs there are. The service documents no members. */
  async listThemes(options: CallOptions = {}): Promise<unknown> {
    return this.#api.fetch({ operation: 'webforms.listThemes', path: '/webforms/themes' }, options);
  }

  /** The form's fields. The service documents no members. */
  async listFields(id: number, options: CallOptions = {}): Promise<unknown> {
    return this.#api.fetch({ operation: 'webforms.listFields', ...placeOf('webforms', 'webform', id, '/fields') }, options);
  }
}
