import { toWire } from './wire.ts';

type QueryValue = string | number | boolean | null | readonly QueryValue[] | { readonly [member: string]: QueryValue };

/** A query string with its `?`, or nothing. Members in brackets (`filter[status]=all`, `filter[groups][]=1`), as PHP reads them. */
export function toQuery(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(toWire(parameters) as Record<string, QueryValue>)) append(query, name, value);
  const text = query.toString();
  return text && `?${text}`;
}

function append(query: URLSearchParams, name: string, value: QueryValue): void {
  if (value === null) return;
  if (typeof value !== 'object') return query.append(name, String(value));
  if (isList(value)) return value.forEach((item) => append(query, `${name}[]`, item));
  for (const [member, inner] of Object.entries(value)) append(query, `${name}[${member}]`, inner);
}

const isList = (value: QueryValue): value is readonly QueryValue[] => Array.isArray(value);

/** A list the service wants as one comma-separated value: `with=recipients,content`. */
export function commaList(values: string | readonly string[] | undefined): string | undefined {
  const text = typeof values === 'string' ? values : values?.join(',');
  return text === '' ? undefined : text;
}
