import { invalidArgument } from '../api/coda-errors.ts';

/** Text or bytes, whole or in pieces: a string, a file's stream, a `Blob`, the body of an answer. */
export type TextSource = string | Uint8Array | Blob | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * The source as text.
 *
 * @param encoding - Any that `TextDecoder` knows.
 * @throws {InvalidArgumentError} A byte does not belong to the encoding; the message has its block.
 */
export async function* textOf(source: TextSource, encoding = 'utf-8'): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let offset = 0;
  for await (const piece of piecesOf(source)) {
    if (typeof piece === 'string') yield piece;
    else yield decode(() => decoder.decode(piece, { stream: true }), encoding, offset);
    offset += piece.length;
  }
  const rest = decode(() => decoder.decode(), encoding, offset);
  if (rest !== '') yield rest;
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    throw invalidArgument(`"${encoding}" is no encoding`, { cause: error });
  }
}

function piecesOf(source: TextSource): AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> {
  if (typeof source === 'string' || source instanceof Uint8Array) return [source];
  return source instanceof Blob ? source.stream() : source;
}

function decode(read: () => string, encoding: string, offset: number): string {
  try {
    return read();
  } catch (error) {
    throw invalidArgument(`The text is not ${encoding} (at or behind byte ${String(offset)}); name its encoding`, { cause: error });
  }
}

/** The text's lines without their ends, and without the mark some programs put in front of a file. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}
