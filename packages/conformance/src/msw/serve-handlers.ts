import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { RequestHandler } from 'msw';

/** How handlers are served. */
export interface ServeHandlersOptions {
  /**
   * The origin the handlers are written for, such as `https://s3.test`. Default: the server's own address, for handlers that
   * match by path alone, as in `http.get('*\/:bucket/:key', …)`.
   */
  readonly origin?: string | undefined;
}

/** MSW handlers behind a loopback server. */
export interface HandlerServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** `METHOD /path` of the requests no handler took; each was answered with 501. A test expects none. */
  readonly unhandled: readonly string[];
  /** Replaces the handlers. */
  use(...handlers: RequestHandler[]): void;
  /** Drops all connections and stops. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Header that carries the path and query as they were on the wire, since a `Request` has them parsed: dot segments resolved,
 * some characters encoded anew. Signatures and odd keys are checked against this one.
 */
export const RAW_PATH_HEADER = 'x-cmx-raw-path';

/**
 * Serves MSW request handlers over loopback HTTP, for clients whose transport MSW does not intercept: sockets of their own, undici's
 * dispatcher, other processes. The same handlers work intercepted, by `setupServer(...handlers)`, and served.
 *
 * @see https://mswjs.io/docs/api/get-response
 */
export async function serveHandlers(handlers: readonly RequestHandler[], options: ServeHandlersOptions = {}): Promise<HandlerServer> {
  const [{ createServer }, { getResponse }] = await Promise.all([import('node:http'), import('msw')]);
  let current = [...handlers];
  const unhandled: string[] = [];
  const server = createServer({ keepAliveTimeout: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (incoming, outgoing) => {
    void answer(incoming, outgoing, options.origin ?? url, async (request) => {
      const response = await getResponse(current, request);
      if (response) return response;
      const line = `${incoming.method} ${incoming.url}`;
      unhandled.push(line);
      return new Response(`No handler takes ${line}\n`, { status: 501 });
    });
  });
  return {
    url,
    unhandled,
    use(...replacement) {
      current = replacement;
    },
    close: () => closeServer(server),
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, origin: string, respond: (request: Request) => Promise<Response>): Promise<void> {
  const left = new AbortController();
  outgoing.on('close', () => {
    left.abort();
  });
  try {
    const response = await respond(toRequest(incoming, origin, left.signal));
    if (response.type === 'error') outgoing.destroy();
    else await send(response, outgoing, incoming.method === 'HEAD');
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end(`A handler failed: ${String(error)}\n`);
  }
}

function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const { method = 'GET', url: path = '/' } = incoming;
  const headers = new Headers([[RAW_PATH_HEADER, path]]);
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  const body = method === 'GET' || method === 'HEAD' ? undefined : Readable.toWeb(incoming);
  // `duplex` is required for streamed bodies, but lib.dom does not know it.
  return new Request(origin + path, { method, headers, body, signal, duplex: 'half' } as RequestInit);
}

async function send(response: Response, outgoing: ServerResponse, headOnly: boolean): Promise<void> {
  const headers = [...response.headers].flatMap(([name, value]) => [name, value]);
  outgoing.writeHead(response.status, headers);
  if (headOnly || !response.body) return void outgoing.end();
  for await (const chunk of response.body) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve));
  }
  outgoing.end();
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
