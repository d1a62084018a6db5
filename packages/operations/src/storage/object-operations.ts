import { stat } from 'node:fs/promises';
import { InvalidArgumentError, NotFoundError, type ByteRange, type ObjectMetadata } from '@cmx/cloud-core';
import { z } from 'zod';
import { badAddress, formatAddress, parseAddress, parseObjectAddress, type RemoteLocation } from '../addresses.ts';
import { defineOperation } from '../operation.ts';
import type { OperationContext } from '../operation-context.ts';
import { unreadable } from './list-entries.ts';
import { expandHome } from './local-path.ts';
import { readSelection } from './read-selection.ts';
import { address, glob, objectAddress, recursive, time } from './schemas.ts';
import { callOptions, selectSource } from './select-source.ts';

const versionId = z.string().optional().describe('A kept version instead of the current state');

const placeDescription = z.object({
  address: z.string(),
  type: z.enum(['connection', 'bucket', 'object', 'file', 'directory']),
  sizeInBytes: z.number().optional(),
  lastModified: time.optional(),
  etag: z.string().optional(),
  versionId: z.string().optional(),
  contentType: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  contentDisposition: z.string().optional(),
  cacheControl: z.string().optional(),
  storageClass: z.string().optional(),
  serverSideEncryption: z.string().optional(),
  checksums: z.record(z.string(), z.string()).optional().describe('Base64 by algorithm'),
  checksumType: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

type PlaceDescription = z.input<typeof placeDescription>;

export const statOperation = defineOperation({
  name: 'storage_stat_object',
  summary: 'Show everything known of an object, bucket or file, without its content',
  risk: 'READ',
  input: z.object({ address, versionId }),
  output: placeDescription,
  returns: 'value',
  cli: {
    command: 'stat',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    columns: ['address', 'type', 'sizeInBytes', 'lastModified', 'etag'],
    primary: 'address',
    examples: [['cmx stat prod:photos/cat.jpg --json=etag,checksums', 'two fields as JSON']],
  },
  async handler(input, context) {
    const location = parseAddress(input.address, context.defaultConnection);
    if (location.kind === 'standard') throw badAddress(input.address, 'a stream has no metadata');
    if (location.kind === 'local') return describePath(expandHome(location.path));
    return location.key === '' ? describeBucket(location, context) : describeObject(location, input.versionId, context);
  },
});

async function describeObject(location: RemoteLocation, version: string | undefined, context: OperationContext): Promise<PlaceDescription> {
  const client = await context.storage(location.connection);
  const { key: _, lastModified, expires: __, tagCount: ___, ...rest } = await client.getObjectMetadata(location.bucket, location.key, { ...callOptions(context), versionId: version });
  return { address: formatAddress(location), type: 'object', ...toPlainRecords(rest), lastModified: lastModified.toISOString() };
}

function toPlainRecords(metadata: Omit<ObjectMetadata, 'key' | 'lastModified' | 'expires' | 'tagCount'>) {
  return { ...metadata, metadata: { ...metadata.metadata }, checksums: metadata.checksums && { ...metadata.checksums } };
}

async function describeBucket(location: RemoteLocation, context: OperationContext): Promise<PlaceDescription> {
  const client = await context.storage(location.connection);
  if (location.bucket === '') return { address: formatAddress(location), type: 'connection' };
  if (await client.bucketExists(location.bucket, callOptions(context))) return { address: formatAddress(location), type: 'bucket' };
  const about = { provider: client.provider, operation: 'bucketExists', resource: { type: 'bucket', name: location.bucket } };
  throw new NotFoundError('There is no such bucket', about, 'bucket_not_found');
}

async function describePath(path: string): Promise<PlaceDescription> {
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const lastModified = stats.mtime.toISOString();
  return stats.isDirectory() ? { address: path, type: 'directory', lastModified } : { address: path, type: 'file', sizeInBytes: stats.size, lastModified };
}

export const readOperation = defineOperation({
  name: 'storage_read_object',
  summary: 'Write the content of objects or files to standard output',
  risk: 'READ_CONTENT',
  input: z.object({
    addresses: z.array(address).min(1).describe('Addresses, paths or patterns'),
    range: z.string().regex(/^(\d+-\d*|-\d+)$/, 'must be START-END, START- or -LAST').optional().describe('Bytes START-END (inclusive), START-, or -LAST'),
    recursive,
    glob,
  }),
  returns: 'bytes',
  cli: {
    command: 'cat',
    arguments: [{ field: 'addresses', label: 'ADDRESS', variadic: true, complete: 'address' }],
    short: { recursive: 'r' },
    columns: [],
    primary: 'address',
    examples: [
      ['cmx cat prod:logs/today.gz | gunzip', 'one object'],
      ['cmx cat prod:big.bin --range 0-1023 | xxd', 'its first KiB'],
    ],
  },
  async *handler(input, context) {
    const range = input.range === undefined ? undefined : parseRange(input.range);
    for (const place of input.addresses) {
      const selection = await selectSource(place, input, context);
      for await (const { open } of readSelection(selection, context, range)) yield* open();
    }
  },
});

function parseRange(text: string): ByteRange {
  const [start, end] = text.split('-');
  if (start === '') return { suffix: Number(end) };
  if (end && Number(end) < Number(start)) throw new InvalidArgumentError('The range ends before it begins', { operation: 'storage_read_object' });
  return { start: Number(start), end: end ? Number(end) : undefined };
}

export const presignOperation = defineOperation({
  name: 'storage_presign_url',
  summary: 'Make a URL that anybody can use until it expires',
  risk: 'EXPOSE',
  input: z.object({
    address: objectAddress,
    method: z.enum(['GET', 'PUT', 'HEAD', 'DELETE']).default('GET').describe('What the URL is good for'),
    expiresInSeconds: z.int().min(1).max(604_800).default(900).describe('Seconds until it expires').meta({ flag: 'expires-in' }),
    contentType: z.string().optional().describe('PUT: the type the upload must have'),
    versionId,
    wait: z.boolean().default(false).describe('Stay until it expires: needed for a store without a server of its own (local)'),
  }),
  output: z.object({ url: z.string(), method: z.string(), headers: z.record(z.string(), z.string()).describe('Must be sent along exactly so'), expiresAt: time }),
  returns: 'value',
  cli: {
    command: 'presign',
    arguments: [{ field: 'address', label: 'ADDRESS', complete: 'address' }],
    short: { method: 'X' },
    columns: ['url', 'method', 'headers', 'expiresAt'],
    primary: 'url',
    examples: [['curl -O "$(cmx presign prod:documents/report.pdf -o name)"', 'download without credentials']],
  },
  async handler({ address: place, wait, ...options }, context) {
    const { connection, bucket, key } = parseObjectAddress(place, context.defaultConnection);
    const client = await context.storage(connection);
    const isServedHere = client.capabilities.facts.wire === 'none' && client.capabilities.presignedUrls.length > 0;
    if (isServedHere && !wait) {
      throw new InvalidArgumentError('This store has no server of its own: its URLs work while cmx runs. Say --wait to stay', { operation: 'storage_presign_url' });
    }
    const { url, method, headers, expiresAt } = await client.generatePresignedUrl(bucket, key, { ...callOptions(context), ...options });
    if (wait) context.keepOpenUntil(expiresAt);
    return { url, method, headers: { ...headers }, expiresAt: expiresAt.toISOString() };
  },
});
