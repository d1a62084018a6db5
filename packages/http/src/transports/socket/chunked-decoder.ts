import { parseFields, ProtocolError } from './response-head.ts';

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;
/** Hexadecimal digits a chunk's size may have: more than memory has bytes. */
const MOST_SIZE_DIGITS = 12;
/** Bytes of extensions and trailers together. */
const MOST_IGNORED_BYTES = 16 * 1024;

const EXTENSIONS = /^(?:;[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[^"\\\0-\x1f\x7f]|\\[\t\x20-\x7e])*"))?)+$/;

type State = 'size' | 'extension' | 'size-end' | 'data' | 'data-cr' | 'data-lf' | 'trailers' | 'ended';

/** Takes a body out of its chunks. Extensions and trailers are read and thrown away: nothing here asks for any. */
export class ChunkedDecoder {
  readonly #sink: { onBody(bytes: Uint8Array, start: number, end: number): void };
  #state: State = 'size';
  #size = 0;
  #digits = 0;
  #ignored = 0;
  #extension = '';
  #trailers = '';

  constructor(sink: { onBody(bytes: Uint8Array, start: number, end: number): void }) {
    this.#sink = sink;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  reset(): void {
    this.#state = 'size';
    this.#size = this.#digits = this.#ignored = 0;
    this.#extension = this.#trailers = '';
  }

  /** Takes bytes up to the end of the body. @returns Where it stopped. @throws {ProtocolError} */
  push(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && this.#state !== 'ended') {
      if (this.#state === 'data') at = this.#takeData(bytes, at, end);
      else this.#takeByte(bytes[at++] as number);
    }
    return at;
  }

  #takeData(bytes: Uint8Array, start: number, end: number): number {
    const stop = Math.min(end, start + this.#size);
    this.#size -= stop - start;
    if (this.#size === 0) this.#state = 'data-cr';
    this.#sink.onBody(bytes, start, stop);
    return stop;
  }

  #takeByte(byte: number): void {
    switch (this.#state) {
      case 'size':
        return this.#takeSize(byte);
      case 'extension':
        return this.#takeExtension(byte);
      case 'size-end':
        this.#digits = 0;
        return this.#expect(byte, LF, this.#size === 0 ? 'trailers' : 'data');
      case 'data-cr':
        return this.#expect(byte, CR, 'data-lf');
      case 'data-lf':
        return this.#expect(byte, LF, 'size');
      case 'trailers':
        return this.#takeTrailer(byte);
      case 'data':
      case 'ended':
    }
  }

  #takeSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0 && ++this.#digits <= MOST_SIZE_DIGITS) this.#size = this.#size * 16 + digit;
    else if (this.#digits === 0 || digit >= 0) throw new ProtocolError('A chunk of the answer has no size');
    else if (byte === CR) this.#state = 'size-end';
    else if (byte === SEMICOLON) this.#beginExtension();
    else throw new ProtocolError('A chunk of the answer has a size that is no number');
  }

  #beginExtension(): void {
    this.#state = 'extension';
    this.#extension = ';';
  }

  #takeExtension(byte: number): void {
    if (byte !== CR && ++this.#ignored <= MOST_IGNORED_BYTES) this.#extension += String.fromCharCode(byte);
    else if (byte !== CR || !EXTENSIONS.test(this.#extension)) throw new ProtocolError('A chunk of the answer has an extension that is malformed, or too long');
    else this.#state = 'size-end';
  }

  #takeTrailer(byte: number): void {
    if (++this.#ignored > MOST_IGNORED_BYTES) throw new ProtocolError('The trailers of the answer are too long');
    this.#trailers += String.fromCharCode(byte);
    if (this.#trailers !== '\r\n' && !this.#trailers.endsWith('\r\n\r\n')) return;
    const fields = parseFields(this.#trailers.slice(0, -2), 0);
    if (fields.includes('content-length') || fields.includes('transfer-encoding')) throw new ProtocolError('The trailers of the answer frame a message');
    this.#state = 'ended';
  }

  #expect(byte: number, expected: number, next: State): void {
    if (byte !== expected) throw new ProtocolError('A chunk of the answer does not end where it should');
    this.#state = next;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
