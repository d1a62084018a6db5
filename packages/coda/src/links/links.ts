import { readPath, type CodaApi, type ReadOptions } from '../api/coda-api.ts';

/** What a browser link leads to. */
export interface ApiLink {
  readonly type: 'apiLink';
  readonly href: string;
  readonly browserLink?: string | undefined;
  readonly resource: { readonly type: string; readonly id: string; readonly name?: string | undefined; readonly href: string };
}

export interface ResolveBrowserLinkOptions extends ReadOptions {
  /** Answer with the doc when the thing in it is gone, rather than with `NotFoundError`. Default `false`. */
  degradeGracefully?: boolean | undefined;
}

/**
 * Asks the service what a browser link leads to. Works with any token, for what the token can reach. `parseLink` needs no request where the
 * link itself tells.
 *
 * @param url - A link of either host.
 * @see https://coda.io/developers/apis/v1#operation/resolveBrowserLink
 */
export async function resolveBrowserLink(api: CodaApi, url: string, options: ResolveBrowserLinkOptions = {}): Promise<ApiLink> {
  return api.read('resolveBrowserLink', readPath('/resolveBrowserLink', { url, ...options } as ReadOptions), options);
}
