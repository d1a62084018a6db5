import type { PageReference } from '../pages/page-models.ts';

export type TableType = 'table' | 'view' | 'database';

export interface TableReference {
  readonly id: string;
  readonly type: 'table';
  readonly tableType: TableType;
  readonly href: string;
  readonly browserLink: string;
  readonly name: string;
  readonly parent?: PageReference | undefined;
}

export interface ColumnReference {
  readonly id: string;
  readonly type: 'column';
  readonly href: string;
}

export interface TableFilter {
  readonly valid: boolean;
  readonly isVolatile?: boolean | undefined;
  readonly hasUserFormula?: boolean | undefined;
  readonly hasTodayFormula?: boolean | undefined;
  readonly hasNowFormula?: boolean | undefined;
}

export interface Table extends TableReference {
  readonly parent: PageReference;
  /** The table a view is of. */
  readonly parentTable?: TableReference | undefined;
  /** Id of the view underneath. */
  readonly viewId: string;
  readonly displayColumn: ColumnReference;
  readonly rowCount: number;
  readonly sorts: readonly { readonly column: ColumnReference; readonly direction: 'ascending' | 'descending' }[];
  /** `default`, `card`, `calendar`, `barChart` and so on. */
  readonly layout: string;
  readonly filter?: TableFilter | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The kinds of column; new ones may come. */
export type ColumnType =
  | 'text'
  | 'person'
  | 'lookup'
  | 'number'
  | 'percent'
  | 'currency'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'duration'
  | 'email'
  | 'link'
  | 'slider'
  | 'scale'
  | 'image'
  | 'imageReference'
  | 'attachments'
  | 'button'
  | 'checkbox'
  | 'select'
  | 'packObject'
  | 'reaction'
  | 'canvas'
  | 'other'
  | (string & {});

/** How a column shows its values. Which of the optional fields are there depends on the type. */
export interface ColumnFormat {
  readonly type: ColumnType;
  /** A cell may hold several values. */
  readonly isArray: boolean;
  /** Of `lookup` and `person`. */
  readonly table?: TableReference | undefined;
  readonly precision?: number | undefined;
  readonly useThousandsSeparator?: boolean | undefined;
  readonly currencyCode?: string | undefined;
  /** Of `currency`: `currency`, `accounting`, `financial`. Of `date` and `time`: the pattern. */
  readonly format?: string | undefined;
  readonly dateFormat?: string | undefined;
  readonly timeFormat?: string | undefined;
  readonly maxUnit?: 'days' | 'hours' | 'minutes' | 'seconds' | undefined;
  readonly display?: string | undefined;
  readonly displayType?: string | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly minimum?: number | string | undefined;
  readonly maximum?: number | string | undefined;
  readonly step?: number | string | undefined;
  readonly showValue?: boolean | undefined;
  readonly icon?: string | undefined;
  readonly options?: readonly { readonly name: string; readonly backgroundColor?: string; readonly foregroundColor?: string }[] | undefined;
  readonly label?: string | undefined;
  readonly disableIf?: string | undefined;
  readonly action?: string | undefined;
  readonly width?: number | string | undefined;
  readonly height?: number | string | undefined;
  readonly style?: string | undefined;
}

export interface Column extends ColumnReference {
  readonly name: string;
  /** Whether it names its rows. */
  readonly display?: boolean | undefined;
  /** Filled by a formula, so it cannot be written. */
  readonly calculated?: boolean | undefined;
  readonly formula?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly format: ColumnFormat;
}

export interface ColumnDetail extends Column {
  readonly parent: TableReference;
}
