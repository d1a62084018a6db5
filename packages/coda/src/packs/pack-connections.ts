import type { CallOptions } from '@cmx/cloud-core';
import type { CodaApi, ReadOptions } from '../api/coda-api.ts';
import { path } from '../api/path.ts';
import type { PackOauthConfig, PackOauthConfigInput, PackSystemConnection } from './pack-connection-models.ts';
import type { PackSystemConnectionCredentials, PackSystemConnectionPatch } from './pack-credential-models.ts';

/**
 * Reads how a pack signs in by OAuth; secrets are masked.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackOauthConfig
 */
export async function getPackOauthConfig(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<PackOauthConfig> {
  return api.read('getPackOauthConfig', path`/packs/${packId}/oauthConfig`, options);
}

/**
 * Sets how a pack signs in by OAuth.
 *
 * @see https://coda.io/developers/apis/v1#operation/setPackOauthConfig
 */
export async function setPackOauthConfig(api: CodaApi, packId: number, config: PackOauthConfigInput, options: CallOptions = {}): Promise<PackOauthConfig> {
  return api.write({ operation: 'setPackOauthConfig', method: 'PUT', path: path`/packs/${packId}/oauthConfig`, body: config }, options);
}

/**
 * Reads what is known of the credentials a pack uses for all its users; secrets are masked.
 *
 * @see https://coda.io/developers/apis/v1#operation/getPackSystemConnection
 */
export async function getPackSystemConnection(api: CodaApi, packId: number, options: ReadOptions = {}): Promise<PackSystemConnection> {
  return api.read('getPackSystemConnection', path`/packs/${packId}/systemConnection`, options);
}

/**
 * Sets the credentials a pack uses for all its users.
 *
 * @see https://coda.io/developers/apis/v1#operation/setPackSystemConnection
 */
export async function setPackSystemConnection(
  api: CodaApi,
  packId: number,
  credentials: PackSystemConnectionCredentials,
  options: CallOptions = {},
): Promise<PackSystemConnection> {
  return api.write({ operation: 'setPackSystemConnection', method: 'PUT', path: path`/packs/${packId}/systemConnection`, body: { credentials } }, options);
}

/**
 * Changes some of the credentials a pack uses for all its users.
 *
 * @see https://coda.io/developers/apis/v1#operation/patchPackSystemConnection
 */
export async function patchPackSystemConnection(api: CodaApi, packId: number, changes: PackSystemConnectionPatch, options: CallOptions = {}): Promise<PackSystemConnection> {
  return api.write({ operation: 'patchPackSystemConnection', method: 'PATCH', path: path`/packs/${packId}/systemConnection`, body: changes }, options);
}
