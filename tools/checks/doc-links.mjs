/** Protects readers from dead ends: every relative link in a Markdown file leads to a file, and to a heading if it names one. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { finish, root, trackedFiles } from './lib/workspace.mjs';

const withoutCode = (text) => text.replace(/^(```+|~~~+).*?^\1\s*$/gms, '').replace(/`[^`\n]*`/g, '');

/** The anchor a forge gives a heading. */
const slug = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchors(file) {
  const text = readFileSync(file, 'utf8').replace(/^```.*?^```/gms, '');
  return new Set(Array.from(text.matchAll(/^#{1,6}\s+(.*)$/gm), ([, heading]) => slug(heading)));
}

function isAlive(file, link) {
  const [target, anchor] = link.split('#');
  const absolute = target ? path.resolve(path.dirname(path.join(root, file)), decodeURI(target)) : path.join(root, file);
  if (!existsSync(absolute)) return false;
  return !anchor || statSync(absolute).isDirectory() || !absolute.endsWith('.md') || anchors(absolute).has(anchor);
}

const problems = [];
for (const file of trackedFiles('*.md')) {
  if (file.startsWith('.changeset/') || path.basename(file) === 'CHANGELOG.md') continue;
  const text = withoutCode(readFileSync(path.join(root, file), 'utf8'));
  for (const [, link] of text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)) {
    if (/^[a-z][a-z+.-]*:/i.test(link)) continue;
    if (!isAlive(file, link)) problems.push(`${file}: ${link}`);
  }
}
finish(problems);
