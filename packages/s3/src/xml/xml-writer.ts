const SPECIAL = /[&<>"'\r\n\t\u0085\u2028]/g;

/** Characters that XML 1.0 has no way to write, not even as references. */
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** Whether a text can stand in XML 1.0 at all. */
export function isWritable(text: string): boolean {
  return !UNWRITABLE.test(text);
}

/** A text between two tags; line breaks and tabs as references, because a parser would change them. */
export function escapeXml(text: string): string {
  return text.replace(SPECIAL, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** `<name>text</name>`, or nothing when there is no text. */
export function element(name: string, text: string | number | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** A document in S3's namespace. */
export function document(root: string, content: string): Uint8Array {
  return new TextEncoder().encode(`<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`);
}
