import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PackAccessType } from './pack-access-models.ts';
import type { PackCategoryType } from './pack-listing-models.ts';
import type { CreatedPack, CreatePackInput, FeaturedDocInput, Pack, PackEntrypoint, PackFeaturedDoc, PackSummary, UpdatePackInput } from './pack-models.ts';

/** Which grants do not count when packs are listed. */
export interface ExcludedPackGrants {
  excludeWorkspaceAcls?: boolean | undefined;
  excludeIndividualAcls?: boolean | undefined;
  excludeGroupAcls?: boolean | undefined;
  excludeNomosOrganizationAcls?: boolean | undefined;
  excludeGrammarlyInstitutionAcls?: boolean | undefined;
}

export interface ListPacksOptions extends ListOptions, ExcludedPackGrants {
  accessType?: PackAccessType | undefined;
  accessTypes?: readonly PackAccessType[] | undefined;
  sortBy?: 'title' | 'createdAt' | 'updatedAt' | undefined;
  direction?: 'ascending' | 'descending' | undefined;
  onlyWorkspaceId?: string | undefined;
  parentWorkspaceIds?: readonly string[] | undefined;
  excludePublicPacks?: boolean | undefined;
  packEntrypoint?: PackEntrypoint | undefined;
  excludePackCategories?: readonly PackCategoryType[] | undefined;
}

/**
 * Lists the packs the token can reach.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPacks
 */
export function listPacks(api: CodaApi, options: ListPacksOptions = {}): Paged<PackSummary> {
  return api.list('listPacks', '/packs', options);
}

/**
 * Creates a pack, new or as a copy.
 *
 * @see https://coda.io/developers/apis/v1#operation/createPack
 */
export async function createPack(api: CodaApi, pack: CreatePackInput = {}, options: CallOptions = {}): Promise<CreatedPack> {
  return api.write({ operation: 'createPack', method: 'POST', path: '/packs', body: pack }, options);
}

/**
 * Reads a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPack
 */
export async function getPack(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<Pack> {
  return api.read('getPack', path`/packs/${packId}`, options);
}

/**
 * Changes a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/updatePack
 */
export async function updatePack(api: CodaApi, packId: number, changes: UpdatePackInput, options: CallOptions = {}): Promise<Pack> {
  return api.write({ operation: 'updatePack', method: 'PATCH', path: path`/packs/${packId}`, body: changes }, options);
}

/**
 * Deletes a pack. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePack
 */
export async function deletePack(api: CodaApi, packId: number, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePack', method: 'DELETE', path: path`/packs/${packId}` }, options));
}

/**
 * Reads the JSON schema of a pack's configuration.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackConfigurationSchema
 */
export async function getPackConfigurationSchema(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<Readonly<Record<string, unknown>>> {
  return api.read('getPackConfigurationSchema', path`/packs/${packId}/configurations/schema`, options);
}

/**
 * Lists the docs shown in a pack's listing.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackFeaturedDocs
 */
export function listPackFeaturedDocs(api: CodaApi, packId: number, options: ListOptions = {}): Paged<PackFeaturedDoc> {
  return api.list('listPackFeaturedDocs', path`/packs/${packId}/featuredDocs`, options);
}

/**
 * Replaces the docs shown in a pack's listing.
 *
 * @see https://coda.io/developers/apis/v1#operation/updatePackFeaturedDocs
 */
export async function updatePackFeaturedDocs(api: CodaApi, packId: number, docs: readonly FeaturedDocInput[], options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'updatePackFeaturedDocs', method: 'PUT', path: path`/packs/${packId}/featuredDocs`, body: { items: docs } }, options);
}
