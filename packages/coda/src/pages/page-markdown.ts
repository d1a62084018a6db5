import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import type { Queued } from '../mutations/queued-change.ts';
import { exportPage, type ExportPageOptions } from './page-export.ts';
import type { PageContentFormat, PageContentUpdate } from './page-models.ts';
import { updatePage, type ChangedPage } from './pages.ts';

export interface WritePageContentOptions extends CallOptions {
  /** Default `replace`. */
  insertionMode?: PageContentUpdate['insertionMode'] | undefined;
  /** Relative to this element instead of the whole page. */
  elementId?: string | undefined;
}

/** Reads a page as Markdown or HTML in one go. See `exportPage` for what Markdown loses. */
export async function readPageContent(api: CodaApi, docId: string, page: string, options: ExportPageOptions = {}): Promise<string> {
  const exported = await exportPage(api, docId, page, options);
  return exported.text({ abortSignal: options.abortSignal });
}

/**
 * Queues Markdown or HTML as the content of a page, or before or behind what it has. Markdown headings below the third level become
 * paragraphs, rules vanish, images written as HTML vanish, and tables become real tables.
 */
export async function writePageContent(
  api: CodaApi,
  docId: string,
  page: string,
  format: PageContentFormat,
  content: string,
  options: WritePageContentOptions = {},
): Promise<Queued<ChangedPage>> {
  const { insertionMode = 'replace', elementId, ...callOptions } = options;
  return updatePage(api, docId, page, { contentUpdate: { insertionMode, elementId, canvasContent: { format, content } } }, callOptions);
}
