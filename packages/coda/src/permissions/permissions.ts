import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { UserSummary } from '../account/account.ts';
import { readPath, type CodaApi, type ListOptions, type ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';

export type AccessType = 'readonly' | 'write' | 'comment' | 'none';

/** Whom a doc can be shared with. */
export type NewPrincipal =
  | { readonly type: 'email'; readonly email: string }
  | { readonly type: 'group'; readonly groupId: string }
  | { readonly type: 'domain'; readonly domain: string }
  | { readonly type: 'workspace'; readonly workspaceId: string }
  | { readonly type: 'anyone' };

/** Whom a doc is shared with. */
export type Principal =
  | Exclude<NewPrincipal, { readonly type: 'group' }>
  | { readonly type: 'group'; readonly groupId: string; readonly groupName: string }
  | { readonly type: 'internalAccess'; readonly internalAccessType: string };

export interface Permission {
  readonly id: string;
  readonly principal: Principal;
  readonly access: AccessType;
}

export interface SharingMetadata {
  readonly canShare: boolean;
  readonly canShareWithWorkspace: boolean;
  readonly canShareWithOrg: boolean;
  readonly canCopy: boolean;
}

export interface AclSettings {
  readonly allowEditorsToChangePermissions: boolean;
  readonly allowCopying: boolean;
  readonly allowViewersToRequestEditing: boolean;
}

export interface AddPermissionInput {
  readonly access: Exclude<AccessType, 'none'>;
  readonly principal: NewPrincipal;
  /** Tell nobody. Default `false`. */
  readonly suppressEmail?: boolean | undefined;
}

export interface FoundPrincipals {
  readonly users: readonly UserSummary[];
  readonly groups: readonly { readonly type: 'group'; readonly groupId: string; readonly groupName: string }[];
}

/**
 * Tells what the token's user may do about sharing a doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/getSharingMetadata
 */
export async function getSharingMetadata(api: CodaApi, docId: string, options: ReadOptions = {}): Promise<SharingMetadata> {
  return api.read('getSharingMetadata', path`/docs/${docId}/acl/metadata`, options);
}

/**
 * Lists whom a doc is shared with.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPermissions
 */
export function getPermissions(api: CodaApi, docId: string, options: ListOptions = {}): Paged<Permission> {
  return api.list('getPermissions', path`/docs/${docId}/acl/permissions`, options);
}

/**
 * Shares a doc.
 *
 * @see https://coda.io/developers/apis/v1#operation/addPermission
 */
export async function addPermission(api: CodaApi, docId: string, permission: AddPermissionInput, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'addPermission', method: 'POST', path: path`/docs/${docId}/acl/permissions`, body: permission }, options);
}

/**
 * Takes a permission away. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePermission
 */
export async function deletePermission(api: CodaApi, docId: string, permissionId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePermission', method: 'DELETE', path: path`/docs/${docId}/acl/permissions/${permissionId}` }, options));
}

/**
 * Finds users and groups a doc can be shared with.
 *
 * @param query - Part of a name or address. An empty one finds nobody.
 * @see https://coda.io/developers/apis/v1#operation/searchPrincipals
 */
export async function searchPrincipals(api: CodaApi, docId: string, query: string, options: ReadOptions = {}): Promise<FoundPrincipals> {
  return api.read('searchPrincipals', readPath(path`/docs/${docId}/acl/principals/search`, { ...options, query } as ReadOptions), options);
}

/**
 * Reads what editors and viewers of a doc may do about sharing it.
 *
 * @see https://coda.io/developers/apis/v1#operation/getAclSettings
 */
export async function getAclSettings(api: CodaApi, docId: string, options: ReadOptions = {}): Promise<AclSettings> {
  return api.read('getAclSettings', path`/docs/${docId}/acl/settings`, options);
}

/**
 * Changes what editors and viewers of a doc may do about sharing it.
 *
 * @returns All settings, after the change.
 * @see https://coda.io/developers/apis/v1#operation/updateAclSettings
 */
export async function updateAclSettings(api: CodaApi, docId: string, changes: Partial<AclSettings>, options: CallOptions = {}): Promise<AclSettings> {
  return api.write({ operation: 'updateAclSettings', method: 'PATCH', path: path`/docs/${docId}/acl/settings`, body: changes }, options);
}
