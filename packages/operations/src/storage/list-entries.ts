import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorFromCode, NotFoundError, type Bucket, type CloudError, type ListEntry, type StorageClient } from '@cmx/cloud-core';
import { listConnections } from '@cmx/cloud';
import type { z } from 'zod';
import { formatAddress, parseAddress, type RemoteLocation } from '../addresses.ts';
import { literalKey, parseGlob } from '../globs.ts';
import { listFrom, takeFrom, type ListRange, type ListScope } from '../list-range.ts';
import type { OperationContext } from '../operation-context.ts';
import { expandHome } from './local-path.ts';
import type { listedEntry } from './schemas.ts';
import { callOptions } from './select-source.ts';

type Entry = z.input<typeof listedEntry>;

export interface ListOptions extends ListRange {
  readonly recursive: boolean;
  readonly glob: boolean;
  readonly startAfter?: string | undefined;
}

const LARGEST_PAGE = 1000;

/** What an address holds: connections, the buckets of one, or the objects and prefixes of a bucket; or the files of a directory. @returns The cursor to go on with, if any. */
export async function* listEntries(address: string | undefined, options: ListOptions, context: OperationContext): AsyncGenerator<Entry, string | undefined> {
  if (address === undefined) return yield* takeFrom(listNames(context), options, scopeOf('', options));
  const location = parseAddress(address, context.defaultConnection);
  if (location.kind === 'standard') throw new NotFoundError('Standard input has no entries', { operation: 'listEntries' });
  const scope = scopeOf(formatAddress(location), options);
  if (location.kind === 'local') return yield* takeFrom(listFiles(expandHome(location.path), options.recursive), options, scope);
  const client = await context.storage(location.connection);
  return yield* location.bucket === '' ? listBuckets(location, client, options, scope, context) : listObjects(location, client, options, scope, context);
}

function scopeOf(place: string, { recursive, glob, startAfter }: ListOptions): ListScope {
  return { operation: 'storage_list_objects', of: [place, recursive, glob, startAfter] };
}

async function* listNames({ connections }: OperationContext): AsyncGenerator<Entry> {
  for (const { name } of await listConnections(connections)) yield { type: 'connection', name: `${name}:`, address: `${name}:` };
}

function listBuckets({ connection }: RemoteLocation, client: StorageClient, range: ListRange, scope: ListScope, context: OperationContext): AsyncGenerator<Entry, string | undefined> {
  const toResult = ({ name, createdAt }: Bucket): Entry => ({ type: 'bucket', name: `${name}/`, address: `${connection}:${name}`, lastModified: createdAt?.toISOString() });
  return listFrom(client.listBuckets(callOptions(context)), range, scope, { toResult, largestPage: LARGEST_PAGE });
}

async function* listObjects(location: RemoteLocation, client: StorageClient, options: ListOptions, scope: ListScope, context: OperationContext): AsyncGenerator<Entry, string | undefined> {
  const glob = options.glob ? parseGlob(location.key) : undefined;
  const base = `${location.connection}:${location.bucket}/`;
  const { startAfter } = options;
  if (glob) {
    const found = client.listObjects(location.bucket, { ...callOptions(context), prefix: glob.prefix, startAfter });
    const toResult = (entry: ListEntry) => (entry.type === 'object' && glob.matches(entry.key) ? toEntry(entry, base, glob.base) : undefined);
    return yield* listFrom(found, options, scope, { toResult });
  }
  const key = options.glob ? literalKey(location.key) : location.key;
  const directory = key === '' || key.endsWith('/') ? key : `${key}/`;
  const found = client.listObjects(location.bucket, { ...callOptions(context), prefix: directory, startAfter, ...(!options.recursive && { delimiter: '/' }) });
  let isEmpty = startAfter === undefined && options.cursor === undefined;
  const toResult = (entry: ListEntry): Entry | undefined => {
    isEmpty = false;
    return entry.type === 'prefix' || entry.key !== directory ? toEntry(entry, base, directory) : undefined;
  };
  const next = yield* listFrom(found, options, scope, { toResult, largestPage: LARGEST_PAGE });
  if (isEmpty && key !== '') yield await describeObject({ ...location, key }, client, context);
  return next;
}

/** Nothing is below it, so it is an object or nothing. */
async function describeObject(location: RemoteLocation, client: StorageClient, context: OperationContext): Promise<Entry> {
  const object = await client.getObjectMetadata(location.bucket, location.key, callOptions(context));
  return {
    type: 'object',
    name: location.key.split('/').at(-1) || location.key,
    address: formatAddress(location),
    sizeInBytes: object.sizeInBytes,
    lastModified: object.lastModified.toISOString(),
    etag: object.etag,
    storageClass: object.storageClass,
  };
}

function toEntry(entry: ListEntry, base: string, directory: string): Entry {
  if (entry.type === 'prefix') return { type: 'prefix', name: entry.prefix.slice(directory.length), address: base + entry.prefix };
  const { key, sizeInBytes, lastModified, etag, storageClass } = entry;
  return { type: 'object', name: key.slice(directory.length), address: base + key, sizeInBytes, lastModified: lastModified.toISOString(), etag, storageClass };
}

async function* listFiles(path: string, recursive: boolean, below = ''): AsyncGenerator<Entry> {
  const entries = await readdir(join(path, below), { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(join(path, below), error);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below + entry.name;
    const address = join(path, name);
    if (entry.isDirectory()) {
      if (recursive) yield* listFiles(path, recursive, `${name}/`);
      else yield { type: 'prefix', name: `${name}/`, address: `${address}/` };
    } else if (entry.isFile()) {
      const stats = await stat(address);
      yield { type: 'object', name, address, sizeInBytes: stats.size, lastModified: stats.mtime.toISOString() };
    }
  }
}

/** A failure to look at a path, typed. */
export function unreadable(path: string, cause: unknown): CloudError {
  const { code } = cause as { code?: string };
  const about = { provider: 'local', operation: 'readDirectory', resource: { type: 'file', name: path }, vendorCode: code, cause };
  if (code === 'ENOENT') return new NotFoundError('There is no such file or directory', about);
  return errorFromCode(code === 'EACCES' || code === 'EPERM' ? 'permission_denied' : 'unknown', 'It cannot be read', about);
}
