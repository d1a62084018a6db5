import { success, type Json, type Reply } from './wire-types.ts';

/** The page of a list that was asked for, in either way of asking. */
export function pageOf(items: readonly Json[], { page, per_page: perPage, limit, skip, order_by: orderBy, order = 'asc' }: Json): Reply {
  const sorted = orderBy ? [...items].sort((a, b) => compare(a[orderBy], b[orderBy]) * (order === 'desc' ? -1 : 1)) : items;
  if (page === undefined) return success(sorted.slice(Number(skip ?? 0), Number(skip ?? 0) + Number(limit ?? 15)));
  const size = Math.min(Number(perPage ?? 15), 1000);
  const start = (Number(page) - 1) * size;
  const paging = { total: items.length, page: Number(page), pages: Math.ceil(items.length / size), items_per_page: size };
  const reply = success(sorted.slice(start, start + size));
  return { ...reply, envelope: { ...reply.envelope, ...paging } };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The items a bulk call is about: `matches` is what its filter leaves. */
export function selected<T extends { id: number }>(matching: readonly T[], all: readonly T[], { select }: Json): T[] {
  if (!select.all) return all.filter(({ id }) => select.include?.includes(id));
  return matching.filter(({ id }) => !select.exclude?.includes(id));
}

export const includesText = (text: string, search: string | undefined): boolean => search === undefined || text.toLowerCase().includes(search.toLowerCase());
