import type { CsvRow } from './csv.ts';

/** A row that will not be sent, and why. */
export interface RejectedRow {
  readonly line: number;
  readonly reason: string;
}

/** One `@`, a dot behind it, no blanks: typing errors are found, the rest is the service's to say. */
const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

/** Longest address there can be (RFC 5321). */
const MAX_ADDRESS_LENGTH = 254;

/** Divides rows into good ones and rejected ones. Of rows with the same address only the first is good. */
export function checkRows(
  rows: readonly CsvRow[],
  columnCount: number,
  emailColumn: number,
): { good: readonly CsvRow[]; rejected: readonly RejectedRow[] } {
  const good: CsvRow[] = [];
  const rejected: RejectedRow[] = [];
  const lineByAddress = new Map<string, number>();
  for (const row of rows) {
    const address = (row.cells[emailColumn] ?? '').toLowerCase();
    const reason = problemOf(row, columnCount, address, lineByAddress);
    if (reason === undefined) good.push(row);
    else rejected.push({ line: row.line, reason });
    if (!lineByAddress.has(address)) lineByAddress.set(address, row.line);
  }
  return { good, rejected };
}

function problemOf({ cells }: CsvRow, columnCount: number, address: string, lineByAddress: ReadonlyMap<string, number>): string | undefined {
  if (cells.length !== columnCount) return `${String(cells.length)} cells instead of ${String(columnCount)}`;
  if (address === '') return 'no address';
  if (address.length > MAX_ADDRESS_LENGTH || !ADDRESS.test(address)) return 'no valid address';
  const earlier = lineByAddress.get(address);
  return earlier === undefined ? undefined : `the same address as line ${String(earlier)}`;
}
