import stringWidth from 'string-width';
import { escapeControls, showField, showHeading } from './show.ts';

/** Rows that are looked at for the widths of the columns; later rows keep them. */
const SAMPLE = 500;
const RIGHT_ALIGNED = new Set(['sizeInBytes', 'objects']);

export interface Column {
  readonly field: string;
  /** Shown as it is. Default: made of the field's name. */
  readonly heading?: string | undefined;
}

/** Lines of a table, the first rows held back until the widths of the columns are known. Columns that stay empty are left out. */
export class Table {
  readonly #columns: readonly Column[];
  #waiting: string[][] = [];
  #widths: number[] | undefined;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  /** Lines that can be printed now. */
  add(row: Readonly<Record<string, unknown>>): string {
    const cells = this.#columns.map(({ field }) => showField(field, row[field]));
    if (this.#widths) return this.#line(cells, this.#widths);
    this.#waiting.push(cells);
    return this.#waiting.length < SAMPLE ? '' : this.end();
  }

  /** The lines held back. */
  end(): string {
    if (this.#widths || this.#waiting.length === 0) return '';
    const headings = this.#columns.map(({ field, heading }) => (heading === undefined ? showHeading(field) : escapeControls(heading)));
    const widths = this.#columns.map((_, index) => {
      const content = Math.max(...this.#waiting.map((cells) => stringWidth(cells[index] ?? '')));
      return content === 0 ? 0 : Math.max(content, stringWidth(headings[index] ?? ''));
    });
    this.#widths = widths;
    const lines = [headings, ...this.#waiting].map((cells) => this.#line(cells, widths));
    this.#waiting = [];
    return lines.join('');
  }

  #line(cells: readonly string[], widths: readonly number[]): string {
    const padded = this.#columns.flatMap(({ field }, index) => {
      const width = widths[index] ?? 0;
      if (width === 0) return [];
      const cell = cells[index] ?? '';
      const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
      return [RIGHT_ALIGNED.has(field) ? space + cell : cell + space];
    });
    return `${padded.join('  ').trimEnd()}\n`;
  }
}
