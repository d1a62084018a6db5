import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions } from '../api/coda-api.ts';
import { addPackCategory, addPackMaker, deletePackCategory, deletePackMaker, listPackCategories, listPackMakers } from './pack-makers.ts';
import type { Maker, PublishingCategory } from './pack-models.ts';

/** Makers and categories of a pack. */
export class PackMakers {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the makers of a pack. */
  list(packId: number, options: ListOptions = {}): Paged<Maker> {
    return listPackMakers(this.#api, packId, options);
  }

  /** Adds a maker to a pack. */
  add(packId: number, loginId: string, options: CallOptions = {}): Promise<void> {
    return addPackMaker(this.#api, packId, loginId, options);
  }

  /** Removes a maker from a pack. Succeeds when it is none. */
  delete(packId: number, loginId: string, options: CallOptions = {}): Promise<void> {
    return deletePackMaker(this.#api, packId, loginId, options);
  }

  /** Lists the categories of a pack. */
  listCategories(packId: number, options: ListOptions = {}): Paged<PublishingCategory> {
    return listPackCategories(this.#api, packId, options);
  }

  /** Puts a pack in a category. */
  addCategory(packId: number, categoryName: string, options: CallOptions = {}): Promise<void> {
    return addPackCategory(this.#api, packId, categoryName, options);
  }

  /** Takes a pack out of a category. Succeeds when it is not in it. */
  deleteCategory(packId: number, categoryName: string, options: CallOptions = {}): Promise<void> {
    return deletePackCategory(this.#api, packId, categoryName, options);
  }
}
