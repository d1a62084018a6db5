import type { CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import { checkedText, type NewsletterApi } from '../api/newsletter-api.ts';
import { placeOf } from '../api/path.ts';
import { commaList, toQuery } from '../api/query.ts';
import { toSelectionBody, type Selection } from '../api/selection.ts';
import type { WithOptions } from '../api/with-options.ts';
import type { ListMembersOptions } from '../groups/groups.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SegmentConditions } from './segment-conditions.ts';

/** A kept question about subscribers; who belongs to it is worked out when it is used. */
export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly subscribedCount: number;
  readonly updatedAt: Date;
  readonly data?: SegmentConditions | undefined;
  readonly statistics?: Readonly<Record<string, unknown>> | undefined;
}

export interface SegmentFilter {
  readonly search?: string | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
}

export interface ListSegmentsOptions extends ListOptions, SortOptions, WithOptions {
  filter?: SegmentFilter | undefined;
}

export interface SegmentInput {
  /** At most 255 characters. */
  readonly name: string;
  readonly data: SegmentConditions;
}

/** Segments and who belongs to them. */
export class Segments {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListSegmentsOptions = {}): CountedList<Segment> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'segments.list', path: '/segments' }, parameters, options);
  }

  async get(id: number, options: WithOptions = {}): Promise<Segment> {
    return this.#api.fetchOne(
      { operation: 'segments.get', ...placeOf('segments', 'segment', id, toQuery({ with: commaList(options.with) })) },
      options,
    );
  }

  async create(input: SegmentInput, options: CallOptions = {}): Promise<Segment> {
    checkedText('The name of a segment', input.name);
    return this.#api.fetchOne({ operation: 'segments.create', method: 'POST', path: '/segments', body: input }, options);
  }

  /** Changes what is given and leaves the rest alone. */
  async update(id: number, input: Partial<SegmentInput>, options: CallOptions = {}): Promise<Segment> {
    if (input.name !== undefined) checkedText('The name of a segment', input.name);
    return this.#api.fetchOne({ operation: 'segments.update', method: 'PUT', ...placeOf('segments', 'segment', id), body: input }, options);
  }

  /** Deletes the segment; its subscribers stay. */
  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'segments.delete', ...placeOf('segments', 'segment', id) }, options);
  }

  /** Unlike the other bulk calls, done when it returns. */
  async deleteMany(selection: Selection<SegmentFilter>, options: CallOptions = {}): Promise<void> {
    await this.#api.send(
      { operation: 'segments.deleteMany', method: 'DELETE', path: '/segments', body: toSelectionBody('segment', selection) },
      options,
    );
  }

  listSubscribers(id: number, options: ListMembersOptions = {}): CountedList<Subscriber> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'segments.listSubscribers', ...placeOf('segments', 'segment', id, '/subscribers') }, parameters, options);
  }
}
