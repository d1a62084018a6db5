import { Failure } from '../failure.ts';
import type { Answer, Call } from '../call.ts';
import { pageOf } from '../paging.ts';
import type { CodaStore } from '../store.ts';
import type { Json, CodaServicePage } from '../state.ts';
import { byIdOrName, docOf, pageWire } from './wire.ts';

/** The page a call is about; a deleted one is gone, which is not the same as unknown. */
export function pageOfCall(call: Call): CodaServicePage {
  const page = byIdOrName(docOf(call).pages, call.params.pageIdOrName, 'the page');
  if (page.isDeleted) throw new Failure(410, 'The page has been deleted');
  return page;
}

function toLines(store: CodaStore, content: Json | undefined): CodaServicePage['lines'] {
  const text = typeof content?.content === 'string' ? content.content : '';
  return text.split('\n').map((line) => ({ id: store.newId('cl-'), text: line }));
}

function newPage(call: Call, id: string): CodaServicePage {
  const { name = 'Untitled', subtitle, parentPageId, pageContent } = call.body as { name?: string; subtitle?: string; parentPageId?: string; pageContent?: Json };
  return {
    id,
    name,
    subtitle,
    parentId: parentPageId,
    contentType: (pageContent?.type ?? 'canvas') as CodaServicePage['contentType'],
    isHidden: false,
    lines: pageContent?.type === 'canvas' ? toLines(call.store, pageContent.canvasContent as Json) : [],
    isDeleted: false,
  };
}

function update(call: Call, page: CodaServicePage): void {
  const { name, subtitle, isHidden, contentUpdate } = call.body as { name?: string; subtitle?: string; isHidden?: boolean; contentUpdate?: Json };
  if (name !== undefined) page.name = name;
  if (subtitle !== undefined) page.subtitle = subtitle;
  if (isHidden !== undefined) page.isHidden = isHidden;
  if (!contentUpdate) return;
  const lines = toLines(call.store, contentUpdate.canvasContent as Json);
  const mode = contentUpdate.insertionMode;
  page.lines = mode === 'append' ? [...page.lines, ...lines] : mode === 'prepend' ? [...lines, ...page.lines] : lines;
}

const queued = (call: Call, id: string, apply: () => void, warning?: string): Answer => ({ status: 202, body: { id, requestId: call.store.queue(apply, { warning }) } });

export const pageAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  listPages(call) {
    const doc = docOf(call);
    const pages = [...doc.pages.values()].filter(({ isDeleted }) => !isDeleted);
    return { status: 200, body: pageOf(call, pages.map((page) => pageWire(doc, page)), { max: 100 }) };
  },
  createPage(call) {
    const doc = docOf(call);
    const page = newPage(call, call.store.newId('canvas-'));
    const isBroken = page.lines.some(({ text }) => text.includes('<broken'));
    return queued(call, page.id, () => doc.pages.set(page.id, page), isBroken ? 'Initial page HTML was invalid.' : undefined);
  },
  getPage: (call) => ({ status: 200, body: pageWire(docOf(call), pageOfCall(call)) }),
  updatePage(call) {
    const page = pageOfCall(call);
    return queued(call, page.id, () => update(call, page));
  },
  deletePage(call) {
    const page = pageOfCall(call);
    return queued(call, page.id, () => (page.isDeleted = true));
  },
  listPageContent(call) {
    const items = pageOfCall(call).lines.map(({ id, text }) => ({ id, type: 'line', itemContent: { style: 'paragraph', format: 'plainText', content: text } }));
    return { status: 200, body: { href: `https://coda.io${call.path}`, ...pageOf(call, items, { default: 50 }) } };
  },
  deletePageContent(call) {
    const page = pageOfCall(call);
    const ids = (call.body.elementIds ?? []) as string[];
    return queued(call, page.id, () => (page.lines = ids.length === 0 ? [] : page.lines.filter(({ id }) => !ids.includes(id))));
  },
};
