import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import { toQueued, type Queued } from '../mutations/queued-change.ts';
import type { CreatePageInput } from '../pages/page-models.ts';
import type { Doc } from './doc-models.ts';

export interface ListDocsOptions extends ListOptions {
  /** Only docs of the token's user. */
  isOwner?: boolean | undefined;
  isPublished?: boolean | undefined;
  /** Search term. */
  query?: string | undefined;
  /** Only copies of this doc. */
  sourceDoc?: string | undefined;
  isStarred?: boolean | undefined;
  inGallery?: boolean | undefined;
  workspaceId?: string | undefined;
  folderId?: string | undefined;
}

export interface CreateDocInput {
  /** Default: `Untitled`. */
  readonly title?: string | undefined;
  /** Id of the doc to copy. */
  readonly sourceDoc?: string | undefined;
  /** IANA name. Default: the service's. */
  readonly timezone?: string | undefined;
  /** Default: the user's own folder. */
  readonly folderId?: string | undefined;
  readonly initialPage?: CreatePageInput | undefined;
}

export interface UpdateDocInput {
  readonly title?: string | undefined;
  /** Name of an icon: `rocket`. */
  readonly iconName?: string | undefined;
}

/**
 * Lists the docs the token can reach, the ones opened most recently first. Has a limit of its own: 4 requests in 6 seconds.
 *
 * @see https://coda.io/developers/apis/v1#operation/listDocs
 */
export function listDocs(api: CodaApi, options: ListDocsOptions = {}): Paged<Doc> {
  return api.list('listDocs', '/docs', options, 'listDocs');
}

/**
 * Creates a doc, empty or as a copy. Needs the role Doc Maker. Never repeated after it may have arrived, or there would be two.
 *
 * @returns The doc; `applied()` waits until its content is there.
 * @see https://coda.io/developers/apis/v1#operation/createDoc
 */
export async function createDoc(api: CodaApi, doc: CreateDocInput = {}, options: CallOptions = {}): Promise<Queued<Doc>> {
  const { requestId, ...created } = await api.write<Doc & { requestId?: string }>({ operation: 'createDoc', method: 'POST', path: '/docs', body: doc }, options);
  return toQueued(api, requestId, created);
}

/**
 * Reads what a doc is, without its content.
 *
 * @see https://coda.io/developers/apis/v1#operation/getDoc
 */
export async function getDoc(api: CodaApi, docId: string, options: ReadOptions = {}): Promise<Doc> {
  return api.read('getDoc', path`/docs/${docId}`, options);
}

/**
 * Changes a doc's title or icon.
 *
 * @see https://coda.io/developers/apis/v1#operation/updateDoc
 */
export async function updateDoc(api: CodaApi, docId: string, changes: UpdateDocInput, options: CallOptions = {}): Promise<void> {
  await api.write({ operation: 'updateDoc', method: 'PATCH', path: path`/docs/${docId}`, body: changes }, options);
}

/**
 * Deletes a doc. Accepted, not done, when this returns; there is nothing to ask after it. Succeeds when the doc is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deleteDoc
 */
export async function deleteDoc(api: CodaApi, docId: string, options: CallOptions = {}): Promise<void> {
  await api.ignoreAbsence(api.write({ operation: 'deleteDoc', method: 'DELETE', path: path`/docs/${docId}` }, options));
}
