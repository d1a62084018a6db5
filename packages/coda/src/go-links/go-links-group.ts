import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { addGoLink, type AddGoLinkInput } from './go-links.ts';

/** Go links of an organization. */
export class GoLinks {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Adds a go link to an organization. */
  add(organizationId: string, link: AddGoLinkInput, options: CallOptions = {}): Promise<void> {
    return addGoLink(this.#api, organizationId, link, options);
  }
}
