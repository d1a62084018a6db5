import type { SpanAttributes } from '@cmx/cloud-core';

/** What is known of a request before it is sent. */
export function requestAttributes(method: string, origin: string): SpanAttributes {
  const { protocol, hostname, port } = new URL(origin);
  return {
    'http.request.method': method,
    'url.scheme': protocol.slice(0, -1),
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  };
}
