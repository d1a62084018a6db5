import type { Query } from './wire-types.ts';

type Value = string | Value[] | { [name: string]: Value };

/** A query string as the service reads it: `a[]=1&a[]=2` is a list, `filter[search]=x` a member; a name given twice is a list, too. */
export function readQuery(search: string): Query {
  const query: Record<string, Value> = {};
  for (const [key, value] of new URLSearchParams(search)) {
    const [name = '', ...members] = key.split('[').map((part) => part.replace(/\]$/, ''));
    query[name] = insert(query[name], members, value);
  }
  return query;
}

function insert(current: Value | undefined, [member, ...rest]: readonly string[], value: string): Value {
  if (member === undefined) return current === undefined ? value : [...[current].flat(), value];
  if (member === '' || /^\d+$/.test(member)) return [...(Array.isArray(current) ? current : []), insert(undefined, rest, value)];
  const members = (current ?? {}) as Record<string, Value>;
  return { ...members, [member]: insert(members[member], rest, value) };
}
