import { found } from '../failure.ts';
import type { Call } from '../call.ts';
import type { CodaServiceDoc, Json, CodaServicePage, CodaServiceRow, CodaServiceTable } from '../state.ts';
import { toCell } from './cells.ts';

const API = 'https://coda.io/apis/v1';
export const WORKSPACE = { id: 'ws-1Ab234', type: 'workspace', browserLink: 'https://coda.io/workspaces/ws-1Ab234', name: 'Launch team' };

export const isoTime = (now: number): string => new Date(now).toISOString();

export function docOf({ store, params }: Call): CodaServiceDoc {
  return found(store.docs.get(params.docId ?? ''), 'the doc');
}

export function tableOf(call: Call): CodaServiceTable {
  return byIdOrName(docOf(call).tables, call.params.tableIdOrName, 'the table');
}

/** A member by id or name. */
export function byIdOrName<T extends { readonly id: string; readonly name: string }>(members: ReadonlyMap<string, T>, key: string | undefined, what: string): T {
  return found(members.get(key ?? '') ?? [...members.values()].find(({ name }) => name === key), what);
}

export function docWire({ id, name, folderId, sourceDoc, createdAt, published }: CodaServiceDoc): Json {
  return {
    id,
    type: 'doc',
    href: `${API}/docs/${id}`,
    browserLink: `https://coda.io/d/_d${id}`,
    name,
    owner: 'owner@example.com',
    ownerName: 'Olive Owner',
    createdAt,
    updatedAt: createdAt,
    ...(sourceDoc !== undefined && { sourceDoc: { id: sourceDoc, type: 'doc', href: `${API}/docs/${sourceDoc}`, browserLink: `https://coda.io/d/_d${sourceDoc}` } }),
    ...(published && { published }),
    folder: { id: folderId, type: 'folder', browserLink: `https://coda.io/folders/${folderId}` },
    workspace: WORKSPACE,
    workspaceId: WORKSPACE.id,
    folderId,
  };
}

export function pageReference(docId: string, { id, name }: CodaServicePage): Json {
  return { id, type: 'page', href: `${API}/docs/${docId}/pages/${id}`, browserLink: `https://coda.io/d/_d${docId}/${name}_su${id.slice(-4)}`, name };
}

export function pageWire({ id: docId, pages }: CodaServiceDoc, page: CodaServicePage): Json {
  const parent = page.parentId === undefined ? undefined : pages.get(page.parentId);
  const children = [...pages.values()].filter(({ parentId, isDeleted }) => parentId === page.id && !isDeleted);
  return {
    ...pageReference(docId, page),
    ...(page.subtitle !== undefined && { subtitle: page.subtitle }),
    contentType: page.contentType,
    isHidden: page.isHidden,
    isEffectivelyHidden: page.isHidden || parent?.isHidden === true,
    ...(parent && { parent: pageReference(docId, parent) }),
    children: children.map((child) => pageReference(docId, child)),
  };
}

export function tableReference(docId: string, { id, name, tableType }: CodaServiceTable): Json {
  return { id, type: 'table', tableType, href: `${API}/docs/${docId}/tables/${id}`, browserLink: `https://coda.io/d/_d${docId}#${name}_t${id.replace('grid-', '')}`, name };
}

export function tableWire({ id: docId, pages, createdAt }: CodaServiceDoc, table: CodaServiceTable): Json {
  const [page] = pages.values();
  const [column] = table.columns;
  return {
    ...tableReference(docId, table),
    parent: page && pageReference(docId, page),
    displayColumn: { id: column?.id, type: 'column', href: column?.href },
    rowCount: table.rows.size,
    sorts: [],
    layout: 'default',
    viewId: `table-${table.id}`,
    createdAt,
    updatedAt: createdAt,
  };
}

export function rowWire(docId: string, table: CodaServiceTable, row: CodaServiceRow, query: URLSearchParams): Json {
  const useNames = query.get('useColumnNames') === 'true';
  const format = query.get('valueFormat') ?? 'simple';
  const [display] = table.columns;
  return {
    id: row.id,
    type: 'row',
    href: `${API}/docs/${docId}/tables/${table.id}/rows/${row.id}`,
    name: display ? (row.cells[display.id] ?? '') : '',
    index: row.index,
    browserLink: `https://coda.io/d/_d${docId}#_t${table.id.replace('grid-', '')}/_ru${row.id}`,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    values: Object.fromEntries(table.columns.map((column) => [useNames ? column.name : column.id, toCell(row.cells[column.id] ?? '', column.format, format)])),
  };
}
