import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions } from '../api/coda-api.ts';
import type { WorkspaceRoleActivity, WorkspaceUser, WorkspaceUserRole } from './workspace-models.ts';
import { changeUserRole, listWorkspaceMembers, listWorkspaceRoleActivity, type ListWorkspaceMembersOptions } from './workspaces.ts';

/** Members of a workspace. */
export class Workspaces {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the members of a workspace. Needs a workspace admin. */
  listMembers(workspaceId: string, options: ListWorkspaceMembersOptions = {}): Paged<WorkspaceUser> {
    return listWorkspaceMembers(this.#api, workspaceId, options);
  }

  /** Gives a member of a workspace another role. Needs a workspace admin. */
  changeUserRole(workspaceId: string, email: string, newRole: WorkspaceUserRole, options: CallOptions = {}): Promise<{ readonly roleChangedAt: Date }> {
    return changeUserRole(this.#api, workspaceId, email, newRole, options);
  }

  /** Lists how many members of each role were active, month by month. */
  listRoleActivity(workspaceId: string, options: ListOptions = {}): Paged<WorkspaceRoleActivity> {
    return listWorkspaceRoleActivity(this.#api, workspaceId, options);
  }
}
