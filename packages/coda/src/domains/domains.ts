import { paged, type CallOptions, type Paged } from '@cmx/cloud-core';
import { checkedItems, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';

export interface CustomDocDomain {
  readonly customDocDomain: string;
  readonly hasCertificate: boolean;
  readonly hasDnsDocId: boolean;
  readonly setupStatus: 'pending' | 'succeeded' | 'failed';
  readonly domainStatus: 'connected' | 'notConnected';
  readonly lastVerifiedTimestamp?: Date | undefined;
}

/** Who a domain is registered with, as far as its records show. */
export type CustomDocDomainProvider = 'GoDaddy' | 'Namecheap' | 'Hover (Tucows)' | 'Network Solutions' | 'Google Domains' | 'Other';

/**
 * Lists the custom domains of a published doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/listCustomDocDomains
 */
export function listCustomDocDomains(api: CodaApi, docId: string, options: ListOptions = {}): Paged<CustomDocDomain> {
  return paged(async (request) => {
    const answer = await api.readPage<{ items: never[]; customDocDomains?: unknown }>('listCustomDocDomains', path`/docs/${docId}/domains`, options, request);
    return { items: checkedItems<CustomDocDomain>('listCustomDocDomains', answer.customDocDomains), nextPageToken: answer.nextPageToken };
  });
}

/**
 * Adds a custom domain to a published doc. Accepted, not done, when this returns; `setupStatus` of the list tells how it goes.
 *
 * @see https://coda.io/developers/apis/v1#operation/addCustomDocDomain
 */
export async function addCustomDocDomain(api: CodaApi, docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'addCustomDocDomain', method: 'POST', path: path`/docs/${docId}/domains`, body: { customDocDomain } }, options);
}

/**
 * Updates a custom domain. The request has no fields, so what the service does with it is its own affair.
 *
 * @see https://coda.io/developers/apis/v1#operation/updateCustomDocDomain
 */
export async function updateCustomDocDomain(api: CodaApi, docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'updateCustomDocDomain', method: 'PATCH', path: path`/docs/${docId}/domains/${customDocDomain}`, body: {} }, options);
}

/**
 * Takes a custom domain away. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteCustomDocDomain
 */
export async function deleteCustomDocDomain(api: CodaApi, docId: string, customDocDomain: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deleteCustomDocDomain', method: 'DELETE', path: path`/docs/${docId}/domains/${customDocDomain}` }, options));
}

/**
 * Tells who a domain is registered with.
 *
 * @see https://coda.io/developers/apis/v1#operation/getCustomDocDomainProvider
 */
export async function getCustomDocDomainProvider(api: CodaApi, customDocDomain: string, options: ReadOptions = {}): Promise<CustomDocDomainProvider> {
  const { provider } = await api.read<{ provider: CustomDocDomainProvider }>('getCustomDocDomainProvider', path`/domains/provider/${customDocDomain}`, options);
  return provider;
}
