import { CloudError, UnavailableError, type CallOptions, type Poller, type PollOptions } from '@cmx/cloud-core';
import type { CodaApi } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import { codaPoller, FIRST_POLL_IN_MS } from '../mutations/coda-poller.ts';
import { ExportedPage } from './exported-page.ts';
import type { PageContentFormat } from './page-models.ts';

/** An export as the service tells of it. */
export interface PageExportStatus {
  readonly id: string;
  /** `inProgress`, `complete`, `failed`; go by the two fields below rather than by this word. */
  readonly status: string;
  readonly href: string;
  /** There when the content is; good for five minutes. */
  readonly downloadLink?: string | undefined;
  readonly error?: string | undefined;
}

export interface ExportPageOptions extends PollOptions {
  /** Default `markdown`. */
  outputFormat?: PageContentFormat | undefined;
}

/** Which export it is: enough to go on with it later. */
export interface ExportPlace {
  readonly docId: string;
  readonly page: string;
  readonly exportId: string;
}

/**
 * Starts the export of a page. `exportPage` does this, waits and reads the result.
 *
 * @see https://coda.io/developers/apis/v1#operation/beginPageContentExport
 */
export async function beginPageContentExport(api: CodaApi, docId: string, page: string, outputFormat: PageContentFormat, options: CallOptions = {}): Promise<PageExportStatus> {
  const place = path`/docs/${docId}/pages/${page}/export`;
  return api.write({ operation: 'beginPageContentExport', method: 'POST', path: place, body: { outputFormat } }, options);
}

/**
 * Asks after an export; once it is complete, every answer has a new link.
 *
 * @throws {NotFoundError} Unknown (404, also for some seconds after it began), or aged out (410).
 * @see https://coda.io/developers/apis/v1#operation/getPageContentExportStatus
 */
export async function getPageContentExportStatus(api: CodaApi, docId: string, page: string, exportId: string, options: CallOptions = {}): Promise<PageExportStatus> {
  return api.read('getPageContentExportStatus', path`/docs/${docId}/pages/${page}/export/${exportId}`, options);
}

/** Exports of one page get in each other's way, so each waits for the one before it. */
const running = new WeakMap<CodaApi, Map<string, Promise<unknown>>>();

/**
 * Exports a page as Markdown or HTML and waits until it can be read. Only canvas pages, without their subpages.
 *
 * Markdown keeps less than HTML: headings below the third level become paragraphs, rules vanish, images become links, attachments are
 * absent, and a table's header row is lost when it is written back. It is made for reading, not for copying pages.
 *
 * The download is compressed, which the transport over `fetch` cannot hand on; the others can.
 *
 * @throws {InvalidArgumentError} The page is no canvas.
 * @throws {NotFoundError} No such page, or it was deleted (`status` 410).
 * @throws {TimeoutError} Not ready in time; `details.resume` says where to go on.
 */
export async function exportPage(api: CodaApi, docId: string, page: string, options: ExportPageOptions = {}): Promise<ExportedPage> {
  const ofApi = running.get(api) ?? new Map<string, Promise<unknown>>();
  running.set(api, ofApi);
  const key = `${docId}/${page}`;
  const previous = ofApi.get(key) ?? Promise.resolve();
  const exported = previous.then(() => runExport(api, docId, page, options));
  const settled = exported.catch(() => undefined);
  ofApi.set(key, settled);
  try {
    return await exported;
  } finally {
    if (ofApi.get(key) === settled) ofApi.delete(key);
  }
}

async function runExport(api: CodaApi, docId: string, page: string, options: ExportPageOptions): Promise<ExportedPage> {
  const { outputFormat = 'markdown', abortSignal, ...wait } = options;
  const { id } = await beginPageContentExport(api, docId, page, outputFormat, { abortSignal });
  return exportPoller(api, { docId, page, exportId: id }, FIRST_POLL_IN_MS).result({ ...wait, abortSignal });
}

function exportPoller(api: CodaApi, place: ExportPlace, silentInMs: number): Poller<ExportedPage> {
  return codaPoller<ExportedPage>({
    id: place.exportId,
    token: `${PREFIX}${[place.docId, place.page, place.exportId].map(encodeURIComponent).join('/')}`,
    clock: api.clock,
    silentInMs,
    async check(options) {
      const link = await currentLink(api, place, options);
      return link === undefined ? undefined : new ExportedPage(api, link, (readOptions) => requireLink(api, place, readOptions));
    },
  });
}

/** The link of an export, `undefined` while it is being made. Goes by link and error, for the words of `status` differ. */
async function currentLink(api: CodaApi, { docId, page, exportId }: ExportPlace, options: CallOptions): Promise<string | undefined> {
  const { downloadLink, error, status } = await getPageContentExportStatus(api, docId, page, exportId, options);
  if (downloadLink !== undefined) return downloadLink;
  if (error === undefined && status !== 'failed') return undefined;
  const where = { provider: 'coda', operation: 'exportPage', resource: { type: 'page', name: page } };
  throw new CloudError('unknown', `The export failed: ${error ?? 'the service gave no reason'}`, where);
}

async function requireLink(api: CodaApi, place: ExportPlace, options: CallOptions): Promise<string> {
  const link = await currentLink(api, place, options);
  if (link === undefined) throw new UnavailableError('The export has no link any more', { provider: 'coda', operation: 'exportPage' });
  return link;
}

const PREFIX = 'coda:export:';

/** Goes on waiting for an export from the text of its poller, possibly in another process. */
export function resumePageExport(api: CodaApi, text: string): Poller<ExportedPage> | undefined {
  const [docId, page, exportId] = text.startsWith(PREFIX) ? text.slice(PREFIX.length).split('/').map(decodeURIComponent) : [];
  if (docId === undefined || page === undefined || exportId === undefined) return undefined;
  return exportPoller(api, { docId, page, exportId }, 0);
}
