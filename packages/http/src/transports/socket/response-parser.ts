import type { ResponseHeaders } from '../../transport.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { framingOf, parseHead, ProtocolError, type ResponseHead } from './response-head.ts';

/** Who is told what an answer consists of. */
export interface ResponseSink {
  onHead(status: number, headers: ResponseHeaders): void;
  /** Bytes of the body, in memory that is used again once this has returned. */
  onBody(bytes: Uint8Array, start: number, end: number): void;
  /** The answer is complete. Called after everything of it that came was used. @param keepAlive - Whether the connection may carry another. */
  onEnd(keepAlive: boolean): void;
}

const MOST_HEAD_BYTES = 64 * 1024;
const EMPTY_LINE = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Reads HTTP/1.1 answers from the bytes of one connection, one answer for each {@link expect}.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  readonly #chunks: ChunkedDecoder;
  #state: 'idle' | 'head' | 'length' | 'chunked' | 'close' = 'idle';
  #method = '';
  /** The beginning of a head that came in several reads. */
  #partialHead: Buffer = NOTHING;
  #missingBytes = 0;
  #keepAlive = false;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
    this.#chunks = new ChunkedDecoder(sink);
  }

  /** A request was sent whose answer comes next. */
  expect(method: string): void {
    this.#state = 'head';
    this.#method = method;
  }

  /** Takes what came: the first `size` bytes. @throws {ProtocolError} */
  push(bytes: Buffer, size: number): void {
    let at = 0;
    while (at < size) {
      if (this.#state === 'idle') throw new ProtocolError('More came than was asked for');
      at = this.#take(bytes, at, size);
    }
  }

  /** The peer closed the connection. @returns Whether that completed an answer. */
  close(): boolean {
    if (this.#state !== 'close') return false;
    this.#end(false);
    return true;
  }

  /** @returns Where the next thing begins. */
  #take(bytes: Buffer, start: number, size: number): number {
    if (this.#state === 'head') return this.#takeHead(bytes, start, size);
    if (this.#state === 'chunked') return this.#takeChunks(bytes, start, size);
    const end = this.#state === 'length' ? Math.min(size, start + this.#missingBytes) : size;
    this.#missingBytes -= end - start;
    this.#sink.onBody(bytes, start, end);
    // Its reader may have given up meanwhile.
    if (this.#state === 'length' && this.#missingBytes === 0) this.#end(end === size && this.#keepAlive);
    return end;
  }

  #takeHead(bytes: Buffer, start: number, size: number): number {
    if (this.#partialHead.length > 0) return this.#takeRestOfHead(bytes, start, size);
    const end = bytes.indexOf(EMPTY_LINE, start);
    if (end < 0 || end + EMPTY_LINE.length > size) {
      this.#keepPartialHead(bytes.subarray(start, size));
      return size;
    }
    this.#onHead(parseHead(bytes.toString('latin1', start, end)), end + EMPTY_LINE.length === size);
    return end + EMPTY_LINE.length;
  }

  #takeRestOfHead(bytes: Buffer, start: number, size: number): number {
    const known = this.#partialHead.length;
    const all = Buffer.concat([this.#partialHead, bytes.subarray(start, size)]);
    const end = all.indexOf(EMPTY_LINE, Math.max(0, known - EMPTY_LINE.length));
    if (end < 0) {
      this.#keepPartialHead(all);
      return size;
    }
    this.#partialHead = NOTHING;
    this.#onHead(parseHead(all.toString('latin1', 0, end)), end + EMPTY_LINE.length === all.length);
    return start + end + EMPTY_LINE.length - known;
  }

  #keepPartialHead(bytes: Buffer): void {
    if (bytes.length > MOST_HEAD_BYTES) throw new ProtocolError(`The head of the answer has more than ${String(MOST_HEAD_BYTES)} bytes`);
    this.#partialHead = Buffer.from(bytes);
  }

  /** @param isLast - Whether nothing came after it so far. */
  #onHead(head: ResponseHead, isLast: boolean): void {
    if (head.status === 101) throw new ProtocolError('The peer switches to a protocol that was not asked for');
    if (head.status < 200) return;
    const framing = framingOf(this.#method, head);
    this.#keepAlive = head.keepAlive;
    this.#state = framing.kind;
    this.#missingBytes = framing.kind === 'length' ? framing.sizeInBytes : 0;
    this.#sink.onHead(head.status, head.headers);
    if (framing.kind === 'length' && framing.sizeInBytes === 0) this.#end(isLast && this.#keepAlive);
  }

  #takeChunks(bytes: Buffer, start: number, size: number): number {
    const end = this.#chunks.push(bytes, start, size);
    if (this.#chunks.ended) {
      this.#chunks.reset();
      this.#end(end === size && this.#keepAlive);
    }
    return end;
  }

  #end(keepAlive: boolean): void {
    this.#state = 'idle';
    this.#sink.onEnd(keepAlive);
  }
}
