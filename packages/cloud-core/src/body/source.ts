import type { CloudErrorFields } from '../errors/cloud-error.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import { nameOf } from '../validation/checks.ts';
import { ChunkSource, type ChunkIterator, type ChunkSourceOptions } from './chunk-source.ts';
import type { BodyInput } from './types.ts';

/**
 * A body ready to be sent, whatever it was made from. Bytes are copied into the buffers it is given, so nothing of the caller's
 * is retained. Exactly one reader, from the start to the end; {@link close} in every case.
 */
export interface BodySource {
  /** Bytes in all, where that is known before reading. A body that turns out shorter or longer fails. */
  readonly sizeInBytes: number | undefined;
  /** The whole body, when it is in memory already. */
  readonly bytes?: Uint8Array | undefined;
  /** Copies the next bytes into `target`. @returns How many; fewer than fit only at the end. */
  fill(target: Uint8Array): Promise<number>;
  /** Whether every byte has been read. Looks ahead when it must. */
  atEnd(): Promise<boolean>;
  /** Lets go of what the body was made from: generators return, streams are cancelled. Never throws. */
  close(reason?: unknown): Promise<void>;
}

export interface OpenBodyOptions {
  /** The caller's claim. It is held against what the body says of itself, and against what it delivers. */
  readonly sizeInBytes?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  /** Milliseconds to wait for the next chunk of a stream. Default 300,000: a program that writes has more patience than a network. */
  readonly idleTimeoutInMs?: number | undefined;
  /** Provider, operation and resource for errors. */
  readonly where: CloudErrorFields;
}

/** Bytes taken from a Blob at once: it is never read whole. */
const BLOB_SLICE_BYTES = 1024 * 1024;

/**
 * Opens whatever a caller may have in hand.
 *
 * @throws {InvalidArgumentError} It is no body, is locked, or its size differs from the one declared.
 */
export function openBody(input: BodyInput | BodySource, options: OpenBodyOptions): BodySource {
  const source = open(input, options);
  const { sizeInBytes, where } = options;
  if (sizeInBytes !== undefined && source.sizeInBytes !== undefined && source.sizeInBytes !== sizeInBytes) {
    throw new InvalidArgumentError(`The body has ${String(source.sizeInBytes)} bytes; ${String(sizeInBytes)} were declared`, where);
  }
  return source;
}

/** The body as bytes, when that takes no reading. */
export function bytesOf(input: unknown): Uint8Array | undefined {
  if (typeof input === 'string') return new TextEncoder().encode(input);
  if (input instanceof Uint8Array) return input;
  return input instanceof ArrayBuffer ? new Uint8Array(input) : undefined;
}

function open(input: BodyInput | BodySource, options: OpenBodyOptions): BodySource {
  const bytes = bytesOf(input);
  if (bytes !== undefined) return new MemorySource(bytes);
  if (typeof input !== 'object' || input === null || ArrayBuffer.isView(input)) throw notABody(input, options.where);
  if ('atEnd' in input) return input;
  const chunks: ChunkSourceOptions = { idleTimeoutInMs: 300_000, ...options };
  if (input instanceof Blob) return new ChunkSource(blobChunks(input), { ...chunks, sizeInBytes: input.size });
  if ('getReader' in input) return new ChunkSource(streamChunks(input, options.where), chunks);
  if (Symbol.asyncIterator in input) return new ChunkSource(asyncChunks(input), chunks);
  if (Symbol.iterator in input) return new ChunkSource(syncChunks(input), chunks);
  throw notABody(input, options.where);
}

function notABody(input: unknown, where: CloudErrorFields): InvalidArgumentError {
  const kinds = 'a string, Uint8Array, ArrayBuffer, Blob, ReadableStream or iterable of Uint8Array';
  return new InvalidArgumentError(`The body must be ${kinds}, not ${nameOf(input)}`, where);
}

class MemorySource implements BodySource {
  readonly bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get sizeInBytes(): number {
    return this.bytes.length;
  }

  async fill(target: Uint8Array): Promise<number> {
    const slice = this.bytes.subarray(this.#position, this.#position + target.length);
    target.set(slice);
    this.#position += slice.length;
    return slice.length;
  }

  async atEnd(): Promise<boolean> {
    return this.#position === this.bytes.length;
  }

  async close(): Promise<void> {
    // The bytes are the caller's.
  }
}

function blobChunks(blob: Blob): ChunkIterator {
  let position = 0;
  return {
    async next() {
      if (position >= blob.size) return { done: true, value: undefined };
      const slice = blob.slice(position, position + BLOB_SLICE_BYTES);
      position += slice.size;
      return { value: new Uint8Array(await slice.arrayBuffer()) };
    },
  };
}

function streamChunks(stream: ReadableStream<Uint8Array>, where: CloudErrorFields): ChunkIterator {
  if (stream.locked) throw new InvalidArgumentError('The body is a stream that somebody else is reading (it is locked)', where);
  // Not every runtime's ReadableStream is async-iterable, and only a reader can be cancelled while a read is pending.
  const reader = stream.getReader();
  return { next: () => reader.read(), stop: (reason) => reader.cancel(reason) };
}

function asyncChunks(iterable: AsyncIterable<Uint8Array | string>): ChunkIterator {
  const iterator = iterable[Symbol.asyncIterator]();
  const { destroy } = iterable as { destroy?: unknown };
  return {
    next: () => iterator.next(),
    stop() {
      // A Node stream: its iterator's return() would queue behind a read that never comes.
      if (typeof destroy === 'function') destroy.call(iterable);
      return iterator.return?.();
    },
  };
}

function syncChunks(iterable: Iterable<Uint8Array>): ChunkIterator {
  const iterator = iterable[Symbol.iterator]();
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}
