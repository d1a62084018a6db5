/**
 * Keys as file names, and back. A key's segments become directories and a file; what a file system cannot hold is written as
 * `%XX` (UTF-8 bytes in hex), and four marks that no escape can produce stand for shapes that have no name of their own.
 */

/** What the file system under the root does to names. */
export interface NameRules {
  /** `A` and `a` are the same file: capitals are escaped. */
  readonly caseInsensitive: boolean;
  /** Composed and decomposed letters are the same file: everything beyond ASCII is escaped. */
  readonly normalizing: boolean;
  /** Reserved names, forbidden characters, no trailing dot or blank. */
  readonly windows: boolean;
}

/** A file system that keeps names as they are. */
export const PLAIN_NAMES: NameRules = { caseInsensitive: false, normalizing: false, windows: false };

/** Where the client keeps what is not an object; never a key's first segment. */
export const SYSTEM_DIRECTORY = '.cmx';

/** An empty segment: `a//b`, `/a`, `a/`. */
const EMPTY_SEGMENT = '%_';
/** At the end of a directory's name the segment goes on below it; at the start of a name it came from above. */
export const CONTINUATION_MARK = '%+';
/** At the end of a file's name: a directory has the plain name (`a` beside `a/b`). */
export const FILE_MARK = '%~';

/** Longest name in bytes, less than the usual 255 to leave room for a mark. */
const MAX_NAME_BYTES = 240;

const WINDOWS_FORBIDDEN = new Set('<>:"|?*\\');
const WINDOWS_RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The path of a key below its bucket, name by name; the last one is the file's. */
export function encodeKey(key: string, rules: NameRules): string[] {
  return key.split('/').flatMap((segment) => encodeSegment(segment, rules));
}

/** A piece of a segment that goes on in the directory below (`open`) or came from the one above (`continued`). */
export interface DecodedName {
  readonly text: string;
  readonly open: boolean;
  readonly continued: boolean;
}

/**
 * The text a name stands for, or `undefined` when the client would never have written it so:
 * somebody else's file, whose name is then its key to the letter.
 */
export function decodeName(name: string, rules: NameRules): DecodedName | undefined {
  const continued = name.startsWith(CONTINUATION_MARK);
  const open = name.endsWith(CONTINUATION_MARK) && name.length > MAX_NAME_BYTES / 4;
  if (continued || open) {
    const text = unescape(name.slice(continued ? CONTINUATION_MARK.length : 0, open ? -CONTINUATION_MARK.length : undefined));
    return text === undefined ? undefined : { text, open, continued };
  }
  const text = name === EMPTY_SEGMENT ? '' : name.includes('%') ? unescape(name) : name;
  if (text === undefined) return undefined;
  const canonical = encodeSegment(text, rules);
  return canonical.length === 1 && canonical[0] === name ? { text, open, continued } : undefined;
}

function encodeSegment(segment: string, rules: NameRules): string[] {
  if (segment === '') return [EMPTY_SEGMENT];
  if (isShortAndSafe(segment, rules)) return [segment];
  const names: string[] = [];
  let name = '';
  let sizeInBytes = 0;
  for (const piece of escapeSegment(segment, rules)) {
    const pieceBytes = encoder.encode(piece).length;
    if (sizeInBytes + pieceBytes > MAX_NAME_BYTES) {
      names.push(name + CONTINUATION_MARK);
      name = CONTINUATION_MARK;
      sizeInBytes = 0;
    }
    name += piece;
    sizeInBytes += pieceBytes;
  }
  return [...names, name];
}

/** The segment in pieces that must not be cut: one a character. */
function escapeSegment(segment: string, rules: NameRules): string[] {
  const system = segment.startsWith(SYSTEM_DIRECTORY) || segment === '.' || segment === '..';
  const reserved = rules.windows && WINDOWS_RESERVED.test(segment);
  const characters = Array.from(segment);
  return characters.map((character, index) => {
    const edge = rules.windows && index === characters.length - 1 && (character === '.' || character === ' ');
    const forced = edge || (reserved && index === 0) || (system && character === '.');
    return forced || mustEscape(character, rules) ? escapeCharacter(character) : character;
  });
}

/** Whether a segment is its own name: the common case, decided without building anything. */
function isShortAndSafe(segment: string, rules: NameRules): boolean {
  if (segment.length > MAX_NAME_BYTES / 3 || rules.windows) return false;
  if (segment.startsWith('.') && (segment === '.' || segment === '..' || segment.startsWith(SYSTEM_DIRECTORY))) return false;
  if (rules.caseInsensitive || rules.normalizing) return /^[a-z0-9._ -]*$/.test(segment);
  return !/[%\0]/.test(segment);
}

function mustEscape(character: string, rules: NameRules): boolean {
  if (character === '%' || character === '/' || character === '\0') return true;
  if (rules.windows && (WINDOWS_FORBIDDEN.has(character) || character < ' ')) return true;
  if (rules.caseInsensitive && character !== character.toLowerCase()) return true;
  return rules.normalizing && character > '\x7e';
}

function escapeCharacter(character: string): string {
  return Array.from(encoder.encode(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function unescape(name: string): string | undefined {
  const bytes: number[] = [];
  for (let index = 0; index < name.length; ) {
    if (name[index] === '%') {
      const hex = name.slice(index + 1, index + 3);
      if (!/^[0-9A-F]{2}$/.test(hex)) return undefined;
      bytes.push(Number.parseInt(hex, 16));
      index += 3;
    } else {
      const character = String.fromCodePoint(name.codePointAt(index) ?? 0);
      bytes.push(...encoder.encode(character));
      index += character.length;
    }
  }
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
