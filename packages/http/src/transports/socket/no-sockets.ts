import { UnsupportedOperationError } from '@cmx/cloud-core';

/** Stands in for `socket-transport.ts` in bundles for browsers: see `browser` in the package.json. */
export class SocketTransport {
  constructor() {
    throw new UnsupportedOperationError('There are no sockets in browsers, and none in bundles for them: use fetchTransport()');
  }
}
