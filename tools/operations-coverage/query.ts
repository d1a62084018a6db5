type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

/**
 * A query string as a value: `a=1`, `a[]=1&a[]=2`, `a[b]=1`, and `a=1,2` for the names in `commaSeparated`. A name given several times is a
 * list.
 */
export function parseQuery(query: string, commaSeparated: ReadonlySet<string>): Record<string, QueryValue> {
  const result: Record<string, QueryValue> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const [name = '', ...inner] = key.split('[').map((part) => part.replace(/\]$/, ''));
    result[name] = commaSeparated.has(name) && inner.length === 0 ? value.split(',') : insert(result[name], inner, value);
  }
  return result;
}

function insert(current: QueryValue | undefined, inner: readonly string[], value: string): QueryValue {
  const [name, ...rest] = inner;
  if (name === undefined) return current === undefined ? value : [...[current].flat(), value];
  if (name === '' || /^\d+$/.test(name)) return [...(Array.isArray(current) ? current : []), insert(undefined, rest, value)];
  const members = (current ?? {}) as Record<string, QueryValue>;
  return { ...members, [name]: insert(members[name], rest, value) };
}
