import type { CodaApi } from '../api/coda-api.ts';
import { resolveBrowserLink, type ApiLink, type ResolveBrowserLinkOptions } from './links.ts';

/** What links lead to; `parseLink` reads many of them without a request. */
export class Links {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Asks the service what a browser link leads to. Works with any token, for what the token can reach. `parseLink` needs no request where the link itself tells. */
  resolve(url: string, options: ResolveBrowserLinkOptions = {}): Promise<ApiLink> {
    return resolveBrowserLink(this.#api, url, options);
  }
}
