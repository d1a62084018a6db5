import { createReadStream } from 'node:fs';
import { InvalidArgumentError } from '@cmx/cloud-core';
import { fileError, writeFileAtomically } from '@cmx/cloud-core/files';
import type { OperationContext, StandardStreams } from './operation-context.ts';
import { expandHome } from './storage/local-path.ts';

/** Bytes of a file, or of standard input (`-`). @throws {NotFoundError} There is no such file. */
export async function* readInput(file: string, context: OperationContext): AsyncGenerator<Uint8Array> {
  if (file === '-') {
    yield* streamsOf(context).input;
    return;
  }
  const path = expandHome(file);
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw fileError(error, path, { provider: 'local', operation: 'readFile' });
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
  let sizeInBytes = 0;
  await writeFileAtomically(expandHome(file), true, { provider: 'local', operation: 'writeFile' }, async (handle) => {
    sizeInBytes = await pump(content, (chunk) => handle.writeFile(chunk));
  });
  return sizeInBytes;
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
  if (!streams) throw new InvalidArgumentError('There is no standard input or output here', { operation: 'standardStreams' });
  return streams;
}
