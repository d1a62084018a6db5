/**
 * Runs the first examples of a README where their reader would: in an empty directory, with the packed package installed by npm,
 * against the service that the package brings for tests.
 *
 * A package takes part by `test/readme-examples.mjs`, which exports
 * - `examples`: what each example prints somewhere, by the heading above it;
 * - `start()`: starts the service, and resolves to `{ env?, replace?, stop }`: variables for the example, texts of it that name
 *   places nobody can reach and what to put there, and how to end.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { publishedPackages, root } from './workspace.mjs';

const isOurs = (name) => name.startsWith('@cmx/');

/** The package and those of ours it needs, however deep. */
function closure(name, packages, found = new Map()) {
  const item = packages.get(name);
  if (found.has(name)) return found;
  found.set(name, item);
  for (const dependency of Object.keys(item.manifest.dependencies ?? {}).filter(isOurs)) closure(dependency, packages, found);
  return found;
}

/** What the packages of others are installed from: their folder in this workspace, so that no registry is asked. */
function folderOf(name, from) {
  const folder = [from, root].map((base) => path.join(base, 'node_modules', name)).find((candidate) => existsSync(candidate));
  if (!folder) throw new Error(`${name} is not installed`);
  return folder;
}

function packTo(directory, { folder }) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }));
  return path.join(directory, filename);
}

/** `npm install` of the packed files, and of nothing else. */
function install(name, directory, scratch) {
  const needed = closure(name, new Map(publishedPackages().map((item) => [item.manifest.name, item])));
  const dependencies = {};
  for (const item of needed.values()) {
    dependencies[item.manifest.name] = `file:${packTo(scratch, item)}`;
    for (const other of Object.keys(item.manifest.dependencies ?? {}).filter((dependency) => !isOurs(dependency))) dependencies[other] = `file:${folderOf(other, item.folder)}`;
  }
  const overrides = Object.fromEntries(Object.keys(dependencies).map((dependency) => [dependency, `$${dependency}`]));
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies, overrides }));
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: directory, stdio: 'pipe' });
}

/** The first TypeScript block below a heading. */
function exampleBelow(readme, heading) {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const code = /^```ts\n(.*?)^```/ms.exec(section)?.[1];
  if (code === undefined) throw new Error(`The README has no example below "${heading}"`);
  return code;
}

function withReplacements(code, replace) {
  return Object.entries(replace).reduce((changed, [from, to]) => changed.replaceAll(from, to), code);
}

/** Not synchronous, for the service that answers lives in this process. */
function runFile(file, env) {
  const child = spawn(process.execPath, [file], { cwd: path.dirname(file), env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })));
}

/** What is wrong with the examples, a sentence each. */
export async function exampleProblems({ folder, manifest }, scratch) {
  const harness = path.join(folder, 'test/readme-examples.mjs');
  if (!existsSync(harness)) return [];
  const directory = path.join(scratch, 'empty');
  mkdirSync(directory);
  install(manifest.name, directory, scratch);
  copyFileSync(harness, path.join(directory, 'service.mjs'));
  const { examples, start } = await import(pathToFileURL(path.join(directory, 'service.mjs')));
  const readme = readFileSync(path.join(directory, 'node_modules', manifest.name, 'README.md'), 'utf8');
  const { env, replace = {}, stop } = await start();
  const problems = [];
  try {
    for (const [place, [heading, printed]] of Object.entries(examples).entries()) {
      const file = path.join(directory, `example-${place}.ts`);
      writeFileSync(file, withReplacements(exampleBelow(readme, heading), replace));
      const { status, output } = await runFile(file, env);
      if (status !== 0 || !output.includes(printed)) problems.push(`the example below "${heading}" ended with ${status} and printed:\n${output}`);
    }
  } finally {
    await stop();
  }
  return problems;
}
