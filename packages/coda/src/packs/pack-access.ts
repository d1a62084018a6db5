import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PackAccessType, PackInvitation, PackInvitationWithPack, PackPermissionList, PackPrincipal } from './pack-access-models.ts';

/**
 * Lists who may do what with a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackPermissions
 */
export async function getPackPermissions(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<PackPermissionList> {
  return api.read('getPackPermissions', path`/packs/${packId}/permissions`, options);
}

/**
 * Gives somebody access to a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/addPackPermission
 */
export async function addPackPermission(
  api: CodaApi,
  packId: number,
  principal: PackPrincipal,
  access: PackAccessType,
  options: CallOptions = {},
): Promise<{ readonly permissionId: string }> {
  return api.write({ operation: 'addPackPermission', method: 'POST', path: path`/packs/${packId}/permissions`, body: { principal, access } }, options);
}

/**
 * Takes a permission for a pack away. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePackPermission
 */
export async function deletePackPermission(api: CodaApi, packId: number, permissionId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePackPermission', method: 'DELETE', path: path`/packs/${packId}/permissions/${permissionId}` }, options));
}

/**
 * Gives up all permissions the token's user has for a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteUserPackPermission
 */
export async function deleteUserPackPermission(api: CodaApi, packId: number, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'deleteUserPackPermission', method: 'DELETE', path: path`/packs/${packId}/permissions` }, options);
}

/**
 * Lists the invitations the token's user has not answered.
 *
 * @see https://coda.io/developers/apis/v1#operation/listUserPackInvitations
 */
export function listUserPackInvitations(api: CodaApi, options: ListOptions = {}): Paged<PackInvitationWithPack> {
  return api.list('listUserPackInvitations', '/packs/invitations', options);
}

/**
 * Lists the invitations for a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPackInvitations
 */
export function listPackInvitations(api: CodaApi, packId: number, options: ListOptions = {}): Paged<PackInvitation> {
  return api.list('listPackInvitations', path`/packs/${packId}/invitations`, options);
}

/**
 * Invites somebody to a pack.
 *
 * @see https://coda.io/developers/apis/v1#operation/createPackInvitation
 */
export async function createPackInvitation(
  api: CodaApi,
  packId: number,
  email: string,
  access: PackAccessType,
  options: CallOptions = {},
): Promise<{ readonly invitationId: string }> {
  return api.write({ operation: 'createPackInvitation', method: 'POST', path: path`/packs/${packId}/invitations`, body: { email, access } }, options);
}

/**
 * Changes what an invitation offers.
 *
 * @see https://coda.io/developers/apis/v1#operation/updatePackInvitation
 */
export async function updatePackInvitation(api: CodaApi, packId: number, invitationId: string, access: PackAccessType, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'updatePackInvitation', method: 'PUT', path: path`/packs/${packId}/invitations/${invitationId}`, body: { access } }, options);
}

/**
 * Withdraws an invitation. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePackInvitation
 */
export async function deletePackInvitation(api: CodaApi, packId: number, invitationId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deletePackInvitation', method: 'DELETE', path: path`/packs/${packId}/invitations/${invitationId}` }, options));
}

/**
 * Accepts or declines an invitation.
 *
 * @see https://coda.io/developers/apis/v1#operation/replyToPackInvitation
 */
export async function replyToPackInvitation(
  api: CodaApi,
  invitationId: string,
  accept: boolean,
  options: CallOptions = {},
): Promise<{ readonly permissionId?: string | undefined }> {
  return api.write({ operation: 'replyToPackInvitation', method: 'POST', path: path`/packs/invitations/${invitationId}/reply`, body: { accept } }, options);
}
