import { ProtocolError } from './response-head.ts';

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;
/** Hexadecimal digits a chunk's size may have: more than memory has bytes. */
const MOST_SIZE_DIGITS = 12;
/** Bytes of extensions and of trailers that are passed over. */
const MOST_IGNORED_BYTES = 16 * 1024;

type State = 'size' | 'extension' | 'size-end' | 'data' | 'data-cr' | 'data-lf' | 'trailer-start' | 'trailer' | 'trailer-lf' | 'last-lf' | 'ended';

/** Takes a body out of its chunks. Extensions and trailers are passed over: nothing here asks for any. */
export class ChunkedDecoder {
  readonly #sink: { onBody(bytes: Uint8Array, start: number, end: number): void };
  #state: State = 'size';
  #size = 0;
  #digits = 0;
  #ignored = 0;

  constructor(sink: { onBody(bytes: Uint8Array, start: number, end: number): void }) {
    this.#sink = sink;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  reset(): void {
    this.#state = 'size';
    this.#size = this.#digits = this.#ignored = 0;
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
        if (byte === CR) this.#state = 'size-end';
        else this.#ignore(byte);
        return;
      case 'size-end':
        this.#expect(byte, LF, this.#size === 0 ? 'trailer-start' : 'data');
        this.#digits = 0;
        return;
      case 'data-cr':
        return this.#expect(byte, CR, 'data-lf');
      case 'data-lf':
        return this.#expect(byte, LF, 'size');
      case 'trailer-start':
        this.#state = byte === CR ? 'last-lf' : 'trailer';
        return this.#ignore(byte === CR ? SEMICOLON : byte);
      case 'trailer':
        if (byte === CR) this.#state = 'trailer-lf';
        else this.#ignore(byte);
        return;
      case 'trailer-lf':
        return this.#expect(byte, LF, 'trailer-start');
      case 'last-lf':
        return this.#expect(byte, LF, 'ended');
      case 'data':
      case 'ended':
    }
  }

  #takeSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0 && ++this.#digits <= MOST_SIZE_DIGITS) this.#size = this.#size * 16 + digit;
    else if (this.#digits === 0 || digit >= 0) throw new ProtocolError('A chunk of the answer has no size');
    else if (byte === CR) this.#state = 'size-end';
    else if (byte === SEMICOLON || byte === 0x20 || byte === 0x09) this.#state = 'extension';
    else throw new ProtocolError('A chunk of the answer has a size that is no number');
  }

  #ignore(byte: number): void {
    if (byte === LF || ++this.#ignored > MOST_IGNORED_BYTES) throw new ProtocolError('A chunk extension or trailer of the answer is malformed, or too long');
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
