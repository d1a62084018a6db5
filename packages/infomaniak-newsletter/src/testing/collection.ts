import { success, type Json, type Query, type Reply, type Select } from './wire-types.ts';

/** The page of a list that was asked for, in either way of asking. */
export function pageOf(items: readonly object[], { page, per_page: perPage, limit, skip, order_by: orderBy, order = 'asc' }: Query): Reply {
  const sorted = orderBy
    ? [...(items as Json[])].sort((a, b) => compare(a[orderBy] as string, b[orderBy] as string) * (order === 'desc' ? -1 : 1))
    : items;
  if (page === undefined) return success(sorted.slice(Number(skip ?? 0), Number(skip ?? 0) + Number(limit ?? 15)));
  const size = Math.min(Number(perPage ?? 15), 1000);
  const start = (Number(page) - 1) * size;
  const paging = { total: items.length, page: Number(page), pages: Math.ceil(items.length / size), items_per_page: size };
  const reply = success(sorted.slice(start, start + size));
  return { ...reply, envelope: { ...reply.envelope, ...paging } };
}

/** Texts by their order, numbers likewise. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The items a bulk call is about: `matches` is what its filter leaves. */
export function selected<T extends { id: number }>(matching: readonly T[], all: readonly T[], { select }: { readonly select?: Select }): T[] {
  if (!select?.all) return all.filter(({ id }) => select?.include?.includes(id));
  return matching.filter(({ id }) => !select.exclude?.includes(id));
}

export const includesText = (text: string, search: string | undefined): boolean =>
  search === undefined || text.toLowerCase().includes(search.toLowerCase());
