export interface WorkspaceReference {
  readonly id: string;
  readonly type: 'workspace';
  readonly organizationId?: string | undefined;
  readonly browserLink: string;
  readonly name?: string | undefined;
}

export type WorkspaceUserRole = 'Admin' | 'DocMaker' | 'Editor';

/** Fields named `…At` without a time of day hold days (`2026-11-23`). */
export interface WorkspaceUser {
  readonly email: string;
  readonly name: string;
  readonly role: WorkspaceUserRole;
  readonly pictureUrl?: string | undefined;
  readonly registeredAt: Date;
  readonly roleChangedAt?: Date | undefined;
  readonly lastActiveAt?: string | undefined;
  readonly ownedDocs?: number | undefined;
  readonly docsLastActiveAt?: string | undefined;
  readonly docCollaboratorCount?: number | undefined;
  readonly totalDocs?: number | undefined;
  readonly totalDocsLastActiveAt?: string | undefined;
  readonly totalDocCollaboratorsLast90Days?: number | undefined;
}

export interface WorkspaceRoleActivity {
  /** First day of the month: `2026-11-01`. */
  readonly month: string;
  readonly activeAdminCount: number;
  readonly activeDocMakerCount: number;
  readonly activeEditorCount: number;
  readonly inactiveAdminCount: number;
  readonly inactiveDocMakerCount: number;
  readonly inactiveEditorCount: number;
}
