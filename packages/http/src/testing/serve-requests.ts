import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidArgumentError } from '@cmx/cloud-core';

/** Where a service listens. */
export interface Listening {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** Drops all connections and stops. Safe to call twice. */
  close(): Promise<void>;
}

/** Answers a request. `path` is path and query as they were on the wire: a `Request` has dot segments resolved. */
export type Respond = (request: Request, path: string) => Promise<Response>;

/**
 * Answers the requests that reach a port of the loopback interface, and no other.
 *
 * @param port - 0 for one that is free.
 * @throws {InvalidArgumentError} The port is none.
 * @throws Node's own error, when the port is taken (`EADDRINUSE`) or may not be used (`EACCES`).
 */
export async function serveRequests(respond: Respond, port: number): Promise<Listening> {
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw new InvalidArgumentError('port must be an integer from 0 to 65535');
  const server = createServer((incoming, outgoing) => {
    // A client may go away at any moment, and an answer may break on purpose: what was written still goes out, then it is over.
    answer(respond, incoming, outgoing).catch(() => incoming.socket.destroySoon());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async close() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(respond: Respond, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await respond(await receive(incoming), incoming.url ?? '/');
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body && incoming.method !== 'HEAD') {
    for await (const chunk of response.body) {
      if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve));
    }
  }
  outgoing.end();
}

async function receive(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url: path = '/', rawHeaders } = incoming;
  const headers = new Headers();
  for (let place = 0; place + 1 < rawHeaders.length; place += 2) headers.append(rawHeaders[place] ?? '', rawHeaders[place + 1] ?? '');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return new Request(`http://${headers.get('host') ?? 'localhost'}${path}`, { method, headers, body: chunks.length > 0 ? Buffer.concat(chunks) : null });
}
