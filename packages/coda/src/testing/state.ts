/** What the service holds. Fields that are sent as they are have the service's own shape. */

/** An object as the API sends it. */
export type Json = Record<string, unknown>;

export interface CodaServiceColumn extends Json {
  readonly id: string;
  name: string;
  readonly calculated?: boolean;
  readonly format: { readonly type: string; readonly isArray: boolean } & Json;
}

export interface CodaServiceRow {
  readonly id: string;
  index: number;
  readonly createdAt: string;
  updatedAt: string;
  /** Counts the changes of the table: what a sync token stands for. */
  version: number;
  readonly cells: Record<string, unknown>;
}

export interface CodaServiceTable {
  readonly id: string;
  name: string;
  readonly tableType: 'table' | 'view';
  columns: CodaServiceColumn[];
  readonly rows: Map<string, CodaServiceRow>;
  version: number;
}

export interface CodaServicePage {
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

export interface CodaServiceDoc {
  readonly id: string;
  name: string;
  readonly folderId: string;
  readonly sourceDoc?: string | undefined;
  readonly createdAt: string;
  published?: Json | undefined;
  readonly pages: Map<string, CodaServicePage>;
  readonly tables: Map<string, CodaServiceTable>;
  readonly permissions: Map<string, Json>;
  readonly domains: Map<string, Json>;
  settings: Json;
  /** An edit is under way, so that the snapshot is behind. */
  isStale: boolean;
}

export interface CodaServiceExport {
  readonly id: string;
  readonly page: CodaServicePage;
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

/** A column to be made. */
export interface CodaServiceColumnInput {
  readonly name: string;
  /** Coda's name for its format: `text`, `number`, `checkbox`, `date`, `person`, `select`, `lookup`, … */
  readonly type: string;
  /** Default: one nobody had before. */
  readonly id?: string | undefined;
  /** Whether a cell holds several. Default `false`. */
  readonly isArray?: boolean | undefined;
  /** Whether a formula fills it. Default `false`. */
  readonly calculated?: boolean | undefined;
  /** More of the format, as Coda sends it. */
  readonly format?: Json | undefined;
}

/** A column as the service sends it. */
export function toColumn(docId: string, tableId: string, input: CodaServiceColumnInput, newId: () => string): CodaServiceColumn {
  const { name, type, id = newId(), isArray = false, calculated, format } = input;
  return {
    id,
    type: 'column',
    href: `https://coda.io/apis/v1/docs/${docId}/tables/${tableId}/columns/${id}`,
    name,
    ...(calculated && { calculated, formula: 'thisRow.Created()' }),
    format: { type, isArray, ...format },
  };
}
