import { gzipSync } from 'node:zlib';
import { Failure, found } from '../failure.ts';
import type { Answer, Call } from '../call.ts';
import type { CodaStore } from '../store.ts';
import type { CodaServiceExport, Json } from '../state.ts';
import { pageOfCall } from './pages.ts';

const LINK_LIFE_IN_MS = 300_000;

function exportWire({ now, downloadOrigin }: Call, state: CodaServiceExport, path: string): Json {
  const isComplete = state.error === undefined && now >= state.completesAt;
  return {
    id: state.id,
    status: state.error !== undefined ? 'failed' : isComplete ? 'complete' : 'inProgress',
    href: `https://coda.io${path}`,
    ...(state.error !== undefined && { error: state.error }),
    ...(isComplete && { downloadLink: `${downloadOrigin}/exports/${state.id}/${String(now)}` }),
  };
}

export const exportAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  beginPageContentExport(call) {
    const { store, body, now } = call;
    const page = pageOfCall(call);
    if (page.contentType !== 'canvas') throw new Failure(400, 'Only canvas pages can be exported');
    for (const other of store.exports.values()) {
      if (other.page === page && other.completesAt > now) other.error = 'Another export of this page was started';
    }
    const state: CodaServiceExport = { id: store.newId('export-'), page, format: String(body.outputFormat), startedAt: now, completesAt: now + store.applyInMs };
    store.exports.set(state.id, state);
    return { status: 202, body: exportWire(call, state, `${call.path}/${state.id}`) };
  },
  getPageContentExportStatus(call) {
    const state = found(call.store.exports.get(call.params.requestId ?? ''), 'the export');
    if (!call.store.isKnown(state.startedAt)) throw new Failure(404);
    return { status: 200, body: exportWire(call, state, call.path) };
  },
};

/** The store behind the download links: it wants no token, and speaks XML when a link has died. */
export function download(store: CodaStore, headers: Headers, exportId: string, mintedAt: number): Response {
  if (headers.has('authorization')) store.problems.push('The token was sent to the download host');
  const state = store.exports.get(exportId);
  const isAlive = store.clock.now() - mintedAt < LINK_LIFE_IN_MS;
  if (!state || !isAlive) return new Response('<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>', { status: Number(exportId.at(-1)) % 2 === 0 ? 403 : 200 });
  const text = state.page.lines.map((line) => line.text).join('\n');
  return new Response(gzipSync(text), { headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain; charset=utf-8' } });
}
