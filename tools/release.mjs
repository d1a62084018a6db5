/**
 * Releases what the changesets announce.
 *
 *   node tools/release.mjs             dry run, offline: versions, changelogs and packages are made in a temporary copy and shown
 *   node tools/release.mjs --publish   publishes what is not on the registry yet; only in the release workflow
 *
 * Publishing is by trusted publishing alone: the registry trusts the workflow's identity, and provenance says which commit and
 * which run a package came from. A long-lived token would get around both, so the presence of one is an error.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { publishedPackages, readJson, root } from './checks/lib/workspace.mjs';
import { copyWorkspace } from './lib/workspace-copy.mjs';

const tool = (file) => path.join(root, 'node_modules', file);
const changeset = tool('@changesets/cli/bin.js');
const nx = tool('nx/dist/bin/nx.js');

/** Runs a program to its end and returns what it printed. */
function run(program, args, { cwd = root, stdio = 'pipe' } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, stdio, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${[program, ...args].join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
}

/** The newest entry of a changelog, without its heading. */
function newestEntry(folder) {
  const [, entry = ''] = readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf8').split(/^## .*$/m);
  return entry.trim();
}

function showRelease(copy, folder, version) {
  const { name, version: next } = readJson(path.join(copy, folder, 'package.json'));
  if (next === version) return;
  const target = path.join(copy, 'release');
  mkdirSync(target, { recursive: true });
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], { cwd: path.join(copy, folder) }));
  const size = (statSync(path.join(target, filename)).size / 1000).toFixed(1);
  console.log(`\n## ${name} ${version} -> ${next} (${size} kB packed)\n`);
  if (existsSync(path.join(copy, folder, 'CHANGELOG.md'))) console.log(`${newestEntry(path.join(copy, folder))}\n`);
  console.log(`    npm publish release/${filename} --access public --provenance`);
}

function dryRun() {
  const packages = publishedPackages();
  using copy = copyWorkspace();
  run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy.folder });
  run(process.execPath, [changeset, 'version'], { cwd: copy.folder });
  run(process.execPath, [nx, 'run-many', '-t', 'build'], { cwd: copy.folder });
  for (const { folder, manifest } of packages) showRelease(copy.folder, path.relative(root, folder), manifest.version);
  console.log('\nDry run: nothing was published and no file of the workspace changed.');
}

function publish() {
  const { CI, ACTIONS_ID_TOKEN_REQUEST_URL, NPM_TOKEN, NODE_AUTH_TOKEN } = process.env;
  if (NPM_TOKEN || NODE_AUTH_TOKEN) throw new Error('A registry token is set: releases are published by the workflow identity alone.');
  if (!CI || !ACTIONS_ID_TOKEN_REQUEST_URL) throw new Error('--publish runs in the release workflow only (it needs `id-token: write`).');
  run(process.execPath, [nx, 'run-many', '-t', 'build'], { stdio: 'inherit' });
  run(process.execPath, [changeset, 'publish'], { stdio: 'inherit' });
}

if (process.argv.includes('--publish')) publish();
else dryRun();
