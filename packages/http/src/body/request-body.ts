import { InvalidArgumentError } from '@cmx/cloud-core';
import type { RequestBody } from '../transport.ts';
import { concatChunks } from './collected-body.ts';

/** Bytes written at once. Small enough that a slow peer shows as progress, and not as silence. */
const SLICE_IN_BYTES = 256 * 1024;
/** Pieces up to this size together are copied into one write. */
const JOIN_UP_TO_BYTES = 64 * 1024;

export function bodySizeInBytes(body: RequestBody | undefined): number {
  if (body === undefined) return 0;
  if (body instanceof Uint8Array) return body.byteLength;
  if (isPieces(body)) return body.reduce((total, piece) => total + piece.byteLength, 0);
  return body.sizeInBytes;
}

/** The body in one piece, where it is at hand and small; anything else is sent by {@link bodySlices}. */
export function smallBody(body: RequestBody): Uint8Array | undefined {
  if (body instanceof Uint8Array) return body.byteLength <= SLICE_IN_BYTES ? body : undefined;
  if (!isPieces(body)) return undefined;
  return bodySizeInBytes(body) <= JOIN_UP_TO_BYTES ? concatChunks(body) : undefined;
}

/** The body in slices. @throws {InvalidArgumentError} What `open()` delivers is shorter or longer than `sizeInBytes`. */
export async function* bodySlices(body: RequestBody): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield* slices(body);
  else if (isPieces(body)) for (const piece of body) yield* slices(piece);
  else yield* exactly(body.sizeInBytes, body.open());
}

async function* exactly(sizeInBytes: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of source) {
    sent += chunk.byteLength;
    if (sent > sizeInBytes) throw wrongSize(sizeInBytes, 'more');
    yield* slices(chunk);
  }
  if (sent < sizeInBytes) throw wrongSize(sizeInBytes, `only ${String(sent)}`);
}

function wrongSize(sizeInBytes: number, found: string): InvalidArgumentError {
  return new InvalidArgumentError(`The body was to have ${String(sizeInBytes)} bytes and has ${found}`);
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += SLICE_IN_BYTES) yield bytes.subarray(start, start + SLICE_IN_BYTES);
}

/** Whether names and values in turn have this name. */
export function hasHeader(headers: readonly string[], name: string): boolean {
  return headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === name);
}

function isPieces(body: RequestBody): body is readonly Uint8Array[] {
  return Array.isArray(body);
}
