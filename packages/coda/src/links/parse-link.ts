/** What a link tells by itself; fields are there as far as the link goes. */
export interface ParsedLink {
  readonly kind: 'doc' | 'page' | 'table' | 'column' | 'row' | 'formula' | 'control';
  readonly docId: string;
  /** Only from API links: browser links hold no more than the end of it. */
  readonly pageId?: string | undefined;
  /** The end of the page's id, from a browser link. */
  readonly pageIdSuffix?: string | undefined;
  readonly tableId?: string | undefined;
  /** The end of the table's id, from browser links that hold no more. */
  readonly tableIdSuffix?: string | undefined;
  readonly columnId?: string | undefined;
  readonly rowId?: string | undefined;
  readonly formulaId?: string | undefined;
  readonly controlId?: string | undefined;
}

/** The service has two names; it answers on both, and links of both are about. */
export const CODA_HOSTS: readonly string[] = ['coda.io', 'docs.superhuman.com'];

/**
 * Reads a link of the service without a request: `https://coda.io/d/Name_dAbCDeFGH/Page_suXyZ#Table_tpqRst-U/_rui-tuVwxYz` and the API's own
 * `https://coda.io/apis/v1/docs/AbCDeFGH/tables/grid-pqRst-U`.
 *
 * @returns `undefined` when it is no such link, or one that only the service can read (published docs, custom domains, embeds).
 */
export function parseLink(link: string): ParsedLink | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (!url || !CODA_HOSTS.includes(url.hostname)) return undefined;
  const segments = url.pathname.split('/').filter(Boolean).map(decode);
  if (segments[0] === 'd') return parseBrowserLink(segments, url.hash.slice(1));
  return segments[0] === 'apis' && segments[2] === 'docs' ? parseApiLink(segments.slice(3)) : undefined;
}

function parseBrowserLink([, doc = '', page = '']: readonly string[], hash: string): ParsedLink | undefined {
  const docId = /(?:^|_)d([\w-]+)$/.exec(doc)?.[1];
  if (docId === undefined) return undefined;
  const pageIdSuffix = /(?:^|_)su([\w-]+)$/.exec(page)?.[1];
  const [table = '', row = ''] = hash.split('/').map(decode);
  const tableMark = /(?:^|_)t([\w-]+)$/.exec(table)?.[1];
  const rowId = /^_?r(?:u)?(i-[\w-]+)/.exec(row)?.[1];
  if (tableMark === undefined) return { kind: pageIdSuffix === undefined ? 'doc' : 'page', docId, pageIdSuffix };
  return { kind: rowId === undefined ? 'table' : 'row', docId, pageIdSuffix, ...tableOf(tableMark), rowId };
}

/** `_tpqRst-U` is `grid-pqRst-U`; behind `_tu` stands a whole id or only the end of one. */
function tableOf(mark: string): Pick<ParsedLink, 'tableId' | 'tableIdSuffix'> {
  if (!mark.startsWith('u')) return { tableId: `grid-${mark}` };
  const rest = mark.slice(1);
  return /^(grid|table)-/.test(rest) ? { tableId: rest } : { tableIdSuffix: rest };
}

function parseApiLink([docId, kind, id, part, partId]: readonly string[]): ParsedLink | undefined {
  if (docId === undefined) return undefined;
  if (kind === undefined || id === undefined) return { kind: 'doc', docId };
  if (kind === 'pages') return { kind: 'page', docId, pageId: id };
  if (kind === 'formulas') return { kind: 'formula', docId, formulaId: id };
  if (kind === 'controls') return { kind: 'control', docId, controlId: id };
  if (kind !== 'tables') return undefined;
  if (part === 'rows' && partId !== undefined) return { kind: 'row', docId, tableId: id, rowId: partId };
  if (part === 'columns' && partId !== undefined) return { kind: 'column', docId, tableId: id, columnId: partId };
  return { kind: 'table', docId, tableId: id };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
