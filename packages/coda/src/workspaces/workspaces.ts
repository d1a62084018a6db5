import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { WorkspaceRoleActivity, WorkspaceUser, WorkspaceUserRole } from './workspace-models.ts';

export interface ListWorkspaceMembersOptions extends ListOptions {
  /** Default: every role. */
  includedRoles?: readonly WorkspaceUserRole[] | undefined;
}

/**
 * Lists the members of a workspace. Needs a workspace admin.
 *
 * @see https://coda.io/developers/apis/v1#operation/listWorkspaceMembers
 */
export function listWorkspaceMembers(api: CodaApi, workspaceId: string, options: ListWorkspaceMembersOptions = {}): Paged<WorkspaceUser> {
  return api.list('listWorkspaceMembers', path`/workspaces/${workspaceId}/users`, options);
}

/**
 * Gives a member of a workspace another role. Needs a workspace admin.
 *
 * @returns When the role was changed.
 * @see https://coda.io/developers/apis/v1#operation/changeUserRole
 */
export async function changeUserRole(
  api: CodaApi,
  workspaceId: string,
  email: string,
  newRole: WorkspaceUserRole,
  options: CallOptions = {},
): Promise<{ readonly roleChangedAt: Date }> {
  return api.write({ operation: 'changeUserRole', method: 'POST', path: path`/workspaces/${workspaceId}/users/role`, body: { email, newRole } }, options);
}

/**
 * Lists how many members of each role were active, month by month.
 *
 * @see https://coda.io/developers/apis/v1#operation/listWorkspaceRoleActivity
 */
export function listWorkspaceRoleActivity(api: CodaApi, workspaceId: string, options: ListOptions = {}): Paged<WorkspaceRoleActivity> {
  return api.list('listWorkspaceRoleActivity', path`/workspaces/${workspaceId}/roles`, options);
}
