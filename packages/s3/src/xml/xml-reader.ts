import { CloudError } from '@cmx/cloud-core';

/** An element without its attributes, which no S3 answer we read puts anything into. */
export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  /** Text and CDATA with entities resolved and blanks kept; empty where there are child elements. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const MAX_DEPTH = 16;
/** A page of a thousand keys of the greatest length, percent-encoded, is 10 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
const NO_CHILDREN: readonly XmlElement[] = [];
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['#34', '"'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
]);
const SLASH = 47;
const BANG = 33;
const QUESTION_MARK = 63;
const GREATER_THAN = 62;

/**
 * Reads a service's answer. Made for listings, where it does the work of a general parser in a fraction of the time; bounded in
 * depth and size, and a document type is refused, so no answer can make it blow up.
 *
 * @throws {CloudError} `unknown` with `phase: 'response'`; retryable, because a cut answer looks like this too.
 */
export function parseXml(answer: Uint8Array | string): XmlElement {
  const text = decode(answer);
  const stack: OpenElement[] = [];
  let current: OpenElement | undefined;
  let root: XmlElement | undefined;
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    if (open > at) appendText(current, text, at, open);
    const next = text.charCodeAt(open + 1);
    if (next === SLASH) {
      const close = endOf(text, '>', open);
      if (current?.name !== localName(text.slice(open + 2, close).trimEnd())) throw malformed('an end tag closes nothing');
      if (current.children.length > 0) current.text = '';
      if (stack.length === 1) root = current;
      stack.pop();
      current = stack[stack.length - 1];
      at = close + 1;
    } else if (next === BANG) {
      at = skipDeclaration(text, open, current);
    } else if (next === QUESTION_MARK) {
      at = endOf(text, '?>', open) + 2;
    } else {
      if (current === undefined && root !== undefined) throw malformed('it has two roots');
      const plainEnd = endOfPlainName(text, open + 1);
      const close = text.charCodeAt(plainEnd) === GREATER_THAN ? plainEnd : endOfTag(text, open);
      const isEmpty = text.charCodeAt(close - 1) === SLASH;
      const name = close === plainEnd ? text.slice(open + 1, close) : tagName(text, open + 1, isEmpty ? close - 1 : close);
      at = close + 1;
      const end = isEmpty || current === undefined ? -1 : endOfLeaf(text, name, at);
      if (end >= 0) {
        // Most of a listing: an element with nothing but text in it.
        current?.children.push({ name, text: resolveEntities(text.slice(at, end)), children: NO_CHILDREN });
        at = end + name.length + 3;
        continue;
      }
      const element: OpenElement = { name, text: '', children: [] };
      current?.children.push(element);
      if (isEmpty) {
        root ??= element;
      } else {
        if (stack.push(element) > MAX_DEPTH) throw malformed('it is nested too deeply');
        current = element;
      }
    }
  }
  if (root === undefined || current !== undefined) throw malformed('it ends too early');
  if (text.slice(at).trim() !== '') throw malformed('text follows its end');
  return root;
}

/** Where the letters and digits that begin here end. A tag of nothing else is the usual one. */
function endOfPlainName(text: string, start: number): number {
  let end = start;
  while (isAlphanumeric(text.charCodeAt(end))) end++;
  return end === start ? -1 : end;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Where the text of an element ends that holds nothing else and is closed by the same name; -1 otherwise. */
function endOfLeaf(text: string, name: string, at: number): number {
  const end = text.indexOf('<', at);
  const isClosed = text.charCodeAt(end + 1) === SLASH && text.startsWith(name, end + 2) && text.charCodeAt(end + 2 + name.length) === GREATER_THAN;
  return isClosed ? end : -1;
}

function decode(answer: Uint8Array | string): string {
  if (answer.length > MAX_BYTES) throw malformed('it is too large');
  if (typeof answer === 'string') return answer.startsWith('\uFEFF') ? answer.slice(1) : answer;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(answer);
  } catch {
    throw malformed('it is not UTF-8');
  }
}

function appendText(current: OpenElement | undefined, text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  if (current !== undefined) current.text += resolveEntities(raw);
  else if (raw.trim() !== '') throw malformed('text stands outside of its root');
}

function resolveEntities(raw: string): string {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  let ampersand = text.indexOf('&');
  if (ampersand < 0) return text;
  let resolved = '';
  let at = 0;
  while (ampersand >= 0) {
    const semicolon = endOf(text, ';', ampersand);
    resolved += text.slice(at, ampersand) + characterOf(text.slice(ampersand + 1, semicolon));
    at = semicolon + 1;
    ampersand = text.indexOf('&', at);
  }
  return resolved + text.slice(at);
}

function characterOf(entity: string): string {
  const named = ENTITIES.get(entity);
  if (named !== undefined) return named;
  const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(entity);
  const codePoint = number?.[1] !== undefined ? Number.parseInt(number[1], 16) : Number(number?.[2] ?? Number.NaN);
  if (!(codePoint <= 0x10ffff) || (codePoint >= 0xd800 && codePoint <= 0xdfff)) throw malformed('an entity is unknown');
  return String.fromCodePoint(codePoint);
}

/** Comments are passed over, CDATA becomes text, everything else that begins with `<!` is a document type. */
function skipDeclaration(text: string, open: number, current: OpenElement | undefined): number {
  if (text.startsWith('<!--', open)) return endOf(text, '-->', open + 4) + 3;
  if (!text.startsWith('<![CDATA[', open) || current === undefined) throw malformed('it holds a document type');
  const close = endOf(text, ']]>', open + 9);
  current.text += text.slice(open + 9, close).replace(/\r\n?/g, '\n');
  return close + 3;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  if (end < 0) throw malformed('it ends too early');
  return end;
}

/** The `>` of a start tag; one inside an attribute's quotes does not count. */
function endOfTag(text: string, open: number): number {
  const close = endOf(text, '>', open);
  if (!/["']/.test(text.slice(open, close))) return close;
  const attributes = /(?:[^>"']|"[^"]*"|'[^']*')*>/y;
  attributes.lastIndex = open;
  if (!attributes.test(text)) throw malformed('it ends too early');
  return attributes.lastIndex - 1;
}

const TAG_NAME = /^([^\s/>"'=<&]+)(?:\s|$)/;

function tagName(text: string, start: number, end: number): string {
  const name = TAG_NAME.exec(text.slice(start, end))?.[1];
  if (name === undefined) throw malformed('a tag has no name');
  return localName(name);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function malformed(what: string): CloudError {
  return new CloudError('unknown', `The answer is not the XML of an S3 service: ${what}`, { phase: 'response', retryable: true });
}
