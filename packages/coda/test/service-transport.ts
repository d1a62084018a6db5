import type { RequestBody, Transport, TransportBody, TransportRequest, TransportResponse } from '@cmx/http';
import type { CodaService } from '../src/testing/index.ts';

/** Hands requests straight to the service: no sockets, so that a fake clock rules the whole exchange. */
export function serviceTransport(service: CodaService): Transport {
  return {
    name: 'service',
    async request(request) {
      request.abortSignal?.throwIfAborted();
      return toResponse(await service.handle(toRequest(request)));
    },
    async close() {
      // Nothing is open.
    },
  };
}

function toRequest({ origin, path, method, headers, body }: TransportRequest): Request {
  const pairs: [string, string][] = [];
  for (let place = 0; place < headers.length; place += 2) pairs.push([headers[place] ?? '', headers[place + 1] ?? '']);
  return new Request(origin + path, { method, headers: pairs, body: body === undefined ? null : wholeBody(body) });
}

function wholeBody(body: RequestBody): BodyInit {
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  if (Array.isArray(body)) return new Blob(body as Uint8Array<ArrayBuffer>[]);
  throw new Error('The client sends whole bodies');
}

function toResponse(response: Response): TransportResponse {
  const headers = { get: (name: string) => response.headers.get(name) ?? undefined, [Symbol.iterator]: () => response.headers[Symbol.iterator]() };
  return { status: response.status, headers, body: toBody(response) };
}

function toBody(response: Response): TransportBody {
  return {
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
    async discard() {
      await response.body?.cancel();
    },
    async *[Symbol.asyncIterator]() {
      for await (const chunk of response.body ?? []) yield chunk;
    },
  };
}
