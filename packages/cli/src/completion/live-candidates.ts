import { readdir } from 'node:fs/promises';
import { getConnection, listConnections, type ConnectionOptions } from '@cmx/cloud';
import type { CliIo } from '../io.ts';

/** Something that could stand in a word. */
export interface Candidate {
  readonly kind: 'connection' | 'address' | 'path';
  readonly value: string;
  readonly description: string;
}

/** Entries of a bucket that are offered: more than a screen is no help. */
const MAX_ENTRIES = 100;

/**
 * What could follow what was typed: connections, then buckets, then what a bucket holds at that level; or file names. Does not
 * load the catalogue: somebody waits for every millisecond.
 */
export async function liveCandidates(word: string, abortSignal: AbortSignal, io: CliIo): Promise<readonly Candidate[]> {
  const options: ConnectionOptions = { env: io.env, types: io.connectionTypes };
  const [, name, rest] = /^([A-Za-z0-9][\w-]+):(.*)$/s.exec(word) ?? [];
  return name === undefined || rest === undefined ? namesAndPaths(word, options) : addressesIn(name, rest, abortSignal, options);
}

async function namesAndPaths(word: string, options: ConnectionOptions): Promise<Candidate[]> {
  const connections = (await listConnections(options)).flatMap(({ name, title }): Candidate[] => [
    { kind: 'connection', value: name, description: title },
    { kind: 'address', value: `${name}:`, description: title },
  ]);
  const directory = word.slice(0, word.lastIndexOf('/') + 1);
  const entries = await readdir(directory || '.', { withFileTypes: true }).catch(() => []);
  const paths = entries.map((entry): Candidate => ({ kind: 'path', value: `${directory}${entry.name}${entry.isDirectory() ? '/' : ''}`, description: '' }));
  return [...connections, ...paths];
}

async function addressesIn(name: string, rest: string, abortSignal: AbortSignal, options: ConnectionOptions): Promise<Candidate[]> {
  const client = await (await getConnection(name, options)).openStorage();
  const found: Candidate[] = [];
  try {
    const slash = rest.indexOf('/');
    if (slash === -1) {
      for await (const bucket of client.listBuckets({ abortSignal })) found.push({ kind: 'address', value: `${name}:${bucket.name}/`, description: 'bucket' });
      return found;
    }
    const bucket = rest.slice(0, slash);
    for await (const entry of client.listObjects(bucket, { abortSignal, prefix: rest.slice(slash + 1), delimiter: '/' })) {
      found.push({ kind: 'address', value: `${name}:${bucket}/${entry.type === 'prefix' ? entry.prefix : entry.key}`, description: '' });
      if (found.length >= MAX_ENTRIES) break;
    }
    return found;
  } finally {
    await client.close();
  }
}
