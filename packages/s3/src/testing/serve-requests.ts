import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request with its body read. */
export interface ReceivedRequest {
  readonly method: string;
  /** As the client names it: with the port, unless it is the usual one. */
  readonly host: string;
  /** Path and query as they were on the wire. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Where a service listens. */
export interface Listening {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** Drops all connections and stops. Safe to call twice. */
  close(): Promise<void>;
}

/** Answers the requests that reach a port of the loopback interface, and no other. */
export async function serveRequests(respond: (request: ReceivedRequest) => Promise<Response>, port = 0): Promise<Listening> {
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

async function answer(respond: (request: ReceivedRequest) => Promise<Response>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await respond(await receive(incoming));
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body && incoming.method !== 'HEAD') {
    for await (const chunk of response.body) {
      if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve));
    }
  }
  outgoing.end();
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const { method = 'GET', url: path = '/', rawHeaders } = incoming;
  const headers = new Headers();
  for (let place = 0; place + 1 < rawHeaders.length; place += 2) headers.append(rawHeaders[place] ?? '', rawHeaders[place + 1] ?? '');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { method, host: headers.get('host') ?? '', path, headers, body: Buffer.concat(chunks) };
}
