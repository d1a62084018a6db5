import { InvalidArgumentError } from '@cmx/cloud-core';

/** A place in a connection's storage: the connection itself, a bucket, a prefix or an object. */
export interface RemoteLocation {
  readonly kind: 'remote';
  readonly connection: string;
  /** `''`: the connection itself. */
  readonly bucket: string;
  /** Everything behind the bucket's slash, to the letter. */
  readonly key: string;
}

/** A path on this machine. */
export interface LocalLocation {
  readonly kind: 'local';
  readonly path: string;
}

/** `-`: standard input or output. */
export interface StandardLocation {
  readonly kind: 'standard';
}

/** What an address stands for. */
export type Location = RemoteLocation | LocalLocation | StandardLocation;

const REMOTE = /^(?<connection>[A-Za-z0-9][A-Za-z0-9_-]+)?:(?:\/\/)?(?<bucket>[^/]*)(?:\/(?<key>[\s\S]*))?$/;
const LOCAL = /^(\.{0,2}\/|\.{1,2}$|~\/|[A-Za-z]:[\\/]|\\\\)/;

/**
 * Reads an address: `connection:bucket/key` (also `connection://bucket/key`), `:bucket/key` in the default connection, a path,
 * `file:PATH`, or `-`. A relative path with a colon in it needs `./` before it.
 *
 * @throws {InvalidArgumentError} It is empty, holds NUL, or needs a default connection and there is none.
 */
export function parseAddress(address: string, defaultConnection?: string): Location {
  if (address === '' || address.includes('\0')) throw badAddress(address, 'it is empty or holds NUL');
  if (address === '-') return { kind: 'standard' };
  if (address.startsWith('file:')) return { kind: 'local', path: address.slice('file:'.length).replace(/^\/\/(?=\/)/, '') || '.' };
  if (LOCAL.test(address)) return { kind: 'local', path: address };
  const { connection = defaultConnection, bucket = '', key = '' } = REMOTE.exec(address)?.groups ?? {};
  if (!REMOTE.test(address)) return { kind: 'local', path: address };
  if (connection === undefined) throw badAddress(address, 'it names no connection and there is no default one (--connection, CMX_CONNECTION)');
  if (bucket === '' && key !== '') throw badAddress(address, 'it names no bucket');
  return { kind: 'remote', connection, bucket, key };
}

/** The address of a place. What comes out goes in again. */
export function formatAddress(location: Location): string {
  switch (location.kind) {
    case 'standard':
      return '-';
    case 'local':
      return LOCAL.test(location.path) || !location.path.includes(':') ? location.path : `./${location.path}`;
    case 'remote':
      return `${location.connection}:${location.bucket}${location.key === '' ? '' : `/${location.key}`}`;
  }
}

/** @throws {InvalidArgumentError} The address is a path or `-`, or goes no further than the connection. */
export function parseBucketAddress(address: string, defaultConnection?: string): RemoteLocation {
  const location = parseAddress(address, defaultConnection);
  if (location.kind !== 'remote' || location.bucket === '') throw badAddress(address, 'a bucket is needed here: connection:bucket');
  return location;
}

/** @throws {InvalidArgumentError} The address is a path or `-`, or names no key. */
export function parseObjectAddress(address: string, defaultConnection?: string): RemoteLocation {
  const location = parseAddress(address, defaultConnection);
  if (location.kind !== 'remote' || location.key === '') throw badAddress(address, 'an object is needed here: connection:bucket/key');
  return location;
}

export function badAddress(address: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(`The address cannot be used: ${why}`, { operation: 'parseAddress', resource: { type: 'address', name: address } });
}
