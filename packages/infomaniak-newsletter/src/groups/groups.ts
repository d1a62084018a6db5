import type { Accepted, CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import { checkedText, type NewsletterApi } from '../api/newsletter-api.ts';
import { checkedId, placeOf } from '../api/path.ts';
import { commaList, toQuery } from '../api/query.ts';
import { toSelectionBody, type Selection } from '../api/selection.ts';
import type { WithOptions } from '../api/with-options.ts';
import { queueOperation } from '../operations/queue-operation.ts';
import type { OperationOutcome } from '../operations/operation-outcome.ts';
import type { Subscriber, SubscriberStatusFilter } from '../subscribers/subscriber.ts';

/** A group of subscribers: what the old API called a mailing list. */
export interface Group {
  readonly id: number;
  readonly name: string;
  readonly updatedAt: Date;
  /** A number in a text, as the service sends it. Comes when it is named in `with`. */
  readonly subscribedCount?: string | undefined;
  readonly statistics?: { readonly openRate: number; readonly clickRate: number } | undefined;
  readonly domain?: string | undefined;
}

export interface GroupFilter {
  readonly search?: string | undefined;
  readonly status?: 'active' | 'bounced' | 'junk' | 'unconfirmed' | 'unsubscribed' | undefined;
}

export interface ListGroupsOptions extends ListOptions, SortOptions, WithOptions {
  filter?: GroupFilter | undefined;
}

export interface ListMembersOptions extends ListOptions, SortOptions, WithOptions {
  filter?: { readonly search?: string | undefined; readonly status?: Exclude<SubscriberStatusFilter, 'all'> | undefined } | undefined;
}

/** Groups and who is in them. */
export class Groups {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListGroupsOptions = {}): CountedList<Group> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'groups.list', path: '/groups' }, parameters, options);
  }

  async get(id: number, options: WithOptions = {}): Promise<Group> {
    return this.#api.fetchOne({ operation: 'groups.get', ...placeOf('groups', 'group', id, toQuery({ with: commaList(options.with) })) }, options);
  }

  /** @param name - At most 255 characters. */
  async create(name: string, options: CallOptions = {}): Promise<Group> {
    const body = { name: checkedText('The name of a group', name) };
    return this.#api.fetchOne({ operation: 'groups.create', method: 'POST', path: '/groups', body }, options);
  }

  /** Renames the group. */
  async update(id: number, name: string, options: CallOptions = {}): Promise<Group> {
    const body = { name: checkedText('The name of a group', name) };
    return this.#api.fetchOne({ operation: 'groups.update', method: 'PUT', ...placeOf('groups', 'group', id), body }, options);
  }

  /** Deletes the group; its subscribers stay. */
  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'groups.delete', ...placeOf('groups', 'group', id) }, options);
  }

  async deleteMany(
    selection: Selection<{ readonly search?: string | undefined; readonly status?: 'active' | 'inactive' | undefined }>,
    options: CallOptions = {},
  ): Promise<Accepted<OperationOutcome>> {
    return queueOperation(
      this.#api,
      { operation: 'groups.deleteMany', method: 'DELETE', path: '/groups', body: toSelectionBody('group', selection) },
      options,
    );
  }

  listSubscribers(id: number, options: ListMembersOptions = {}): CountedList<Subscriber> {
    const parameters = { with: commaList(options.with), filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'groups.listSubscribers', ...placeOf('groups', 'group', id, '/subscribers') }, parameters, options);
  }

  /** Puts subscribers into the group; those in it already stay. */
  async assign(id: number, subscriberIds: readonly number[], options: CallOptions = {}): Promise<readonly Subscriber[]> {
    return this.#changeMembers('assign', id, subscriberIds, options);
  }

  /** Takes subscribers out of the group. */
  async unassign(id: number, subscriberIds: readonly number[], options: CallOptions = {}): Promise<readonly Subscriber[]> {
    return this.#changeMembers('unassign', id, subscriberIds, options);
  }

  async #changeMembers(
    verb: 'assign' | 'unassign',
    id: number,
    subscriberIds: readonly number[],
    options: CallOptions,
  ): Promise<readonly Subscriber[]> {
    const body = { subscriberIds: subscriberIds.map((subscriberId) => checkedId('subscriber', subscriberId)) };
    const place = placeOf('groups', 'group', id, `/subscribers/${verb}`);
    return this.#api.fetch({ operation: `groups.${verb}`, method: 'POST', ...place, body, retry: 'always' }, options);
  }
}
