import type { UserSummary } from '../account/account.ts';
import type { Maker, PackSummary } from './pack-models.ts';

export type PackAccessType = 'none' | 'view' | 'test' | 'edit' | 'admin';

export interface PackUserPrincipal {
  readonly type: 'user';
  readonly email: string;
}

export interface PackWorkspacePrincipal {
  readonly type: 'workspace';
  readonly workspaceId: string;
}

export interface PackGlobalPrincipal {
  readonly type: 'worldwide';
}

export interface PackNomosOrganizationPrincipal {
  readonly type: 'nomosOrganization';
  readonly nomosOrganizationId: string;
}

export interface PackGroupPrincipal {
  readonly type: 'group';
  readonly groupId: string;
  readonly groupName?: string | undefined;
}

export interface PackGrammarlyInstitutionPrincipal {
  readonly type: 'grammarlyInstitution';
  readonly grammarlyInstitutionId: number;
}

export type PackPrincipal =
  | PackUserPrincipal
  | PackWorkspacePrincipal
  | PackGlobalPrincipal
  | PackNomosOrganizationPrincipal
  | PackGroupPrincipal
  | PackGrammarlyInstitutionPrincipal;

export interface PackPermission {
  readonly id: string;
  readonly principal: PackPrincipal;
  readonly access: PackAccessType;
}

/** All permissions of a pack, with the users they name. */
export interface PackPermissionList {
  readonly items: readonly PackPermission[];
  readonly permissionUsers: readonly UserSummary[];
}

export interface PackInvitation {
  readonly invitationId: string;
  readonly packId: number;
  readonly inviteeEmail: string;
  readonly inviterUserId: number;
  readonly access: PackAccessType;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface PackInvitationWithPack {
  readonly invitation: PackInvitation;
  readonly pack: PackSummary;
  readonly makers: readonly Maker[];
  readonly networkDomains: readonly string[];
}
