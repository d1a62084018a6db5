import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import {
  addPermission,
  deletePermission,
  getAclSettings,
  getPermissions,
  getSharingMetadata,
  searchPrincipals,
  updateAclSettings,
  type AclSettings,
  type AddPermissionInput,
  type FoundPrincipals,
  type Permission,
  type SharingMetadata,
} from './permissions.ts';

/** Whom a doc is shared with. */
export class Permissions {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists whom a doc is shared with. */
  list(docId: string, options: ListOptions = {}): Paged<Permission> {
    return getPermissions(this.#api, docId, options);
  }

  /** Shares a doc. */
  add(docId: string, permission: AddPermissionInput, options: CallOptions = {}): Promise<void> {
    return addPermission(this.#api, docId, permission, options);
  }

  /** Takes a permission away. Succeeds when it is already gone. */
  delete(docId: string, permissionId: string, options: CallOptions = {}): Promise<void> {
    return deletePermission(this.#api, docId, permissionId, options);
  }

  /** Finds users and groups a doc can be shared with. */
  searchPrincipals(docId: string, query: string, options: ReadOptions = {}): Promise<FoundPrincipals> {
    return searchPrincipals(this.#api, docId, query, options);
  }

  /** Tells what the token's user may do about sharing a doc. */
  getSharingMetadata(docId: string, options: ReadOptions = {}): Promise<SharingMetadata> {
    return getSharingMetadata(this.#api, docId, options);
  }

  /** Reads what editors and viewers of a doc may do about sharing it. */
  getSettings(docId: string, options: ReadOptions = {}): Promise<AclSettings> {
    return getAclSettings(this.#api, docId, options);
  }

  /** Changes what editors and viewers of a doc may do about sharing it. */
  updateSettings(docId: string, changes: Partial<AclSettings>, options: CallOptions = {}): Promise<AclSettings> {
    return updateAclSettings(this.#api, docId, changes, options);
  }
}
