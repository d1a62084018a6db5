import { lstatSync, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { NotFoundError } from '@cmx/cloud-core';
import type { TransferItem, UncopyableItem } from '../copy-options.ts';
import { toFileError } from './file-errors.ts';

/** Files looked at before others get their turn. */
const BATCH = 64;

/**
 * Everything below a directory, in the order of the bytes of the names (the order object stores list in), in the memory of one
 * directory per level. Symbolic links and devices are named and not followed; a directory that cannot be read is one failed item.
 *
 * @throws {NotFoundError} The directory itself does not exist.
 */
export async function* walkFiles(root: string, abortSignal?: AbortSignal): AsyncGenerator<TransferItem | UncopyableItem> {
  yield* walkDirectory(root, '', await readSorted(root, ''), abortSignal);
}

async function* walkDirectory(root: string, prefix: string, entries: Dirent[], abortSignal?: AbortSignal): AsyncGenerator<TransferItem | UncopyableItem> {
  for (let start = 0; start < entries.length; start += BATCH) {
    abortSignal?.throwIfAborted();
    const batch = entries.slice(start, start + BATCH);
    for (const entry of batch) {
      if (entry.isDirectory()) yield* walkBelow(root, `${prefix}${entry.name}/`, abortSignal);
      else yield describeFile(root, prefix + entry.name, entry);
    }
    await setImmediate();
  }
}

async function* walkBelow(root: string, prefix: string, abortSignal?: AbortSignal): AsyncGenerator<TransferItem | UncopyableItem> {
  let entries: Dirent[];
  try {
    entries = await readSorted(root, prefix);
  } catch (error) {
    yield { key: prefix, error: toFileError(error, 'readDirectory', join(root, prefix)) };
    return;
  }
  yield* walkDirectory(root, prefix, entries, abortSignal);
}

/** A directory sorts as its name with a slash, so that keys come out in order across levels. */
async function readSorted(root: string, prefix: string): Promise<Dirent[]> {
  const directory = join(root, prefix);
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const named = entries.map((entry) => ({ entry, bytes: Buffer.from(entry.isDirectory() ? `${entry.name}/` : entry.name) }));
    return named.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ entry }) => entry);
  } catch (error) {
    if (prefix === '' && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new NotFoundError('The directory does not exist', { provider: 'local', operation: 'readDirectory', resource: { type: 'directory', name: directory }, cause: error });
    }
    throw toFileError(error, 'readDirectory', directory);
  }
}

/** Synchronous, as `statFile` is: the listing is to run ahead of the copies, not to wait in line with them. */
function describeFile(root: string, key: string, entry: Dirent): TransferItem | UncopyableItem {
  if (entry.isSymbolicLink()) return { key, skipped: 'symbolic link' };
  if (!entry.isFile()) return { key, skipped: 'not a regular file' };
  try {
    const { size, mtime } = lstatSync(join(root, key));
    return { key, sizeInBytes: size, lastModified: mtime };
  } catch (error) {
    return { key, error: toFileError(error, 'readFile', join(root, key)) };
  }
}
