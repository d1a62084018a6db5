import { PairHeaders } from '../../response-headers.ts';
import { MOST_NAMES_KEPT, TOKEN } from './syntax.ts';

/** What came is not an HTTP/1.1 answer. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code = 'HTTP_PROTOCOL';
}

/** How the end of a body is known: by a count, by its chunks, or by the end of the connection. */
export type Framing = { readonly kind: 'length'; readonly sizeInBytes: number } | { readonly kind: 'chunked' } | { readonly kind: 'close' };

/** The first lines of an answer. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: PairHeaders;
  /** Whether the connection may carry another request afterwards. */
  readonly keepAlive: boolean;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/;
/** Anything that is no printable character, space, tab or proper line end. */
const STRAY_CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/;
const COUNT = /^\d{1,15}$/;

/**
 * Reads the head of an answer, without the empty line that ends it, as RFC 9112 has it and no looser: continued lines, spaces before
 * a colon and stray control characters are refused, because two readers may understand them differently.
 *
 * @throws {ProtocolError}
 */
export function parseHead(text: string): ResponseHead {
  const statusEnd = endOfLine(text, 0);
  const [, minor, status] = STATUS_LINE.exec(text.slice(0, statusEnd)) ?? [];
  if (status === undefined) throw new ProtocolError('The answer is not HTTP/1.1');
  const headers = new PairHeaders(parseFields(text, statusEnd + 2));
  const connection = headers.get('connection')?.toLowerCase();
  return { status: Number(status), headers, keepAlive: minor === '1' ? connection?.includes('close') !== true : connection?.includes('keep-alive') === true };
}

/** How the body that follows a head is framed. @throws {ProtocolError} The head contradicts itself. */
export function framingOf(method: string, { status, headers }: ResponseHead): Framing {
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'length', sizeInBytes: 0 };
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding !== undefined) {
    if (length !== undefined) throw new ProtocolError('The answer has both Content-Length and Transfer-Encoding');
    if (coding.toLowerCase() !== 'chunked') throw new ProtocolError('The answer has a Transfer-Encoding that was not asked for');
    return { kind: 'chunked' };
  }
  return length === undefined ? { kind: 'close' } : { kind: 'length', sizeInBytes: parseLength(length) };
}

function parseLength(text: string): number {
  if (COUNT.test(text)) return Number(text);
  const [first = '', ...others] = text.split(', ');
  if (!COUNT.test(first) || others.some((other) => other !== first)) throw new ProtocolError('The Content-Length of the answer is not a number');
  return Number(first);
}

/** Names in lower case and values in turn, of the lines from there on. @throws {ProtocolError} */
export function parseFields(text: string, start: number): string[] {
  if (STRAY_CONTROL.test(text)) throw new ProtocolError('The headers of the answer have control characters in them');
  const pairs: string[] = [];
  for (let lineStart = start; lineStart < text.length; ) {
    const lineEnd = endOfLine(text, lineStart);
    const colon = text.indexOf(':', lineStart);
    if (colon < 0 || colon > lineEnd) throw new ProtocolError('A header of the answer has no colon');
    pairs.push(lowerName(text.slice(lineStart, colon)), trimmed(text, colon + 1, lineEnd));
    lineStart = lineEnd + 2;
  }
  return pairs;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

const lowerNames = new Map<string, string>();

/** A header's name in lower case. Services send the same few names again and again. */
function lowerName(name: string): string {
  const known = lowerNames.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new ProtocolError('A header of the answer has a name that is none');
  const lower = name.toLowerCase();
  if (lowerNames.size < MOST_NAMES_KEPT) lowerNames.set(name, lower);
  return lower;
}

function trimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
