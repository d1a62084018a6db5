import type { ConnectionType, ProviderName } from '@cmx/cloud-core';

/** A client that some package of cmx exports. */
export interface RegisteredClient {
  readonly provider: ProviderName;
  /** `storage`, `compute`, `serverless`, or the provider's own word: `docs`, `newsletter`. */
  readonly service: string;
  /** The class's name. */
  readonly client: string;
  readonly packageName: string;
  /** Optional packages the client cannot work without. */
  readonly requires: readonly string[];
}

/** A kind of connection, known by name before anything of its package is loaded. */
export interface RegisteredConnectionType {
  readonly type: string;
  readonly title: string;
  readonly packageName: string;
  /** Imports the package. No vendor SDK is loaded by that. */
  load(): Promise<ConnectionType>;
}
