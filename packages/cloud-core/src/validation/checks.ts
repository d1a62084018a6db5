/**
 * Says what is wrong with a value, or nothing. Every check is a few comparisons: they run before each call.
 * The words follow the argument's name: "the key" + "must not be empty".
 */
export type Check = (value: unknown) => string | undefined;

const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = /[\0-\x1f\x7f]/;
const CONTROL_BUT_TAB = /[\0-\x08\x0a-\x1f\x7f]/;
const HEADER_VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const METADATA_NAME = /^[\w-]+$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes of a digest, by algorithm. */
const DIGEST_BYTES: Readonly<Record<string, number>> = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32, md5: 16 };

/** Bytes of a text in UTF-8, without encoding it. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair is four bytes over two units, so each half adds one.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** Text that is not empty, can be written as UTF-8 and has no control characters. */
export const text: Check = (value) => {
  if (typeof value !== 'string') return `must be a string, not ${nameOf(value)}`;
  if (value === '') return 'must not be empty';
  if (LONE_SURROGATE.test(value)) return 'is not well-formed Unicode';
  return CONTROL.test(value) ? 'must not contain control characters' : undefined;
};

/** A string, possibly empty, that can be written as UTF-8: a prefix, a delimiter, a key to start after. */
export const anyText: Check = (value) => {
  if (typeof value !== 'string') return `must be a string, not ${nameOf(value)}`;
  return LONE_SURROGATE.test(value) ? 'is not well-formed Unicode' : undefined;
};

/** What may be the value of a header of ours, to the letter: nothing in it can end the header or be trimmed. */
export const headerValue: Check = (value) => {
  if (typeof value !== 'string') return `must be a string, not ${nameOf(value)}`;
  return HEADER_VALUE.test(value) ? undefined : 'must be printable ASCII without blanks at its ends';
};

export const positiveInteger: Check = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? undefined : `must be a positive integer, not ${nameOf(value)}`;

export const wholeNumber: Check = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? undefined : `must be a whole number, 0 or more, not ${nameOf(value)}`;

export const yesOrNo: Check = (value) => (typeof value === 'boolean' ? undefined : `must be true or false, not ${nameOf(value)}`);

export const yesOrText: Check = (value) =>
  typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? undefined : `must be true, false or a text that is not empty, not ${nameOf(value)}`;

export const callback: Check = (value) => (typeof value === 'function' ? undefined : `must be a function, not ${nameOf(value)}`);

export const date: Check = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : `must be a valid Date, not ${nameOf(value)}`;

export const bytes: Check = (value) => (value instanceof Uint8Array ? undefined : `must be a Uint8Array, not ${nameOf(value)}`);

/** One of a few words. */
export function oneOf(...words: readonly string[]): Check {
  return (value) => (words.includes(value as string) ? undefined : `must be ${words.map((word) => `"${word}"`).join(' or ')}, not ${nameOf(value)}`);
}

export const abortSignal: Check = (value) =>
  typeof (value as AbortSignal | null)?.aborted === 'boolean' && typeof (value as AbortSignal).addEventListener === 'function'
    ? undefined
    : `must be an AbortSignal, not ${nameOf(value)}`;

/** Milliseconds a timer can hold: longer ones would fire at once. */
export const timeout: Check = (value) =>
  typeof value === 'number' && value > 0 && value <= 0x7fff_ffff ? undefined : `must be a number of milliseconds between 0 and 2147483647, not ${nameOf(value)}`;

/** `{ start, end? }` or `{ suffix }`, in bytes. */
export const byteRange: Check = (value) => {
  if (!isRecord(value)) return `must be { start, end } or { suffix }, not ${nameOf(value)}`;
  const { start, end, suffix } = value;
  if (suffix !== undefined) {
    if (start !== undefined || end !== undefined) return 'must have either start or suffix';
    return part('.suffix', positiveInteger(suffix));
  }
  const wrong = part('.start', wholeNumber(start)) ?? (end === undefined ? undefined : part('.end', wholeNumber(end)));
  if (wrong !== undefined || end === undefined) return wrong;
  return Number(end) < Number(start) ? `.end ${nameOf(end)} lies before .start ${nameOf(start)}` : undefined;
};

/** A range with both ends, as part copies need it. */
export const closedRange: Check = (value) => byteRange(value) ?? (isRecord(value) && value['end'] === undefined ? 'must have start and end' : undefined);

/** User metadata: names that are safe as header names and distinct without case, values that cannot break out of a header. */
export const metadata: Check = (value) => {
  if (!isRecord(value)) return `must be an object of strings, not ${nameOf(value)}`;
  const seen = new Set<string>();
  for (const [name, content] of Object.entries(value)) {
    if (!METADATA_NAME.test(name)) return `has the name ${JSON.stringify(name)}; names are letters, digits, "-" and "_"`;
    if (seen.has(name.toLowerCase())) return `has the name "${name}" twice; case does not count`;
    seen.add(name.toLowerCase());
    if (typeof content !== 'string') return `"${name}" must be a string, not ${nameOf(content)}`;
    if (CONTROL_BUT_TAB.test(content) || LONE_SURROGATE.test(content)) return `"${name}" must be well-formed text without line breaks or control characters`;
  }
  return undefined;
};

/** Tags: any text without control characters; the service's own alphabet and lengths are left to it. */
export const tags: Check = (value) => {
  if (!isRecord(value)) return `must be an object of strings, not ${nameOf(value)}`;
  for (const [name, content] of Object.entries(value)) {
    const wrong = part('has a name that', text(name)) ?? (content === '' ? undefined : part(`"${name}"`, text(content)));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** Digests in base64, of the right length for their algorithm. */
export const checksums: Check = (value) => {
  if (!isRecord(value)) return `must be an object of base64 digests, not ${nameOf(value)}`;
  for (const [algorithm, digest] of Object.entries(value)) {
    const size = Object.hasOwn(DIGEST_BYTES, algorithm) ? DIGEST_BYTES[algorithm] : undefined;
    if (size === undefined) return `has the unknown algorithm ${JSON.stringify(algorithm)}`;
    if (digest === undefined) continue;
    if (typeof digest !== 'string' || !BASE64.test(digest) || base64Bytes(digest) !== size) return `.${algorithm} must be ${String(size)} bytes in base64`;
  }
  return undefined;
};

/** `{ algorithm, keyId? }`. */
export const serverSideEncryption: Check = (value) => {
  if (!isRecord(value)) return `must be { algorithm, keyId }, not ${nameOf(value)}`;
  const { algorithm, keyId } = value;
  return part('.algorithm', headerValue(algorithm)) ?? (keyId === undefined ? undefined : part('.keyId', headerValue(keyId)));
};

/** `{ key }`, 32 bytes. The value itself is never part of a message. */
export const customerKey: Check = (value) =>
  isRecord(value) && value['key'] instanceof Uint8Array && value['key'].length === 32 ? undefined : 'must be { key } with a Uint8Array of 32 bytes';

/** Header names and values to be sent exactly so. */
export const headers: Check = (value) => {
  if (!isRecord(value)) return `must be an object of header values, not ${nameOf(value)}`;
  for (const [name, content] of Object.entries(value)) {
    if (!HEADER_NAME.test(name)) return `has the name ${JSON.stringify(name)}, which is no header name`;
    const wrong = part(`"${name}"`, headerValue(content));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

/** Content headers to answer with. */
export const contentHeaders: Check = (value) => {
  if (!isRecord(value)) return `must be an object of content headers, not ${nameOf(value)}`;
  for (const [name, content] of Object.entries(value)) {
    if (!CONTENT_HEADERS.includes(name)) return `has the unknown header ${JSON.stringify(name)}`;
    const wrong = content === undefined ? undefined : part(`.${name}`, (name === 'expires' ? date : headerValue)(content));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

const CONTENT_HEADERS: readonly string[] = ['contentType', 'contentEncoding', 'contentLanguage', 'contentDisposition', 'cacheControl', 'expires'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How a wrong value is called in a message: its content when that is short and plain, otherwise its kind. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'an invalid Date';
  return typeof value === 'object' ? `a value of type ${value.constructor?.name ?? 'object'}` : `a ${typeof value}`;
}

/** What is wrong with a part of a value, with the part's name before it. */
function part(name: string, wrong: string | undefined): string | undefined {
  return wrong === undefined ? undefined : `${name} ${wrong}`;
}

function base64Bytes(digest: string): number {
  return (digest.length / 4) * 3 - (digest.endsWith('==') ? 2 : digest.endsWith('=') ? 1 : 0);
}
