import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import type { PackAccessType, PackInvitation, PackInvitationWithPack, PackPermissionList, PackPrincipal } from './pack-access-models.ts';
import {
  addPackPermission,
  createPackInvitation,
  deletePackInvitation,
  deletePackPermission,
  deleteUserPackPermission,
  getPackPermissions,
  listPackInvitations,
  listUserPackInvitations,
  replyToPackInvitation,
  updatePackInvitation,
} from './pack-access.ts';

/** Who may use, test or change a pack. */
export class PackAccess {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists who may do what with a pack. */
  listPermissions(packId: number, options: ReadOptions = {}): Promise<PackPermissionList> {
    return getPackPermissions(this.#api, packId, options);
  }

  /** Gives somebody access to a pack. */
  addPermission(packId: number, principal: PackPrincipal, access: PackAccessType, options: CallOptions = {}): Promise<{ readonly permissionId: string }> {
    return addPackPermission(this.#api, packId, principal, access, options);
  }

  /** Takes a permission for a pack away. Succeeds when it is already gone. */
  deletePermission(packId: number, permissionId: string, options: CallOptions = {}): Promise<void> {
    return deletePackPermission(this.#api, packId, permissionId, options);
  }

  /** Gives up all permissions the token's user has for a pack. */
  deleteOwnPermissions(packId: number, options: CallOptions = {}): Promise<void> {
    return deleteUserPackPermission(this.#api, packId, options);
  }

  /** Lists the invitations the token's user has not answered. */
  listOwnInvitations(options: ListOptions = {}): Paged<PackInvitationWithPack> {
    return listUserPackInvitations(this.#api, options);
  }

  /** Lists the invitations for a pack. */
  listInvitations(packId: number, options: ListOptions = {}): Paged<PackInvitation> {
    return listPackInvitations(this.#api, packId, options);
  }

  /** Invites somebody to a pack. */
  createInvitation(packId: number, email: string, access: PackAccessType, options: CallOptions = {}): Promise<{ readonly invitationId: string }> {
    return createPackInvitation(this.#api, packId, email, access, options);
  }

  /** Changes what an invitation offers. */
  updateInvitation(packId: number, invitationId: string, access: PackAccessType, options: CallOptions = {}): Promise<void> {
    return updatePackInvitation(this.#api, packId, invitationId, access, options);
  }

  /** Withdraws an invitation. Succeeds when it is already gone. */
  deleteInvitation(packId: number, invitationId: string, options: CallOptions = {}): Promise<void> {
    return deletePackInvitation(this.#api, packId, invitationId, options);
  }

  /** Accepts or declines an invitation. */
  replyToInvitation(invitationId: string, accept: boolean, options: CallOptions = {}): Promise<{ readonly permissionId?: string | undefined }> {
    return replyToPackInvitation(this.#api, invitationId, accept, options);
  }
}
