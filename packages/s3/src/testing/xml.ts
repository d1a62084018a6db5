export const XML_PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** Text as S3 writes it: control characters as references, whether XML 1.0 likes them or not. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}

export function tag(name: string, content: string | number | boolean | undefined): string {
  return content === undefined ? '' : `<${name}>${escapeText(String(content))}</${name}>`;
}

export function group(name: string, ...content: readonly string[]): string {
  return `<${name}>${content.join('')}</${name}>`;
}

export function xmlDocument(root: string, ...content: readonly string[]): string {
  return `${XML_PROLOG}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join('')}</${root}>`;
}

/** The text of every element of that name, in order. For the few small documents clients send. */
export function textsOf(xml: string, name: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')), (match) => unescapeText(match[1] ?? ''));
}

export function elementsOf(xml: string, name: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')), (match) => match[1] ?? '');
}

function unescapeText(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) =>
    hex !== undefined ? String.fromCodePoint(Number.parseInt(hex, 16)) : decimal !== undefined ? String.fromCodePoint(Number(decimal)) : (named[name ?? ''] ?? ''),
  );
}
