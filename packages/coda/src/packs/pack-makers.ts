import { paged, type CallOptions, type Paged } from '@cmx/cloud-core';
import { checkedItems, type CodaApi, type ListOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { Maker, PublishingCategory } from './pack-models.ts';

/**
 * Lists the makers of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackMakers
 */
export function listPackMakers(api: CodaApi, packId: number, options: ListOptions = {}): Paged<Maker> {
  return paged(async (request) => {
    const answer = await api.readPage<{ items: never[]; makers?: unknown }>('listPackMakers', path`/packs/${packId}/makers`, options, request);
    return { items: checkedItems<Maker>('listPackMakers', answer.makers), nextPageToken: answer.nextPageToken };
  });
}

/**
 * Adds a maker to a pack.
 *
 * @param loginId - E-mail address.
 * @see https://coda.io/developers/apis/v1#operation/addPackMaker
 */
export async function addPackMaker(api: CodaApi, packId: number, loginId: string, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'addPackMaker', method: 'POST', path: path`/packs/${packId}/maker`, body: { loginId } }, options);
}

/**
 * Removes a maker from a pack. Succeeds when it is none.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePackMaker
 */
export async function deletePackMaker(api: CodaApi, packId: number, loginId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePackMaker', method: 'DELETE', path: path`/packs/${packId}/maker/${loginId}` }, options));
}

/**
 * Lists the categories of a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackCategories
 */
export function listPackCategories(api: CodaApi, packId: number, options: ListOptions = {}): Paged<PublishingCategory> {
  return paged(async (request) => {
    const answer = await api.readPage<{ items: never[]; categories?: unknown }>('listPackCategories', path`/packs/${packId}/categories`, options, request);
    return { items: checkedItems<PublishingCategory>('listPackCategories', answer.categories), nextPageToken: answer.nextPageToken };
  });
}

/**
 * Puts a pack in a category.
 *
 * @see https://coda.io/developers/apis/v1#operation/addPackCategory
 */
export async function addPackCategory(api: CodaApi, packId: number, categoryName: string, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'addPackCategory', method: 'POST', path: path`/packs/${packId}/category`, body: { categoryName } }, options);
}

/**
 * Takes a pack out of a category. Succeeds when it is not in it.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePackCategory
 */
export async function deletePackCategory(api: CodaApi, packId: number, categoryName: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePackCategory', method: 'DELETE', path: path`/packs/${packId}/category/${categoryName}` }, options));
}
