import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { CloudError, InvalidArgumentError, NotFoundError, type StorageClient } from '@cmx/cloud-core';
import { bucketOf, filesIn, type TransferEnd, type TransferItem } from '@cmx/transfer';
import { badAddress, formatAddress, parseAddress, type LocalLocation, type RemoteLocation } from '../addresses.ts';
import { literalKey, parseGlob, type Glob } from '../globs.ts';
import type { OperationContext } from '../operation-context.ts';
import { expandHome } from './local-path.ts';

/** How an address is read as a source. */
export interface SelectionOptions {
  /** A directory or prefix means everything below it. */
  readonly recursive: boolean;
  /** Wildcards are wildcards. */
  readonly glob: boolean;
}

/** The objects or files that an address selects. */
export interface Selection {
  readonly end: TransferEnd;
  /** Set when exactly one thing was named. Its key is the name without directories. */
  readonly single?: TransferItem | undefined;
  readonly filter?: ((key: string) => boolean) | undefined;
  /** The last segment of what was named, for a place of its own among several sources. */
  readonly name: string;
}

/**
 * Finds what an address selects: one object or file, everything below a prefix or directory, or all that a pattern matches.
 *
 * @throws {NotFoundError} There is no such object or file. @throws {InvalidArgumentError} It is a directory and `recursive` is not set.
 */
export async function selectSource(address: string, options: SelectionOptions, context: OperationContext): Promise<Selection> {
  const location = parseAddress(address, context.defaultConnection);
  switch (location.kind) {
    case 'standard':
      throw badAddress(address, 'standard input cannot be read here');
    case 'local':
      return selectFiles(location, options);
    case 'remote':
      if (location.bucket === '') throw badAddress(address, 'it names no bucket');
      return selectObjects(location, await context.storage(location.connection), options, context);
  }
}

async function selectObjects(location: RemoteLocation, client: StorageClient, options: SelectionOptions, context: OperationContext): Promise<Selection> {
  const end = (prefix: string, narrowTo = ''): TransferEnd =>
    bucketOf(client, location.bucket, { prefix, narrowTo, label: `${location.connection}:${location.bucket}/${prefix}` });
  const glob = options.glob ? parseGlob(location.key) : undefined;
  if (glob) return { end: end(glob.base, glob.prefix.slice(glob.base.length)), filter: matchesBelow(glob), name: '' };
  const key = options.glob ? literalKey(location.key) : location.key;
  if (options.recursive) {
    const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    return { end: end(prefix), name: lastSegment(prefix) || location.bucket };
  }
  if (key === '') throw isDirectory(formatAddress(location));
  const directory = key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);
  return { end: end(directory), single: await describeObject(client, { ...location, key }, directory, context), name: lastSegment(key) };
}

async function describeObject(client: StorageClient, location: RemoteLocation, directory: string, context: OperationContext): Promise<TransferItem> {
  const { bucket, key } = location;
  try {
    const { sizeInBytes, etag, lastModified } = await client.getObjectMetadata(bucket, key, callOptions(context));
    return { key: key.slice(directory.length), sizeInBytes, etag, lastModified };
  } catch (error) {
    if (CloudError.is(error, 'not_found') && (await hasObjectsBelow(client, location, context))) throw isDirectory(formatAddress(location));
    throw error;
  }
}

async function hasObjectsBelow(client: StorageClient, { bucket, key }: RemoteLocation, context: OperationContext): Promise<boolean> {
  const prefix = key.endsWith('/') ? key : `${key}/`;
  for await (const page of client.listObjects(bucket, { ...callOptions(context), prefix }).byPage({ maxPageSize: 1 })) if (page.items.length > 0) return true;
  return false;
}

async function selectFiles({ path: given }: LocalLocation, options: SelectionOptions): Promise<Selection> {
  const path = expandHome(given);
  const glob = options.glob ? parseGlob(path) : undefined;
  if (glob) return { end: filesIn(glob.base || '.', { label: glob.base }), filter: matchesBelow(glob), name: '' };
  const literal = options.glob ? literalKey(path) : path;
  // What is named outright is followed when it is a symbolic link; links found on the way are not.
  const [real, stats] = await Promise.all([realpath(literal), stat(literal)]).catch((error: unknown) => {
    throw new NotFoundError('There is no such file or directory', { provider: 'local', operation: 'readFile', resource: { type: 'file', name: literal }, cause: error });
  });
  if (stats.isDirectory()) {
    if (!options.recursive) throw isDirectory(literal);
    return { end: filesIn(real, { label: literal.endsWith('/') ? literal : `${literal}/` }), name: basename(real) };
  }
  const label = literal.slice(0, literal.length - basename(literal).length);
  return { end: filesIn(dirname(real), { label }), single: { key: basename(real), sizeInBytes: stats.size, lastModified: stats.mtime }, name: basename(literal) };
}

/** Items are named relative to the pattern's directory; the pattern decides on whole keys. */
function matchesBelow(glob: Glob): (key: string) => boolean {
  return (key) => glob.matches(glob.base + key);
}

function isDirectory(name: string): InvalidArgumentError {
  return new InvalidArgumentError('This is a directory: say --recursive for everything in it', { resource: { type: 'address', name } });
}

function lastSegment(key: string): string {
  return key.replace(/\/$/, '').split('/').at(-1) ?? '';
}

/** What every call of a client gets from the context. */
export function callOptions({ abortSignal, timeoutInMs }: OperationContext): Pick<OperationContext, 'abortSignal' | 'timeoutInMs'> {
  return { abortSignal, timeoutInMs };
}
