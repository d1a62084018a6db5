import { ResumableBody } from '@cmx/cloud-core/body';
import { startFaultProxy } from '@cmx/conformance';
import { HttpClient } from '@cmx/http';

/**
 * Downloads a URL through a proxy that cuts the connection midway. The body asks for the rest by itself: the reader sees one
 * unbroken stream.
 *
 * @returns The bytes, where the connection broke, and the requests the proxy saw.
 */
export async function downloadThroughBreak(url, sizeInBytes, abortSignal) {
  const { origin, pathname, search } = new URL(url);
  const breakAt = Math.floor(sizeInBytes / 2);
  const proxy = await startFaultProxy({ target: origin, rules: [{ fault: { kind: 'truncate', afterBytes: breakAt, by: 'rst' }, times: 1 }] });
  const http = new HttpClient({ provider: 'local', service: 'quickstart', baseUrl: proxy.url });
  try {
    const ask = (headers) => http.request({ operation: 'getObject', method: 'GET', path: pathname + search, headers }, { abortSignal });
    const first = await ask({});
    const body = new ResumableBody({
      where: { provider: 'local', service: 'quickstart', operation: 'getObject' },
      body: toAnswer(first),
      sizeInBytes,
      etag: etagOf(first),
      reopen: async ({ start }, { ifMatch }) => toAnswer(await ask({ range: `bytes=${start}-`, 'if-match': `"${ifMatch}"` })),
      abortSignal,
    });
    const bytes = await body.bytes();
    return { bytes, breakAt, requests: proxy.requests.length };
  } finally {
    await http.close();
    await proxy.close();
  }
}

function toAnswer(response) {
  const [, start, end] = /^bytes (\d+)-(\d+)\//.exec(response.headers.get('content-range') ?? '') ?? [];
  const range = start === undefined ? undefined : { start: Number(start), end: Number(end) };
  return { chunks: response.body, range, etag: etagOf(response), discard: () => response.body.discard() };
}

function etagOf(response) {
  return response.headers.get('etag')?.replaceAll('"', '');
}
