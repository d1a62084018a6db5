import type { CallOptions, Paged } from '@cmx/cloud-core';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PackAccessType } from './pack-access-models.ts';
import type {
  IngestionPackReleaseChannel,
  PackCategoryType,
  PackListing,
  PackListingDetail,
  PackListingDraft,
  PackListingDraftInput,
  PackListingInstallContextType,
  PackListingsSortBy,
  SavedPackListingDraft,
} from './pack-listing-models.ts';
import type { PackEntrypoint } from './pack-models.ts';
import type { ExcludedPackGrants } from './packs.ts';

export interface ListPackListingsOptions extends ListOptions, ExcludedPackGrants {
  packAccessTypes?: readonly PackAccessType[] | undefined;
  packIds?: readonly number[] | undefined;
  onlyWorkspaceId?: string | undefined;
  parentWorkspaceIds?: readonly string[] | undefined;
  excludePublicPacks?: boolean | undefined;
  packEntrypoint?: PackEntrypoint | undefined;
  certifiedAgentsOnly?: boolean | undefined;
  packCategories?: readonly PackCategoryType[] | undefined;
  sortBy?: PackListingsSortBy | undefined;
  orderBy?: PackListingsSortBy | undefined;
  direction?: 'ascending' | 'descending' | undefined;
  installContext?: PackListingInstallContextType | undefined;
}

export interface GetPackListingOptions extends ReadOptions {
  workspaceId?: string | undefined;
  docId?: string | undefined;
  ingestionId?: string | undefined;
  installContext?: PackListingInstallContextType | undefined;
  releaseChannel?: IngestionPackReleaseChannel | undefined;
}

/**
 * Lists the packs the token's user can install.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackListings
 */
export function listPackListings(api: CodaApi, options: ListPackListingsOptions = {}): Paged<PackListing> {
  return api.list('listPackListings', '/packs/listings', options);
}

/**
 * Reads the listing of a pack, with what the token's user may do with it.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackListing
 */
export async function getPackListing(api: CodaApi, packId: number, options: GetPackListingOptions = {}): Promise<PackListingDetail> {
  return api.read('getPackListing', readPath(path`/packs/${packId}/listing`, options), options);
}

/**
 * Reads the draft of a pack's listing; without fields when there is none.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackListingDraft
 */
export async function getPackListingDraft(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<PackListingDraft> {
  return api.read('getPackListingDraft', path`/packs/${packId}/listingDraft`, options);
}

/**
 * Writes the draft of a pack's listing.
 *
 * @see https://coda.io/developers/apis/v1#operation/upsertPackListingDraft
 */
export async function upsertPackListingDraft(api: CodaApi, packId: number, listingData: PackListingDraftInput, options: CallOptions = {}): Promise<SavedPackListingDraft> {
  return api.write({ operation: 'upsertPackListingDraft', method: 'PUT', path: path`/packs/${packId}/listingDraft`, body: { listingData } }, options);
}

/**
 * Deletes the draft of a pack's listing. Succeeds when there is none.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePackListingDraft
 */
export async function deletePackListingDraft(api: CodaApi, packId: number, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePackListingDraft', method: 'DELETE', path: path`/packs/${packId}/listingDraft` }, options));
}
