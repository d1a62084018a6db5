import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { PackListing, PackListingDetail, PackListingDraft, PackListingDraftInput, SavedPackListingDraft } from './pack-listing-models.ts';
import {
  deletePackListingDraft,
  getPackListing,
  getPackListingDraft,
  listPackListings,
  upsertPackListingDraft,
  type GetPackListingOptions,
  type ListPackListingsOptions,
} from './pack-listings.ts';

/** Listings of packs, and their drafts. */
export class PackListings {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the packs the token's user can install. */
  list(options: ListPackListingsOptions = {}): Paged<PackListing> {
    return listPackListings(this.#api, options);
  }

  /** Reads the listing of a pack, with what the token's user may do with it. */
  get(packId: number, options: GetPackListingOptions = {}): Promise<PackListingDetail> {
    return getPackListing(this.#api, packId, options);
  }

  /** Reads the draft of a pack's listing; without fields when there is none. */
  getDraft(packId: number, options: ReadOptions = {}): Promise<PackListingDraft> {
    return getPackListingDraft(this.#api, packId, options);
  }

  /** Writes the draft of a pack's listing. */
  upsertDraft(packId: number, listingData: PackListingDraftInput, options: CallOptions = {}): Promise<SavedPackListingDraft> {
    return upsertPackListingDraft(this.#api, packId, listingData, options);
  }

  /** Deletes the draft of a pack's listing. Succeeds when there is none. */
  deleteDraft(packId: number, options: CallOptions = {}): Promise<void> {
    return deletePackListingDraft(this.#api, packId, options);
  }
}
