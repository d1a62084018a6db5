import type { FolderReference } from '../folders/folder-models.ts';
import type { WorkspaceReference } from '../workspaces/workspace-models.ts';

export interface Icon {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly browserLink: string;
}

export interface DocReference {
  readonly id: string;
  readonly type: 'doc';
  readonly href: string;
  readonly browserLink: string;
}

export interface DocSize {
  readonly totalRowCount: number;
  readonly tableAndViewCount: number;
  readonly baseTableCount?: number | undefined;
  readonly pageCount: number;
  /** Over 125 MB: the API refuses to work on this doc. */
  readonly overApiSizeLimit: boolean;
}

export type DocPublishMode = 'view' | 'play' | 'edit';

export interface DocCategory {
  readonly name: string;
}

export interface DocPublished {
  readonly description?: string | undefined;
  readonly browserLink: string;
  readonly imageLink?: string | undefined;
  readonly discoverable: boolean;
  readonly earnCredit: boolean;
  readonly mode: DocPublishMode;
  readonly categories: readonly DocCategory[];
}

export interface Doc extends DocReference {
  readonly icon?: Icon | undefined;
  readonly name: string;
  /** E-mail address. */
  readonly owner: string;
  readonly ownerName: string;
  readonly docSize?: DocSize | undefined;
  readonly sourceDoc?: DocReference | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly published?: DocPublished | undefined;
  readonly folder: FolderReference;
  readonly workspace: WorkspaceReference;
  readonly workspaceId: string;
  readonly folderId: string;
}
