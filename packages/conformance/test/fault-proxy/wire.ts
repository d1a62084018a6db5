import { createServer, request } from 'node:http';
import type { Agent, IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WireServer extends AsyncDisposable {
  readonly url: string;
  /** `METHOD /path` of what reached it, with the bodies received. */
  readonly received: { line: string; headers: IncomingHttpHeaders; body: string }[];
}

/** A server for the proxy to stand in front of: it keeps what it received, then answers with `answer`. */
export async function startServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<WireServer> {
  const received: WireServer['received'] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      received.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      answer(incoming, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server with one object of `body`, that knows ranges and `If-Match` as S3 does. */
export function startObjectServer(body: Buffer, headers: Record<string, string> = {}): Promise<WireServer> {
  return startServer((incoming, response) => {
    response.setHeaders(new Map(Object.entries({ ETag: '"one"', ...headers })));
    const condition = incoming.headers['if-match'];
    if (condition !== undefined && condition !== '"one"') return void response.writeHead(412, { 'Content-Length': 0 }).end();
    const range = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers.range ?? '');
    if (!range) return void response.writeHead(200, { 'Content-Length': body.length }).end(body);
    const first = Number(range[1]);
    const last = range[2] ? Number(range[2]) : body.length - 1;
    const slice = body.subarray(first, last + 1);
    response.writeHead(206, { 'Content-Length': slice.length, 'Content-Range': `bytes ${first}-${last}/${body.length}` }).end(slice);
  });
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Sizes of the pieces as they came. */
  readonly pieces: readonly number[];
  /** Set when the body did not arrive whole. */
  readonly error?: NodeJS.ErrnoException;
}

export interface WireRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  /** Called for each piece of the body. */
  readonly onPiece?: () => void;
}

/** Sends a request as it is written, with nothing between us and the socket. Rejects when no answer begins. */
export function send(url: string, { method = 'GET', path = '/object', headers = {}, body, agent, signal, onPiece }: WireRequest = {}): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let fail: (error: NodeJS.ErrnoException) => void = reject;
    const outgoing = request(url, { method, path, headers, agent: agent ?? false, signal }, (response) => {
      const chunks: Buffer[] = [];
      const settle = (error?: NodeJS.ErrnoException): void => {
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks), pieces: chunks.map(({ length }) => length), error });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        onPiece?.();
      });
      response.on('end', () => settle());
      response.on('error', settle);
      fail = settle;
    });
    outgoing.on('error', (error) => fail(error));
    outgoing.end(body);
  });
}

/** The error a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<NodeJS.ErrnoException> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return outcome.error as NodeJS.ErrnoException;
  throw new Error(`Expected a failure, got ${JSON.stringify(outcome.value)}.`);
}
