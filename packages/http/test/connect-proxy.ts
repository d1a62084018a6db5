import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { listen, type TestServer } from './servers.ts';
import type { TestCertificate } from './certificate.ts';

/** A forwarding and tunnelling proxy of a few lines. */
export interface ConnectProxy extends TestServer {
  /** What it was asked, one line each: `CONNECT 127.0.0.1:443`. */
  readonly asked: string[];
  /** The `Proxy-Authorization` of each. */
  readonly authorizations: (string | undefined)[];
}

export interface ConnectProxyOptions {
  /** Answer of every tunnel request but 200; 0 for none at all. */
  readonly refuseWith?: number;
  /** Speak TLS to the client. */
  readonly certificate?: TestCertificate;
}

export async function startConnectProxy({ refuseWith, certificate }: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const note = ({ method, url, headers }: IncomingMessage): void => {
    asked.push(`${String(method)} ${String(url)}`);
    authorizations.push(headers['proxy-authorization']);
  };
  const forward: RequestListener = (incoming, outgoing) => {
    note(incoming);
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = httpRequest(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  };
  const server = certificate ? createTlsServer(certificate, forward) : createServer(forward);
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    note(incoming);
    client.on('error', () => undefined).on('end', () => client.end());
    if (refuseWith === 0) return client.resume();
    if (refuseWith !== undefined) return client.end(`HTTP/1.1 ${String(refuseWith)} No\r\nContent-Length: 0\r\n\r\n`);
    return tunnel(incoming.url ?? '', client);
  });
  return Object.assign(await listen(server, certificate ? 'https' : 'http'), { asked, authorizations });
}

function tunnel(address: string, client: Socket): void {
  const [host, port] = address.split(':');
  const target = connect(Number(port), host, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.pipe(client).pipe(target);
  });
  target.on('error', () => client.destroy());
  client.on('close', () => target.destroy());
  target.on('close', () => client.destroy());
}
