import { type CallOptions, type Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import { invalidArgument } from '../api/coda-errors.ts';
import { path } from '../api/path.ts';
import { toQueued, type Queued } from '../mutations/queued-change.ts';
import type { CreatePageInput, Page, PageContentItem, UpdatePageInput } from './page-models.ts';

/** The page a change was queued for. */
export interface ChangedPage {
  readonly id: string;
}

export interface ListPageContentOptions extends ListOptions {
  /** The only format there is. */
  contentFormat?: 'plainText' | undefined;
}

/**
 * Lists the pages of a doc, in their order.
 *
 * @see https://coda.io/developers/apis/v1#operation/listPages
 */
export function listPages(api: CodaApi, docId: string, options: ListOptions = {}): Paged<Page> {
  return api.list('listPages', path`/docs/${docId}/pages`, options);
}

/**
 * Queues a new page, with content if wanted. Needs the role Doc Maker. Never repeated after it may have arrived, or there would be two.
 *
 * @see https://coda.io/developers/apis/v1#operation/createPage
 */
export async function createPage(api: CodaApi, docId: string, page: CreatePageInput = {}, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
  return api.queue({ operation: 'createPage', method: 'POST', path: path`/docs/${docId}/pages`, body: page }, options);
}

/**
 * Reads what a page is, without its content.
 *
 * @throws {NotFoundError} Also with `status` 410: the page was deleted.
 * @see https://coda.io/developers/apis/v1#operation/getPage
 */
export async function getPage(api: CodaApi, docId: string, page: string, options: ReadOptions = {}): Promise<Page> {
  return api.read('getPage', path`/docs/${docId}/pages/${page}`, options);
}

/**
 * Queues changes of a page's properties or content. Appending and prepending are never repeated after they may have arrived.
 *
 * @see https://coda.io/developers/apis/v1#operation/updatePage
 */
export async function updatePage(api: CodaApi, docId: string, page: string, changes: UpdatePageInput, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
  const repeatable = (changes.contentUpdate?.insertionMode ?? 'replace') === 'replace';
  return api.queue({ operation: 'updatePage', method: 'PUT', path: path`/docs/${docId}/pages/${page}`, body: changes, retry: repeatable ? 'always' : 'refused' }, options);
}

/**
 * Queues the deletion of a page. Succeeds when it is already gone.
 *
 * @see https://coda.io/developers/apis/v1#operation/deletePage
 */
export async function deletePage(api: CodaApi, docId: string, page: string, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
  const queued = await api.ignoreAbsence(api.queue<ChangedPage>({ operation: 'deletePage', method: 'DELETE', path: path`/docs/${docId}/pages/${page}` }, options));
  return queued ?? toQueued(api, undefined, { id: page });
}

/**
 * Lists the lines of a page as plain text. For Markdown or HTML see `exportPage`.
 *
 * @throws {NotFoundError} Also with `status` 410: the page was deleted.
 * @see https://coda.io/developers/apis/v1#operation/listPageContent
 */
export function listPageContent(api: CodaApi, docId: string, page: string, options: ListPageContentOptions = {}): Paged<PageContentItem> {
  return api.list('listPageContent', path`/docs/${docId}/pages/${page}/content`, options);
}

/**
 * Queues the deletion of some elements of a page, or of everything on it.
 *
 * @param what - Ids of `listPageContent`, or the word `everything`: an empty list is refused, for the service takes it for everything.
 * @throws {InvalidArgumentError} The list is empty.
 * @see https://coda.io/developers/apis/v1#operation/deletePageContent
 */
export async function deletePageContent(
  api: CodaApi,
  docId: string,
  page: string,
  what: readonly string[] | 'everything',
  options: CallOptions = {},
): Promise<Queued<ChangedPage>> {
  if (what.length === 0) throw invalidArgument('No element to delete; say "everything" to empty the page', { operation: 'deletePageContent' });
  const body = what === 'everything' ? {} : { elementIds: what };
  return api.queue({ operation: 'deletePageContent', method: 'DELETE', path: path`/docs/${docId}/pages/${page}/content`, body }, options);
}
