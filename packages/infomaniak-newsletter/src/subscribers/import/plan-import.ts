import type { InvalidArgumentError, CallOptions } from '@cmx/cloud-core';
import type { NewsletterApi } from '../../api/newsletter-api.ts';
import { invalidArgument } from '../../api/newsletter-errors.ts';
import { Fields, type Field } from '../../fields/fields.ts';
import type { GroupReferences } from '../subscriber.ts';
import { checkRows, type RejectedRow } from './check-rows.ts';
import { readCsv, writeCsv, type CsvDialect, type CsvRow } from './csv.ts';
import { decodeCsv, type CsvEncoding, type CsvSource } from './decode-csv.ts';

export interface ImportCsvOptions extends CallOptions, CsvDialect {
  /**
   * Where each column goes, by its name in the first line: `'email'`, or the key or identifier of a custom field. Columns that are not
   * named are left out. Default: every column, with its name as the field's key.
   */
  columns?: Readonly<Record<string, string | number>> | undefined;
  /** Groups that everybody in the file joins. */
  groups?: GroupReferences | undefined;
  /** How the bytes are to be read; a text is taken as it is. Default `utf-8`, with or without a byte order mark. */
  encoding?: CsvEncoding | undefined;
  /** What becomes of a file with wrong rows: `refuse` all of it, or `skip` those rows and report them. Default `refuse`. */
  invalidRows?: 'refuse' | 'skip' | undefined;
  /** Whether fields of known subscribers are overwritten. Default: the service's own, which is yes. */
  replaceFields?: boolean | undefined;
  /** Rows that end before this line are left out: to go on behind an error, from the first line of its `notSent`. Default 2. */
  startAtLine?: number | undefined;
  /** Rows that are uploaded at once. Default 10,000. */
  maxRowsPerBatch?: number | undefined;
}

/** Some rows of the file. */
export interface RowRange {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly rows: number;
}

export interface ImportBatch extends RowRange {
  /** What is uploaded: the named columns only, comma-separated, with a first line of names. */
  readonly csv: string;
}

/** A column of the batches: a custom field by its identifier, or the address where the service does not count it as a field. */
export interface ImportColumn {
  readonly name: string;
  readonly field: number | { readonly type: 'email'; readonly name: 'email' };
}

/** What an import would do. */
export interface ImportPlan {
  readonly columns: readonly ImportColumn[];
  readonly batches: readonly ImportBatch[];
  /** Rows in all batches. */
  readonly rows: number;
  readonly rejected: readonly RejectedRow[];
}

/** What became of the rows of a file. */
export interface ImportReport {
  readonly imported: readonly RowRange[];
  /** The service has them and nobody knows what it did with them. Importing them again does no harm. */
  readonly inDoubt: readonly RowRange[];
  readonly notSent: readonly RowRange[];
  readonly rejected: readonly RejectedRow[];
}

const EMAIL = 'email';
const MAX_NAMED_ROWS = 5;

export async function planImport(api: NewsletterApi, source: CsvSource, options: ImportCsvOptions): Promise<ImportPlan> {
  const { encoding = 'utf-8', startAtLine = 2, maxRowsPerBatch = 10_000 } = options;
  if (!(maxRowsPerBatch >= 1)) throw invalidArgument('`maxRowsPerBatch` must be at least 1');
  const { header, rows } = await readCsv(await decodeCsv(source, encoding), options);
  const picked = pickColumns(header, options.columns);
  const emailColumn = picked.find(({ target }) => target === EMAIL);
  if (!emailColumn) throw missingColumns(['email'], header);
  const { good, rejected } = checkRows(
    rows.filter(({ line }) => line >= startAtLine),
    header.length,
    emailColumn.index,
  );
  if (rejected.length > 0 && options.invalidRows !== 'skip') throw wrongRows(rejected);
  if (good.length === 0) throw invalidArgument('No row of the file can be imported', { details: { rejected } });
  const columns = await resolveFields(api, picked, options);
  return { columns, batches: toBatches(good, picked, maxRowsPerBatch), rows: good.length, rejected };
}

interface PickedColumn {
  readonly name: string;
  readonly index: number;
  readonly target: string | number;
}

function pickColumns(header: readonly string[], columns?: Readonly<Record<string, string | number>>): PickedColumn[] {
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  if (repeated.length > 0) throw invalidArgument(`The first line names a column twice: ${repeated.join(', ')}`, { details: { repeated } });
  const wanted = columns ?? Object.fromEntries(header.map((name) => [name, name.toLowerCase() === EMAIL ? EMAIL : name]));
  const missing = Object.keys(wanted).filter((name) => !header.includes(name));
  if (missing.length > 0) throw missingColumns(missing, header);
  return Object.entries(wanted).map(([name, target]) => ({ name, index: header.indexOf(name), target }));
}

function missingColumns(missing: readonly string[], found: readonly string[]): InvalidArgumentError {
  return invalidArgument(`The file has no column ${missing.join(', ')}; it has ${found.join(', ')}`, { details: { missing, found } });
}

function wrongRows(rejected: readonly RejectedRow[]): InvalidArgumentError {
  const named = rejected.slice(0, MAX_NAMED_ROWS).map(({ line, reason }) => `line ${String(line)}: ${reason}`);
  const more = rejected.length > MAX_NAMED_ROWS ? `, and ${String(rejected.length - MAX_NAMED_ROWS)} more` : '';
  return invalidArgument(`Nothing was imported, for rows of the file are wrong: ${named.join(', ')}${more}`, {
    applied: false,
    details: { rejected },
  });
}

async function resolveFields(
  api: NewsletterApi,
  picked: readonly PickedColumn[],
  { abortSignal, timeoutInMs }: CallOptions,
): Promise<ImportColumn[]> {
  const fields: Field[] = [];
  for await (const field of new Fields(api).list({ abortSignal, timeoutInMs })) fields.push(field);
  const idOf = (target: string | number): number | undefined => fields.find(({ id, key }) => id === target || key === target)?.id;
  const unknown = picked.filter(({ target }) => target !== EMAIL && idOf(target) === undefined).map(({ target }) => String(target));
  if (unknown.length > 0) {
    const known = fields.map(({ key }) => key);
    throw invalidArgument(`There is no custom field ${unknown.join(', ')}; make it first, or use one of ${known.join(', ')}`, {
      details: { unknown, known },
    });
  }
  return picked.map(({ name, target }) => ({ name, field: idOf(target) ?? { type: EMAIL, name: EMAIL } }));
}

/** The first line is sent along: should the service take it for a row, it is one without a valid address. */
function toBatches(rows: readonly CsvRow[], picked: readonly PickedColumn[], size: number): ImportBatch[] {
  const names = picked.map(({ name }) => name);
  const batches: ImportBatch[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size);
    const csv = writeCsv([names, ...part.map(({ cells }) => picked.map(({ index }) => cells[index] ?? ''))]);
    batches.push({ firstLine: part[0]?.line ?? 0, lastLine: part.at(-1)?.line ?? 0, rows: part.length, csv });
  }
  return batches;
}
