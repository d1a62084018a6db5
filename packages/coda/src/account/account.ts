import { readPath, type CodaApi, type ReadOptions } from '../api/coda-api.ts';
import type { WorkspaceReference } from '../workspaces/workspace-models.ts';

export interface User {
  readonly name: string;
  /** E-mail address. */
  readonly loginId: string;
  readonly type: 'user';
  readonly pictureLink?: string | undefined;
  /** Whether the token is restricted to some docs or tables; to which, nothing tells but a 403. */
  readonly scoped: boolean;
  readonly tokenName: string;
  readonly href: string;
  readonly workspace: WorkspaceReference;
  /** Only with `includeUserOrg`. */
  readonly organizationId?: string | undefined;
}

export interface UserSummary {
  readonly name: string;
  readonly loginId: string;
  readonly type: 'user';
  readonly pictureLink?: string | undefined;
}

export interface WhoamiOptions extends ReadOptions {
  /** Also tell the organization. Default `false`. */
  includeUserOrg?: boolean | undefined;
}

/**
 * Tells whose token this is. Works with any token.
 *
 * @see https://coda.io/developers/apis/v1#operation/whoami
 */
export async function whoami(api: CodaApi, options: WhoamiOptions = {}): Promise<User> {
  return api.read('whoami', readPath('/whoami', options), options);
}
