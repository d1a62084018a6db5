import type { CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import { checkedText, type NewsletterApi } from '../api/newsletter-api.ts';
import { placeOf } from '../api/path.ts';
import { toSelectionBody, type Selection } from '../api/selection.ts';

export type FieldType = 'text' | 'number' | 'float' | 'boolean' | 'email' | 'date_en' | 'date_fr';

/** A custom field; of a subscriber, with its value. */
export interface Field {
  readonly id: number;
  readonly name: string;
  /** What values are keyed by: `firstname`. */
  readonly key: string;
  readonly value?: string | undefined;
}

export interface CreateFieldOptions extends CallOptions {
  /** The field's key. Default: made of the name by the service. */
  slug?: string | undefined;
}

export interface ListFieldsOptions extends ListOptions, SortOptions {
  filter?: { readonly search?: string | undefined } | undefined;
}

/** Custom fields. */
export class Fields {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListFieldsOptions = {}): CountedList<Field> {
    return this.#api.list({ operation: 'fields.list', path: '/fields' }, { filter: options.filter, ...sortParameters(options) }, options);
  }

  async create(name: string, type: FieldType, options: CreateFieldOptions = {}): Promise<Field> {
    const body = { name: checkedText('The name of a field', name), type, slug: options.slug };
    return this.#api.fetchOne({ operation: 'fields.create', method: 'POST', path: '/fields', body }, options);
  }

  /** Renames the field; its key and type stay. */
  async update(id: number, name: string, options: CallOptions = {}): Promise<Field> {
    const body = { name: checkedText('The name of a field', name) };
    return this.#api.fetchOne({ operation: 'fields.update', method: 'PUT', ...placeOf('fields', 'field', id), body }, options);
  }

  /** Deletes the field and its values. */
  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'fields.delete', ...placeOf('fields', 'field', id) }, options);
  }

  /** Unlike most bulk calls, done when it returns. */
  async deleteMany(selection: Selection<{ readonly search?: string | undefined }>, options: CallOptions = {}): Promise<void> {
    await this.#api.send({ operation: 'fields.deleteMany', method: 'DELETE', path: '/fields', body: toSelectionBody('field', selection) }, options);
  }
}
