import { readdir } from 'node:fs/promises';
import { listConnections } from '@cmx/cloud';
import { createOperationContext, parseAddress, type RemoteLocation } from '@cmx/operations';
import type { CliIo } from '../io.ts';

/** Something that could stand in a word. */
export interface Candidate {
  readonly kind: 'connection' | 'address' | 'path';
  readonly value: string;
  readonly description: string;
}

/** Entries of a bucket that are offered: more than a screen is no help. */
const MAX_ENTRIES = 100;

/** What could follow what was typed: connections, then buckets, then what a bucket holds at that level; or file names. */
export async function liveCandidates(word: string, abortSignal: AbortSignal, io: CliIo): Promise<readonly Candidate[]> {
  const connections = { env: io.env, types: io.connectionTypes };
  if (!word.includes(':')) {
    const found = (await listConnections(connections)).flatMap(({ name, title }): Candidate[] => [
      { kind: 'connection', value: name, description: title },
      { kind: 'address', value: `${name}:`, description: title },
    ]);
    return [...found, ...(await pathCandidates(word))];
  }
  const location = parseAddress(word, io.env['CMX_CONNECTION']);
  if (location.kind !== 'remote') return pathCandidates(word);
  await using context = createOperationContext({ abortSignal, connections, defaultConnection: io.env['CMX_CONNECTION'] });
  const lead = word.slice(0, word.indexOf(':') + 1);
  const client = await context.storage(location.connection);
  const found: Candidate[] = [];
  if (!word.slice(lead.length).includes('/')) {
    for await (const { name } of client.listBuckets({ abortSignal })) found.push({ kind: 'address', value: `${lead}${name}/`, description: 'bucket' });
    return found;
  }
  for await (const entry of client.listObjects(location.bucket, { abortSignal, prefix: location.key, delimiter: '/' })) {
    found.push(toCandidate(lead, location, entry.type === 'prefix' ? entry.prefix : entry.key));
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}

function toCandidate(lead: string, { bucket }: RemoteLocation, key: string): Candidate {
  return { kind: 'address', value: `${lead}${bucket}/${key}`, description: '' };
}

async function pathCandidates(word: string): Promise<Candidate[]> {
  const directory = word.slice(0, word.lastIndexOf('/') + 1);
  const entries = await readdir(directory || '.', { withFileTypes: true }).catch(() => []);
  return entries.map((entry) => ({ kind: 'path', value: `${directory}${entry.name}${entry.isDirectory() ? '/' : ''}`, description: '' }));
}
