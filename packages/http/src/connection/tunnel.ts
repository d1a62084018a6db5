import type { Socket } from 'node:net';
import { UnavailableError } from '@cmx/cloud-core';
import { nodeModule } from './node-modules.ts';

/** A tunnel to ask a proxy for. */
export interface TunnelRequest {
  readonly proxy: URL;
  /** Host and port. */
  readonly target: string;
  readonly authorization: string | undefined;
  /** Authorities to trust where the proxy itself speaks TLS. */
  readonly ca: string[] | undefined;
}

/** Asks a proxy for a tunnel by `CONNECT`. @returns A function that gives up. */
export function openTunnel({ proxy, target, authorization, ca }: TunnelRequest, callback: (error: Error | null, socket: Socket | null) => void): (reason: Error) => void {
  const { request: connect } = proxy.protocol === 'https:' ? nodeModule('node:https') : nodeModule('node:http');
  const request = connect({
    method: 'CONNECT',
    host: proxy.hostname,
    port: proxy.port || undefined,
    path: target,
    headers: { host: target, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
    agent: false,
    ca,
  });
  request.once('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) return callback(null, socket);
    socket.destroy();
    callback(refusal(proxy, statusCode), null);
  });
  request.once('response', ({ statusCode }) => {
    request.destroy();
    callback(refusal(proxy, statusCode), null);
  });
  request.on('error', (error) => callback(error, null));
  request.end();
  return (reason) => request.destroy(reason);
}

/** Whatever a proxy says is said before the request was sent; only its 5xx may pass by themselves. */
function refusal(proxy: URL, status: number | undefined): UnavailableError {
  return new UnavailableError(`The proxy ${proxy.host} refused the tunnel with status ${String(status)}`, { phase: 'connect', applied: false, retryable: status !== undefined && status >= 500, details: { proxyStatus: status } });
}
