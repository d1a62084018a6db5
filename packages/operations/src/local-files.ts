import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { InvalidArgumentError, NotFoundError } from '@cmx/cloud-core';
import type { OperationContext, StandardStreams } from './operation-context.ts';
import { expandHome } from './storage/local-path.ts';

/** Bytes of a file, or of standard input (`-`). @throws {NotFoundError} The file cannot be opened. */
export async function* readInput(file: string, context: OperationContext): AsyncGenerator<Uint8Array> {
  if (file === '-') {
    yield* streamsOf(context).input;
    return;
  }
  try {
    yield* createReadStream(expandHome(file)) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new NotFoundError('The file cannot be read', { provider: 'local', operation: 'readFile', resource: { type: 'file', name: file }, cause: error });
  }
}

/** The whole of `readInput`, for what is small or must be seen at once. */
export async function readWholeInput(file: string, context: OperationContext): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readInput(file, context)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes to a file, which appears when it is whole, or to standard output (`-`). @returns The bytes written. */
export async function writeOutput(file: string, content: AsyncIterable<Uint8Array | string>, context: OperationContext): Promise<number> {
  if (file === '-') return pump(content, (chunk) => streamsOf(context).write(chunk));
  const path = expandHome(file);
  const temporary = `${path}.${String(process.pid)}.cmx-partial`;
  const handle = await open(temporary, 'w');
  try {
    const sizeInBytes = await pump(content, async (chunk) => {
      await handle.writeFile(chunk);
    });
    await handle.close();
    await rename(temporary, path);
    return sizeInBytes;
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
}

async function pump(content: AsyncIterable<Uint8Array | string>, write: (chunk: Uint8Array) => Promise<void>): Promise<number> {
  const encoder = new TextEncoder();
  let sizeInBytes = 0;
  for await (const piece of content) {
    const chunk = typeof piece === 'string' ? encoder.encode(piece) : piece;
    await write(chunk);
    sizeInBytes += chunk.byteLength;
  }
  return sizeInBytes;
}

/** @throws {InvalidArgumentError} The caller has none. */
export function streamsOf({ streams }: OperationContext): StandardStreams {
  if (!streams) throw new InvalidArgumentError('There is no standard input or output here', { operation: 'copyObjects' });
  return streams;
}
