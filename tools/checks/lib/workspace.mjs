/** What the checks know about the workspace: its root, its packages, its tracked files. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Every published package: `{ folder, manifest }`, the folder absolute. */
export function publishedPackages() {
  return readdirSync(path.join(root, 'packages'))
    .map((name) => path.join(root, 'packages', name))
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readJson(path.join(folder, 'package.json')) }));
}

/** The package the command was started in, or all of them when it was started at the root. */
export function selectedPackages() {
  const all = publishedPackages();
  const here = all.filter(({ folder }) => folder === process.cwd());
  return here.length > 0 ? here : all;
}

/** Files of the work tree that are tracked, or new and not ignored; paths relative to the root. */
export function trackedFiles(...patterns) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  return files.filter((file) => file && existsSync(path.join(root, file)));
}

/** Prints what was found and fails the check, or does nothing when nothing was. */
export function finish(problems) {
  for (const problem of problems) console.error(`- ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
