/**
 * Protects whoever clones the repository elsewhere: no tracked file names a path of the machine it was written on or the
 * address of a package registry, and the lockfile holds no download addresses.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { finish, root, trackedFiles } from './lib/workspace.mjs';

const forbidden = [
  [/(?<![\w./~-])\/(?:root|work|farm|home\/[a-z]\w*|Users\/[A-Za-z]\w*)\//, 'a path of a machine'],
  [/\bregistry\.[\w-]+\.(?:org|com|io|dev)\b/, 'the address of a package registry'],
];
const here = [root, os.tmpdir() + path.sep].filter((folder) => folder !== '/tmp/');

const problems = [];
for (const file of trackedFiles()) {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (text.includes('\0')) continue;
  for (const [index, line] of text.split('\n').entries()) {
    for (const [pattern, what] of forbidden) if (pattern.test(line)) problems.push(`${file}:${index + 1} holds ${what}`);
    if (here.some((folder) => line.includes(folder))) problems.push(`${file}:${index + 1} holds a path of this machine`);
    if (file === 'package-lock.json' && /"resolved": "https?:/.test(line)) problems.push(`${file}:${index + 1} holds a download address`);
  }
}
finish(problems);
