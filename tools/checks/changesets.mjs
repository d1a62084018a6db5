/**
 * Protects the changelogs: a package that was never released is announced by a changeset, and every changeset names packages
 * of this workspace, a kind of change and a sentence for the reader.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { finish, publishedPackages, root, trackedFiles } from './lib/workspace.mjs';

const packages = publishedPackages().map(({ manifest }) => manifest);
const names = new Set(packages.map(({ name }) => name));
const announced = new Set();
const problems = [];

for (const file of trackedFiles('.changeset/*.md')) {
  const [, header = '', summary = ''] = readFileSync(path.join(root, file), 'utf8').split(/^---$/m);
  if (!summary.trim()) problems.push(`${file} says nothing to the reader`);
  for (const line of header.split('\n').filter(Boolean)) {
    const [, name, kind] = /^["'](.+)["']: (\w+)$/.exec(line) ?? [];
    if (!names.has(name)) problems.push(`${file} names no package of this workspace: ${line}`);
    if (!['major', 'minor', 'patch'].includes(kind)) problems.push(`${file} names no kind of change: ${line}`);
    announced.add(name);
  }
}
for (const { name, version } of packages) {
  if (version === '0.0.0' && !announced.has(name)) problems.push(`${name} is new and has no changeset: npx changeset`);
}
finish(problems);
