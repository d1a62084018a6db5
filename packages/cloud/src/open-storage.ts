import { InvalidArgumentError, type StorageClient } from '@cmx/cloud-core';
import { getConnection, type ConnectionOptions } from './connections/connection.ts';

/** A store and the bucket in it that an address names. */
export interface OpenedStorage {
  readonly client: StorageClient;
  readonly bucket: string;
  readonly connection: string;
}

/**
 * Opens the bucket that `connection:bucket` names, loading only that connection's provider. The client is the caller's to close.
 *
 * @example
 * const { client, bucket } = await openStorage('local:photos');
 * await client.putObject(bucket, 'cat.jpg', bytes);
 *
 * @throws {InvalidArgumentError} The address is not `connection:bucket`, or settings are missing.
 * @throws {NotFoundError} There is no such connection.
 */
export async function openStorage(address: string, options: ConnectionOptions = {}): Promise<OpenedStorage> {
  const match = /^([A-Za-z0-9][A-Za-z0-9_-]+):(?:\/\/)?([^/]+)\/?$/.exec(address);
  const [, name, bucket] = match ?? [];
  if (name === undefined || bucket === undefined) {
    throw new InvalidArgumentError('The address must be "connection:bucket"', { operation: 'openStorage', resource: { type: 'address', name: address } });
  }
  const connection = await getConnection(name, options);
  return { client: await connection.openStorage(), bucket, connection: name };
}
