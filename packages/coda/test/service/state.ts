/** What the service holds. Fields that are sent as they are have the service's own shape. */

export type Json = Record<string, unknown>;

export interface ColumnState extends Json {
  readonly id: string;
  name: string;
  readonly calculated?: boolean;
  readonly format: { readonly type: string; readonly isArray: boolean } & Json;
}

export interface RowState {
  readonly id: string;
  index: number;
  readonly createdAt: string;
  updatedAt: string;
  /** Counts the changes of the table: what a sync token stands for. */
  version: number;
  readonly cells: Record<string, unknown>;
}

export interface TableState {
  readonly id: string;
  name: string;
  readonly tableType: 'table' | 'view';
  columns: ColumnState[];
  readonly rows: Map<string, RowState>;
  version: number;
}

export interface PageState {
  readonly id: string;
  name: string;
  readonly contentType: 'canvas' | 'embed' | 'syncPage' | 'table';
  readonly parentId?: string | undefined;
  subtitle?: string | undefined;
  isHidden: boolean;
  /** Lines of Markdown, or of HTML, as they were written. */
  lines: { readonly id: string; readonly text: string }[];
  isDeleted: boolean;
}

export interface DocState {
  readonly id: string;
  name: string;
  readonly folderId: string;
  readonly sourceDoc?: string | undefined;
  readonly createdAt: string;
  published?: Json | undefined;
  readonly pages: Map<string, PageState>;
  readonly tables: Map<string, TableState>;
  readonly permissions: Map<string, Json>;
  readonly domains: Map<string, Json>;
  settings: Json;
  /** An edit is under way, so that the snapshot is behind. */
  isStale: boolean;
}

export interface ExportState {
  readonly id: string;
  readonly page: PageState;
  readonly format: string;
  readonly completesAt: number;
  readonly startedAt: number;
  error?: string | undefined;
}

/** An edit that was accepted and is not done yet. */
export interface QueuedEdit {
  readonly requestId: string;
  readonly acceptedAt: number;
  appliesAt: number;
  readonly warning?: string | undefined;
  apply(): void;
  isApplied: boolean;
}

/** A column as the service sends it. */
export function columnState(docId: string, tableId: string, id: string, name: string, type: string, more: { isArray?: boolean; calculated?: boolean; format?: Json } = {}): ColumnState {
  const { isArray = false, calculated, format = {} } = more;
  return {
    id,
    type: 'column',
    href: `https://coda.io/apis/v1/docs/${docId}/tables/${tableId}/columns/${id}`,
    name,
    ...(calculated && { calculated, formula: 'thisRow.Created()' }),
    format: { type, isArray, ...format },
  };
}
