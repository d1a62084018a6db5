import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import type { CreatePackInput, CreatedPack, FeaturedDocInput, Pack, PackFeaturedDoc, PackSummary, UpdatePackInput } from './pack-models.ts';
import {
  createPack,
  deletePack,
  getPack,
  getPackConfigurationSchema,
  listPackFeaturedDocs,
  listPacks,
  updatePack,
  updatePackFeaturedDocs,
  type ListPacksOptions,
} from './packs.ts';

/** Packs: extensions of the service. */
export class Packs {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the packs the token can reach. */
  list(options: ListPacksOptions = {}): Paged<PackSummary> {
    return listPacks(this.#api, options);
  }

  /** Creates a pack, new or as a copy. */
  create(pack: CreatePackInput = {}, options: CallOptions = {}): Promise<CreatedPack> {
    return createPack(this.#api, pack, options);
  }

  /** Reads a pack. */
  get(packId: number, options: ReadOptions = {}): Promise<Pack> {
    return getPack(this.#api, packId, options);
  }

  /** Changes a pack. */
  update(packId: number, changes: UpdatePackInput, options: CallOptions = {}): Promise<Pack> {
    return updatePack(this.#api, packId, changes, options);
  }

  /** Deletes a pack. Succeeds when it is already gone. */
  delete(packId: number, options: CallOptions = {}): Promise<void> {
    return deletePack(this.#api, packId, options);
  }

  /** Reads the JSON schema of a pack's configuration. */
  getConfigurationSchema(packId: number, options: ReadOptions = {}): Promise<Readonly<Record<string, unknown>>> {
    return getPackConfigurationSchema(this.#api, packId, options);
  }

  /** Lists the docs shown in a pack's listing. */
  listFeaturedDocs(packId: number, options: ListOptions = {}): Paged<PackFeaturedDoc> {
    return listPackFeaturedDocs(this.#api, packId, options);
  }

  /** Replaces the docs shown in a pack's listing. */
  updateFeaturedDocs(packId: number, docs: readonly FeaturedDocInput[], options: CallOptions = {}): Promise<void> {
    return updatePackFeaturedDocs(this.#api, packId, docs, options);
  }
}
