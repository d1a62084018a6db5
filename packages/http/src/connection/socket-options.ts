import { InvalidArgumentError } from '@cmx/cloud-core';
import type { ProxySettings } from './proxy.ts';

/** Options of the transports that open sockets themselves. */
export interface SocketTransportOptions {
  /** Connections open at once to one origin; further requests wait their turn. Default 64. */
  readonly maxConnectionsPerOrigin?: number | undefined;
  /** Milliseconds an unused connection is kept, unless the server says less. Default 4,000. */
  readonly keepAliveInMs?: number | undefined;
  /** Default: `http_proxy`, `https_proxy` and `no_proxy` of the environment, read when the transport is made. `false`: none. */
  readonly proxy?: ProxySettings | false | undefined;
  /**
   * Certificates of authorities to trust besides those Node trusts (its own, and `NODE_EXTRA_CA_CERTS`), in PEM.
   */
  readonly ca?: string | readonly string[] | undefined;
}

/** {@link SocketTransportOptions} with the defaults filled in. */
export interface SocketLimits {
  readonly maxConnectionsPerOrigin: number;
  readonly keepAliveInMs: number;
}

export function socketLimits({ maxConnectionsPerOrigin = 64, keepAliveInMs = 4000 }: SocketTransportOptions): SocketLimits {
  if (!Number.isInteger(maxConnectionsPerOrigin) || maxConnectionsPerOrigin < 1) throw new InvalidArgumentError('maxConnectionsPerOrigin is a whole number of at least 1');
  if (!(keepAliveInMs > 0)) throw new InvalidArgumentError('keepAliveInMs is a number above 0');
  return { maxConnectionsPerOrigin, keepAliveInMs };
}
