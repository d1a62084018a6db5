/** Bytes on their way in: anything a caller may have in hand. Text is sent as UTF-8. A Node `Readable` is an `AsyncIterable`. */
export type BodyInput =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array>;

/**
 * Bytes on their way out. Nothing is decoded: what was stored is what is read. Use exactly one of the readers, once.
 *
 * A body that nobody reads gives its connection back: small ones are buffered, large ones are parked and reopened with
 * `Range` and `If-Match` when somebody reads after all. `await using` or {@link discard} releases at once.
 */
export interface ReadableBody extends AsyncIterable<Uint8Array>, AsyncDisposable {
  /** Bytes this body will deliver, where the service says so. */
  readonly sizeInBytes: number | undefined;
  /** Whether a reader has been taken. */
  readonly bodyUsed: boolean;
  stream(): ReadableStream<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  /** The body as UTF-8. */
  text(): Promise<string>;
  json<T = unknown>(): Promise<T>;
  /** Lets go of the body and its connection without reading it. */
  discard(): Promise<void>;
}
