const PLAIN_TEXT = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const ENCODED_WORD = /=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi;
const BETWEEN_WORDS = /(\?=)\s+(?==\?)/g;

/**
 * A value of user metadata as a header can carry it. What is not plain ASCII, what a server would trim, and what looks encoded
 * already becomes one RFC 2047 encoded word, the form S3 itself answers with.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function encodeHeaderText(text: string): string {
  if (text === '' || (PLAIN_TEXT.test(text) && !text.includes('=?'))) return text;
  return `=?UTF-8?B?${toBase64(new TextEncoder().encode(text))}?=`;
}

/** Reads what {@link encodeHeaderText} or S3 wrote; raw UTF-8, which some servers send, is read as well. */
export function decodeHeaderText(value: string): string {
  if (value.includes('=?')) return value.replace(BETWEEN_WORDS, '$1').replace(ENCODED_WORD, decodeWord);
  return /[^\x00-\x7f]/.test(value) ? fromRawUtf8(value) : value;
}

function decodeWord(word: string, charset: string, encoding: string, payload: string): string {
  try {
    const bytes = encoding.toLowerCase() === 'b' ? fromBase64(payload) : fromQuoted(payload);
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return word;
  }
}

function fromQuoted(payload: string): Uint8Array {
  const text = payload.replaceAll('_', ' ').replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Headers arrive as one character a byte. */
function fromRawUtf8(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  } catch {
    return value;
  }
}

/** Base64 with padding. For small values: keys, digests, metadata. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
