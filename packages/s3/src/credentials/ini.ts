/** Sections of an INI file, each a table of settings. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

const SECTION = /^\[\s*(?:profile\s+)?(["']?)([^\]"']+?)\1\s*\](?:\s*[#;].*)?$/;

/**
 * Reads the shared config and credentials files of AWS: sections in brackets (`[default]`, `[profile NAME]` and `[NAME]` alike),
 * `name = value` lines, comments on lines of their own or behind a blank. Indented lines belong to nested settings, which hold no
 * credentials, and are passed over.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseIni(text: string): IniFile {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line) || /^\s/.test(line)) continue;
    const heading = SECTION.exec(line.trim())?.[2];
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map<string, string>();
      sections.set(heading, section);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals > 0) section?.set(line.slice(0, equals).trim().toLowerCase(), withoutComment(line.slice(equals + 1)));
  }
  return sections;
}

function withoutComment(value: string): string {
  return value.replace(/\s[#;].*$/, '').trim();
}
