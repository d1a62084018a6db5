import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on the loopback interface that can be asked how many connections it has. */
export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly port: number;
  readonly openConnections: number;
  /** Connections accepted since the start. */
  readonly acceptedConnections: number;
  close(): Promise<void>;
}

export async function startServer(listener: RequestListener): Promise<TestServer> {
  return listen(createServer({ keepAliveTimeout: 60_000 }, listener));
}

/** A server that speaks whatever the handler writes. */
export async function startRawServer(handler: (socket: Socket) => void): Promise<TestServer> {
  return listen(createNetServer(handler));
}

export async function listen(server: Server, scheme = 'http'): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    origin: `${scheme}://127.0.0.1:${String(port)}`,
    port,
    get openConnections() {
      return sockets.size;
    },
    get acceptedConnections() {
      return accepted;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What the test service saw of a request. */
export interface Echo {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[];
  readonly sizeInBytes: number;
  readonly sha256: string;
}

/**
 * The service the suite talks to: `/echo` tells what came; `/bytes/N` sends N bytes, `/chunked/N` without saying how many;
 * `/status/N` has that status; other paths have their purpose in their name.
 */
export const testService: RequestListener = (request, response) => {
  const [, route = '', argument = ''] = (request.url ?? '').split(/[/?]/);
  const answer = ROUTES[route] ?? echo;
  void answer(request, response, Number(argument)).catch(() => response.destroy());
};

type Route = (request: IncomingMessage, response: ServerResponse, argument: number) => Promise<void>;

const ROUTES: Readonly<Record<string, Route>> = {
  async bytes(request, response, size) {
    await drain(request);
    response.writeHead(200, { 'content-length': size, etag: '"v1"' });
    if (request.method !== 'HEAD') await writePattern(response, size);
    response.end();
  },
  async chunked(request, response, size) {
    await drain(request);
    response.writeHead(200);
    await writePattern(response, size);
    response.end();
  },
  async status(request, response, status) {
    await drain(request);
    response.writeHead(status, { location: '/echo', 'x-status': String(status) });
    response.end(status === 204 || status === 304 ? undefined : `status ${String(status)}`);
  },
  async headers(request, response) {
    await drain(request);
    response.writeHead(200, ['X-Twice', 'one', 'X-Twice', 'two', 'X-Latin', 'caf\u00e9', 'Content-Length', '0']);
    response.end();
  },
  async gzip(request, response) {
    await drain(request);
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': GZIPPED.length });
    response.end(GZIPPED);
  },
  async early(request, response) {
    await drain(request);
    response.writeProcessing();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end('after the hints');
  },
  /** Says nothing, ever. */
  async silence(request) {
    await drain(request);
  },
};

/** "hello" by gzip. */
export const GZIPPED = Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64');

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    sizeInBytes += chunk.length;
  }
  const seen: Echo = { method: request.method ?? '', path: request.url ?? '', headers: request.rawHeaders, sizeInBytes, sha256: hash.digest('hex') };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(seen));
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}

/** The bytes of `/bytes/N`: each is its own position, modulo 251. */
export function pattern(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

const BLOCK = Buffer.from(pattern(251 * 1024));

async function writePattern(response: ServerResponse, size: number): Promise<void> {
  for (let missing = size; missing > 0 && !response.destroyed; missing -= Math.min(missing, BLOCK.length)) {
    if (!response.write(BLOCK.subarray(0, missing))) await drained(response);
  }
}

/** Resolves when a response takes more bytes, or none ever again. */
export async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
