import type { Icon } from '../docs/doc-models.ts';
import type { WorkspaceReference } from '../workspaces/workspace-models.ts';

export interface FolderReference {
  readonly id: string;
  readonly type: 'folder';
  readonly browserLink: string;
  readonly name?: string | undefined;
}

export interface Folder {
  readonly id: string;
  readonly type: 'folder';
  readonly name: string;
  readonly browserLink: string;
  readonly description?: string | undefined;
  readonly icon?: Icon | undefined;
  /** `DARK_BLUE`, `LIGHT_GREEN` and so on. */
  readonly iconColor?: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly canEdit?: boolean | undefined;
  readonly workspace: WorkspaceReference;
}
