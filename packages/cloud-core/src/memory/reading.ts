import type { BodyAnswer } from '../body/answer-reader.ts';
import { NotModifiedError, PreconditionFailedError, RangeNotSatisfiableError } from '../errors/errors.ts';
import type { ByteRange, ReadConditions, StoredObject } from '../storage/models.ts';
import type { StoredRecord } from './object-record.ts';

const SECOND = 1000;
/** Larger bodies are handed out in pieces of this size, so that a reader who stops early costs little. */
const PIECE_BYTES = 64 * 1024;

/**
 * Holds a read's conditions against the object, in the order HTTP has them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
export function assertReadConditions({ lastModified, content }: StoredRecord, conditions: ReadConditions): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const modified = Math.floor(lastModified.getTime() / SECOND);
  if (ifMatch !== undefined ? !matches(content.etag, ifMatch) : ifUnmodifiedSince !== undefined && modified > Math.floor(ifUnmodifiedSince.getTime() / SECOND)) {
    throw new PreconditionFailedError('The object is in another state');
  }
  if (ifNoneMatch !== undefined ? matches(content.etag, ifNoneMatch) : ifModifiedSince !== undefined && modified <= Math.floor(ifModifiedSince.getTime() / SECOND)) {
    throw new NotModifiedError('The object has not changed', { details: { etag: content.etag } });
  }
}

function matches(etag: string, condition: string): boolean {
  return condition === '*' || condition === etag;
}

/** Which bytes a range means. @throws {RangeNotSatisfiableError} It begins behind the end. */
export function resolveRange(range: ByteRange | undefined, totalSizeInBytes: number): StoredObject['range'] {
  if (range === undefined) return undefined;
  const start = 'suffix' in range ? Math.max(0, totalSizeInBytes - range.suffix) : range.start;
  if (start >= totalSizeInBytes) throw new RangeNotSatisfiableError(`The range begins at byte ${String(start)} of ${String(totalSizeInBytes)}`);
  const end = 'suffix' in range || range.end === undefined ? totalSizeInBytes - 1 : Math.min(range.end, totalSizeInBytes - 1);
  return { start, end, totalSizeInBytes };
}

/** The bytes for a reader: always copies, since the store's own must not change. */
export function bodyOf(bytes: Uint8Array, range: StoredObject['range']): Uint8Array | BodyAnswer {
  const slice = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  return slice.length <= PIECE_BYTES ? new Uint8Array(slice) : { chunks: piecesOf(slice) };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) yield bytes.slice(start, start + PIECE_BYTES);
}
