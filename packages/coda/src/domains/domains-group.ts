import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import {
  addCustomDocDomain,
  deleteCustomDocDomain,
  getCustomDocDomainProvider,
  listCustomDocDomains,
  updateCustomDocDomain,
  type CustomDocDomain,
  type CustomDocDomainProvider,
} from './domains.ts';

/** Custom domains of published docs. */
export class Domains {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the custom domains of a published doc. */
  list(docId: string, options: ListOptions = {}): Paged<CustomDocDomain> {
    return listCustomDocDomains(this.#api, docId, options);
  }

  /** Adds a custom domain to a published doc. Accepted, not done, when this returns; `setupStatus` of the list tells how it goes. */
  add(docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
    return addCustomDocDomain(this.#api, docId, customDocDomain, options);
  }

  /** Updates a custom domain. The request has no fields, so what the service does with it is its own affair. */
  update(docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
    return updateCustomDocDomain(this.#api, docId, customDocDomain, options);
  }

  /** Takes a custom domain away. Succeeds when it is already gone. */
  delete(docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
    return deleteCustomDocDomain(this.#api, docId, customDocDomain, options);
  }

  /** Tells who a domain is registered with. */
  getProvider(customDocDomain: string, options: ReadOptions = {}): Promise<CustomDocDomainProvider> {
    return getCustomDocDomainProvider(this.#api, customDocDomain, options);
  }
}
