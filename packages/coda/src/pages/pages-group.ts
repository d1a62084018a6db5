import type { CallOptions, Paged } from '@cmx/cloud-core';
import type { CodaApi, ListOptions, ReadOptions } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import type { ExportedPage } from './exported-page.ts';
import { beginPageContentExport, exportPage, getPageContentExportStatus, type ExportPageOptions, type PageExportStatus } from './page-export.ts';
import { readPageContent, writePageContent, type WritePageContentOptions } from './page-markdown.ts';
import type { CreatePageInput, Page, PageContentFormat, PageContentItem, UpdatePageInput } from './page-models.ts';
import { createPage, deletePage, deletePageContent, getPage, listPageContent, listPages, updatePage, type ChangedPage, type ListPageContentOptions } from './pages.ts';

/** Pages of a doc, and what is on them. A page is named by its id or its name. */
export class Pages {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Lists the pages of a doc, in their order. */
  list(docId: string, options: ListOptions = {}): Paged<Page> {
    return listPages(this.#api, docId, options);
  }

  /** Queues a new page, with content if wanted. Needs the role Doc Maker. Never repeated after it may have arrived, or there would be two. */
  create(docId: string, page: CreatePageInput = {}, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
    return createPage(this.#api, docId, page, options);
  }

  /**
   * Reads what a page is, without its content.
   *
   * @throws {NotFoundError} Also with `status` 410: the page was deleted.
   */
  get(docId: string, page: string, options: ReadOptions = {}): Promise<Page> {
    return getPage(this.#api, docId, page, options);
  }

  /** Queues changes of a page's properties or content. Appending and prepending are never repeated after they may have arrived. */
  update(docId: string, page: string, changes: UpdatePageInput, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
    return updatePage(this.#api, docId, page, changes, options);
  }

  /** Queues the deletion of a page. Succeeds when it is already gone. */
  delete(docId: string, page: string, options: CallOptions = {}): Promise<Queued<ChangedPage>> {
    return deletePage(this.#api, docId, page, options);
  }

  /**
   * Lists the lines of a page as plain text. For Markdown or HTML see `exportPage`.
   *
   * @throws {NotFoundError} Also with `status` 410: the page was deleted.
   */
  listContent(docId: string, page: string, options: ListPageContentOptions = {}): Paged<PageContentItem> {
    return listPageContent(this.#api, docId, page, options);
  }

  /**
   * Queues the deletion of some elements of a page, or of everything on it.
   *
   * @throws {InvalidArgumentError} The list is empty.
   */
  deleteContent(docId: string, page: string, what: readonly string[] | 'everything', options: CallOptions = {}): Promise<Queued<ChangedPage>> {
    return deletePageContent(this.#api, docId, page, what, options);
  }

  /**
   * Exports a page as Markdown or HTML and waits until it can be read. Only canvas pages, without their subpages.
   *
   * @throws {InvalidArgumentError} The page is no canvas.
   * @throws {NotFoundError} No such page, or it was deleted (`status` 410).
   * @throws {TimeoutError} Not ready in time; `details.resume` says where to go on.
   */
  export(docId: string, page: string, options: ExportPageOptions = {}): Promise<ExportedPage> {
    return exportPage(this.#api, docId, page, options);
  }

  /** Starts the export of a page. `exportPage` does this, waits and reads the result. */
  beginExport(docId: string, page: string, outputFormat: PageContentFormat, options: CallOptions = {}): Promise<PageExportStatus> {
    return beginPageContentExport(this.#api, docId, page, outputFormat, options);
  }

  /**
   * Asks after an export; once it is complete, every answer has a new link.
   *
   * @throws {NotFoundError} Unknown (404, also for some seconds after it began), or aged out (410).
   */
  getExportStatus(docId: string, page: string, exportId: string, options: CallOptions = {}): Promise<PageExportStatus> {
    return getPageContentExportStatus(this.#api, docId, page, exportId, options);
  }

  /** Reads a page as Markdown or HTML in one go. See `exportPage` for what Markdown loses. */
  readContent(docId: string, page: string, options: ExportPageOptions = {}): Promise<string> {
    return readPageContent(this.#api, docId, page, options);
  }

  /** Queues Markdown or HTML as the content of a page, or before or behind what it has. The README says what is lost. */
  writeContent(docId: string, page: string, format: PageContentFormat, content: string, options: WritePageContentOptions = {}): Promise<Queued<ChangedPage>> {
    return writePageContent(this.#api, docId, page, format, content, options);
  }
}
