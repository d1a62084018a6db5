import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import type { PackOauthConfig, PackOauthConfigInput, PackSystemConnection } from './pack-connection-models.ts';
import { getPackOauthConfig, getPackSystemConnection, patchPackSystemConnection, setPackOauthConfig, setPackSystemConnection } from './pack-connections.ts';
import type { PackSystemConnectionCredentials, PackSystemConnectionPatch } from './pack-credential-models.ts';

/** How packs sign in to other services. */
export class PackConnections {
  readonly #api: CodaApi;

  constructor(api: CodaApi) {
    this.#api = api;
  }

  /** Reads how a pack signs in by OAuth; secrets are masked. */
  getOauthConfig(packId: number, options: ReadOptions = {}): Promise<PackOauthConfig> {
    return getPackOauthConfig(this.#api, packId, options);
  }

  /** Sets how a pack signs in by OAuth. */
  setOauthConfig(packId: number, config: PackOauthConfigInput, options: CallOptions = {}): Promise<PackOauthConfig> {
    return setPackOauthConfig(this.#api, packId, config, options);
  }

  /** Reads what is known of the credentials a pack uses for all its users; secrets are masked. */
  getSystemConnection(packId: number, options: ReadOptions = {}): Promise<PackSystemConnection> {
    return getPackSystemConnection(this.#api, packId, options);
  }

  /** Sets the credentials a pack uses for all its users. */
  setSystemConnection(packId: number, credentials: PackSystemConnectionCredentials, options: CallOptions = {}): Promise<PackSystemConnection> {
    return setPackSystemConnection(this.#api, packId, credentials, options);
  }

  /** Changes some of the credentials a pack uses for all its users. */
  patchSystemConnection(packId: number, changes: PackSystemConnectionPatch, options: CallOptions = {}): Promise<PackSystemConnection> {
    return patchPackSystemConnection(this.#api, packId, changes, options);
  }
}
