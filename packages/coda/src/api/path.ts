import { invalidArgument } from './coda-errors.ts';

/** What a query parameter may be. Lists are joined by commas, `undefined` is left out. */
export type QueryValue = string | number | boolean | Date | readonly (string | number)[] | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

/**
 * A path with every inserted segment encoded: `` path`/docs/${docId}/tables/${table}` ``.
 *
 * @throws {InvalidArgumentError} A segment is no text, empty, `.` or `..`: it would lead to another resource.
 */
export function path(parts: TemplateStringsArray, ...segments: readonly (string | number)[]): string {
  return parts.reduce((before, part, place) => before + encodeSegment(segments[place - 1] ?? '', before) + part);
}

function encodeSegment(segment: string | number, before: string): string {
  const text = typeof segment === 'number' ? String(segment) : segment;
  if (typeof text !== 'string' || /^\.{0,2}$/.test(text)) throw invalidArgument(`${JSON.stringify(text)} cannot be an id or name (after "${before}")`);
  return encodeURIComponent(text);
}

/** The path with its query, or with more of it. Spaces are `%20`, times are ISO 8601. */
export function withQuery(pathname: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(queryText(value))}`]));
  return pairs.length === 0 ? pathname : `${pathname}${pathname.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function queryText(value: Exclude<QueryValue, undefined>): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
