import type { Accepted, CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import { checkedText, type NewsletterApi } from '../api/newsletter-api.ts';
import { invalidArgument } from '../api/newsletter-errors.ts';
import { placeOf, textSegment } from '../api/path.ts';
import { commaList, toQuery } from '../api/query.ts';
import { toSelectionBody, type Selection } from '../api/selection.ts';
import { toUnixSeconds } from '../api/wire.ts';
import type { WithOptions } from '../api/with-options.ts';
import { queueOperation } from '../operations/queue-operation.ts';
import type { OperationOutcome } from '../operations/operation-outcome.ts';
import type { ActivityAction, Campaign, CampaignFilter, CampaignInput, ReportRecord, TrackingAction } from './campaign.ts';

export interface ListCampaignsOptions extends ListOptions, SortOptions, WithOptions {
  filter?: CampaignFilter | undefined;
  /** Campaigns from this time on. */
  dateFrom?: Date | undefined;
  dateTo?: Date | undefined;
}

export interface TrackingOptions extends ListOptions, SortOptions {
  filter?: { readonly action?: TrackingAction | undefined; readonly search?: string | undefined } | undefined;
}

export interface ActivityReportOptions extends CallOptions, SortOptions {
  filter?: { readonly action?: ActivityAction | undefined; readonly search?: string | undefined } | undefined;
}

/** Campaigns: writing, testing, sending, and what became of them. */
export class Campaigns {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListCampaignsOptions = {}): CountedList<Campaign> {
    const { filter, dateFrom, dateTo } = options;
    const parameters = { with: commaList(options.with), filter, dateFrom, dateTo, ...sortParameters(options) };
    return this.#api.list({ operation: 'campaigns.list', path: '/campaigns' }, parameters, options);
  }

  /** @param options - `with: ['recipients', 'content', 'statistics', 'advanced_statistics']` loads what the usual answer leaves out. */
  async get(id: number, options: WithOptions = {}): Promise<Campaign> {
    const { path, resource } = placeOf('campaigns', 'campaign', id, toQuery({ with: commaList(options.with) }));
    return this.#api.fetchOne({ operation: 'campaigns.get', path, resource }, options);
  }

  /** Makes a draft. */
  async create(input: CampaignInput, options: CallOptions = {}): Promise<Campaign> {
    return this.#api.fetchOne({ operation: 'campaigns.create', method: 'POST', path: '/campaigns', body: checkedInput(input) }, options);
  }

  /** Changes what is given and leaves the rest alone. */
  async update(id: number, input: Partial<CampaignInput>, options: CallOptions = {}): Promise<Campaign> {
    return this.#api.fetchOne(
      { operation: 'campaigns.update', method: 'PUT', ...placeOf('campaigns', 'campaign', id), body: checkedInput(input) },
      options,
    );
  }

  async delete(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.delete({ operation: 'campaigns.delete', ...placeOf('campaigns', 'campaign', id) }, options);
  }

  async deleteMany(selection: Selection<CampaignFilter>, options: CallOptions = {}): Promise<Accepted<OperationOutcome>> {
    const { select, filter } = toSelectionBody('campaign', selection);
    return queueOperation(
      this.#api,
      { operation: 'campaigns.deleteMany', method: 'DELETE', path: `/campaigns${toQuery({ filter })}`, body: { select } },
      options,
    );
  }

  /** Sends the campaign at a time to come. It can be stopped until then with `cancel`. */
  async schedule(id: number, startsAt: Date, options: CallOptions = {}): Promise<void> {
    const body = { startedAt: toUnixSeconds(startsAt) };
    await this.#api.send({ operation: 'campaigns.schedule', method: 'PUT', ...placeOf('campaigns', 'campaign', id, '/schedule'), body }, options);
  }

  /**
   * Sends the campaign now, to everybody it is for. Not repeated by itself once it may have reached the service: a lost answer
   * is thrown, and `get` tells whether the campaign is on its way.
   */
  async sendNow(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.send(
      { operation: 'campaigns.sendNow', method: 'PUT', ...placeOf('campaigns', 'campaign', id, '/schedule'), retry: 'refused' },
      options,
    );
  }

  /** Stops a scheduled campaign. @throws {InvalidArgumentError} It is not scheduled. */
  async cancel(id: number, options: CallOptions = {}): Promise<void> {
    await this.#api.send({ operation: 'campaigns.cancel', method: 'PUT', ...placeOf('campaigns', 'campaign', id, '/cancel') }, options);
  }

  /** Sends the campaign to one address, marked as a test. The custom fields are filled when a subscriber has the address. */
  async test(id: number, email: string, options: CallOptions = {}): Promise<void> {
    const body = { email: checkedText('The address', email) };
    await this.#api.send({ operation: 'campaigns.test', method: 'POST', ...placeOf('campaigns', 'campaign', id, '/test'), body }, options);
  }

  /** As `test`, for what the editor keeps under a template's UUID, to at most five addresses. */
  async testTemplate(templateUuid: string, emails: readonly string[], options: CallOptions = {}): Promise<void> {
    if (emails.length === 0 || emails.length > 5) throw invalidArgument(`A test goes to between 1 and 5 addresses, not ${String(emails.length)}`);
    const body = { emails: emails.map((email) => checkedText('An address', email)) };
    const path = `/campaigns/template/${textSegment('template', templateUuid)}/test`;
    await this.#api.send(
      { operation: 'campaigns.testTemplate', method: 'POST', path, resource: { type: 'template', name: templateUuid }, body },
      options,
    );
  }

  /** Copies the campaign into a new draft. */
  async duplicate(id: number, options: CallOptions = {}): Promise<Campaign> {
    return this.#api.fetchOne({ operation: 'campaigns.duplicate', method: 'POST', ...placeOf('campaigns', 'campaign', id, '/duplicate') }, options);
  }

  /** Every event of the campaign: deliveries, openings, clicks, bounces. */
  tracking(id: number, options: TrackingOptions = {}): CountedList<ReportRecord> {
    const parameters = { filter: options.filter, ...sortParameters(options) };
    return this.#api.list({ operation: 'campaigns.tracking', ...placeOf('campaigns', 'campaign', id, '/tracking') }, parameters, options);
  }

  /** How often each link was followed. The service documents no members. */
  async linkReport(id: number, options: CallOptions = {}): Promise<unknown> {
    return this.#api.fetch({ operation: 'campaigns.linkReport', ...placeOf('campaigns', 'campaign', id, '/report/links') }, options);
  }

  /** What each subscriber did. Sortable by `click_count`, `email` and `open_count`; always paged by number. */
  activityReport(id: number, options: ActivityReportOptions = {}): CountedList<ReportRecord> {
    const parameters = { filter: options.filter, ...sortParameters(options) };
    return this.#api.list(
      { operation: 'campaigns.activityReport', ...placeOf('campaigns', 'campaign', id, '/report/activity') },
      parameters,
      options,
    );
  }
}

function checkedInput<T extends Partial<CampaignInput>>(input: T): T {
  if (input.emailFromAddr !== undefined) checkedText('The sender address', input.emailFromAddr);
  if (input.emailFromName !== undefined) checkedText('The sender name', input.emailFromName);
  return input;
}
