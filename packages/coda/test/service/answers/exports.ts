import { gzipSync } from 'node:zlib';
import { Failure, found } from '../failure.ts';
import type { Answer, Call, CodaService } from '../coda-service.ts';
import type { ExportState, Json } from '../state.ts';
import { pageOfCall } from './pages.ts';

const LINK_LIFE_IN_MS = 300_000;

function exportWire(service: CodaService, state: ExportState, path: string): Json {
  const now = service.clock.now();
  const isComplete = state.error === undefined && now >= state.completesAt;
  return {
    id: state.id,
    status: state.error !== undefined ? 'failed' : isComplete ? 'complete' : 'inProgress',
    href: `https://coda.io${path}`,
    ...(state.error !== undefined && { error: state.error }),
    ...(isComplete && { downloadLink: `${service.downloadOrigin}/exports/${state.id}/${String(now)}` }),
  };
}

export const exportAnswers: Readonly<Record<string, (call: Call) => Answer>> = {
  beginPageContentExport(call) {
    const { service, body, now } = call;
    const page = pageOfCall(call);
    if (page.contentType !== 'canvas') throw new Failure(400, 'Only canvas pages can be exported');
    for (const other of service.exports.values()) {
      if (other.page === page && other.completesAt > now) other.error = 'Another export of this page was started';
    }
    const state: ExportState = { id: service.newId('export-'), page, format: String(body.outputFormat), startedAt: now, completesAt: now + service.exportTimeInMs };
    service.exports.set(state.id, state);
    return { status: 202, body: exportWire(service, state, `${call.path}/${state.id}`) };
  },
  getPageContentExportStatus(call) {
    const state = found(call.service.exports.get(call.params.requestId ?? ''), 'the export');
    if (!call.service.isKnown(state.startedAt)) throw new Failure(404);
    return { status: 200, body: exportWire(call.service, state, call.path) };
  },
};

/** The store behind the download links: it wants no token, and speaks XML when a link has died. */
export function downloadAnswer(service: CodaService, request: Request): Response {
  const [, , exportId = '', mintedAt = ''] = new URL(request.url).pathname.split('/');
  if (request.headers.has('authorization')) service.problems.push('The token was sent to the download host');
  const state = service.exports.get(exportId);
  const isAlive = service.clock.now() - Number(mintedAt) < LINK_LIFE_IN_MS;
  service.log.push(`download ${isAlive ? '200' : 'dead'}`);
  if (!state || !isAlive) return new Response('<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>', { status: Number(exportId.at(-1)) % 2 === 0 ? 403 : 200 });
  const text = state.page.lines.map((line) => line.text).join('\n');
  return new Response(gzipSync(text), { headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain; charset=utf-8' } });
}
