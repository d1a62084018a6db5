import { toWire } from './wire.ts';

/** A query string with its `?`, or nothing. Members in brackets (`filter[status]=all`, `filter[groups][]=1`), as PHP reads them. */
export function toQuery(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(toWire(parameters) as Record<string, unknown>)) append(query, name, value);
  const text = query.toString();
  return text && `?${text}`;
}

function append(query: URLSearchParams, name: string, value: unknown): void {
  if (value === null) return;
  if (Array.isArray(value)) return value.forEach((item) => append(query, `${name}[]`, item));
  if (typeof value !== 'object') return query.append(name, String(value as string | number | boolean));
  for (const [member, inner] of Object.entries(value)) append(query, `${name}[${member}]`, inner);
}

/** A list the service wants as one comma-separated value: `with=recipients,content`. */
export function commaList(values: string | readonly string[] | undefined): string | undefined {
  const text = typeof values === 'string' ? values : values?.join(',');
  return text === '' ? undefined : text;
}
