import type { CallOptions } from '@cmx/cloud-core';
import { sortParameters, type CountedList, type ListOptions, type SortOptions } from '../api/lists.ts';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { checkedId } from '../api/path.ts';
import { commaList } from '../api/query.ts';
import type { WithOptions } from '../api/with-options.ts';

/** One movement of the account: credits bought or used. */
export interface Credit {
  readonly id: number;
  readonly domainName?: string | undefined;
  readonly campaignId?: number | undefined;
  readonly campaignSubject?: string | undefined;
  readonly quantity: number;
  readonly type: string;
  readonly genre: string;
  readonly createdAt: Date;
}

/** The balance. The service documents no members; `total` is known to be there. */
export interface CreditDetails {
  readonly total?: number | undefined;
  readonly [member: string]: unknown;
}

export interface ListCreditsOptions extends ListOptions, SortOptions, WithOptions {
  filter?:
    | { readonly search?: string | undefined; readonly status?: 'active' | 'bounced' | 'junk' | 'unconfirmed' | 'unsubscribed' | undefined }
    | undefined;
}

/** What sending costs. */
export class Credits {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  /** The domain's movements. */
  list(options: ListCreditsOptions = {}): CountedList<Credit> {
    return this.#list('credits.list', '/credits', options);
  }

  /** The movements of the whole account. */
  listOfAccount(options: ListCreditsOptions = {}): CountedList<Credit> {
    return this.#list('credits.listOfAccount', '/credits/accounts', options);
  }

  /** The balance. */
  async getDetails(options: CallOptions = {}): Promise<CreditDetails> {
    return this.#api.fetch({ operation: 'credits.getDetails', path: '/credits/details' }, options);
  }

  /** The packs there are to buy. The service documents no members. */
  async listPacks(options: CallOptions = {}): Promise<readonly unknown[]> {
    const data = await this.#api.fetch<Record<string, unknown> | undefined>({ operation: 'credits.listPacks', path: '/credits/packs' }, options);
    return Object.values(data ?? {});
  }

  /** Where to pay for a pack. Buys nothing by itself. The service documents no members. */
  async checkout(packId: number, options: CallOptions = {}): Promise<unknown> {
    const path = `/credits/checkout/${String(checkedId('credit pack', packId))}`;
    return this.#api.fetch({ operation: 'credits.checkout', path, resource: { type: 'credit pack', name: String(packId) } }, options);
  }

  #list(operation: string, path: string, options: ListCreditsOptions): CountedList<Credit> {
    return this.#api.list({ operation, path }, { with: commaList(options.with), filter: options.filter, ...sortParameters(options) }, options);
  }
}
