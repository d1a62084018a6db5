/** A request as SigV4 sees it. */
export interface SignableRequest {
  readonly method: string;
  /** Host with a port that is not the scheme's own. */
  readonly host: string;
  /** Encoded path and query as they go on the wire. */
  readonly path: string;
  /** Names in lower case, without `host`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface CanonicalRequest {
  readonly text: string;
  /** Names in order, joined with `;`. */
  readonly signedHeaders: string;
}

/** What a proxy or the transport may add or change on the way. */
const UNSIGNED_HEADERS: ReadonlySet<string> = new Set(['authorization', 'user-agent', 'content-length', 'connection', 'expect', 'accept-encoding', 'te', 'transfer-encoding', 'traceparent', 'tracestate', 'x-amzn-trace-id']);

/**
 * The text whose hash is signed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalRequest({ method, host, path, headers }: SignableRequest, payloadHash: string): CanonicalRequest {
  const names = signedHeaderNames(headers);
  let lines = '';
  for (const name of names) lines += `${name}:${name === 'host' ? host : canonicalValue(headers[name] ?? '')}\n`;
  const mark = path.indexOf('?');
  const pathname = mark < 0 ? path : path.slice(0, mark);
  const query = mark < 0 ? '' : canonicalQuery(path.slice(mark + 1));
  const signedHeaders = names.join(';');
  return { text: `${method}\n${pathname}\n${query}\n${lines}\n${signedHeaders}\n${payloadHash}`, signedHeaders };
}

function signedHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  const names = ['host'];
  for (const name in headers) if (!UNSIGNED_HEADERS.has(name)) names.push(name);
  return names.sort();
}

/** Outer blanks go, inner runs of blanks become one. */
function canonicalValue(value: string): string {
  return value.includes('  ') || value.includes('\t') || value.startsWith(' ') || value.endsWith(' ') ? value.trim().replace(/\s+/g, ' ') : value;
}

/** Parameters by name, then value, each with its `=`. */
function canonicalQuery(query: string): string {
  if (!query.includes('&')) return query === '' || query.includes('=') ? query : `${query}=`;
  const pairs = query.split('&').map((pair) => (pair.includes('=') ? pair : `${pair}=`));
  return pairs.map(splitPair).sort(comparePairs).map(([name, value]) => `${name}=${value}`).join('&');
}

function splitPair(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function comparePairs([a, x]: readonly [string, string], [b, y]: readonly [string, string]): number {
  if (a !== b) return a < b ? -1 : 1;
  return x < y ? -1 : x > y ? 1 : 0;
}
