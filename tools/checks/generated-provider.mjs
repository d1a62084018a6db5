/**
 * Protects the first hour of a provider's author: in a temporary copy of the workspace the generators make a provider with a
 * resource, which builds, passes every check as it is, and opens as a connection of `@cmx/cloud`. After a build.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { finish } from './lib/workspace.mjs';
import { copyWorkspace, linkPackage } from '../lib/workspace-copy.mjs';

using copy = copyWorkspace({ builds: true });
const inAcme = path.join(copy.folder, 'packages/acme');
const problems = [];

/** Runs a Node program in the copy, or notes how it failed. */
function run(what, args, cwd = copy.folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) problems.push(`${what}:\n${stdout}${stderr}`);
  return stdout;
}

/** Of a check that looks at all packages, what it says about the new one. */
function findAcme(name) {
  const { stderr } = spawnSync(process.execPath, [check(name)], { cwd: copy.folder, encoding: 'utf8' });
  problems.push(...stderr.split('\n').filter((line) => line.includes('acme')).map((line) => `${name}: ${line}`));
}

const nx = (...args) => ['node_modules/nx/dist/bin/nx.js', ...args];
const tool = (file) => path.join(copy.folder, 'node_modules', file);
const check = (name) => path.join(copy.folder, 'tools/checks', `${name}.mjs`);

execFileSync('git', ['init', '--quiet'], { cwd: copy.folder });
run('provider generator', nx('g', '@cmx/workspace-plugin:provider', 'acme', '--skipInstall'));
run('resource generator', nx('g', '@cmx/workspace-plugin:resource', 'acme', 'widget'));
linkPackage(copy.folder, 'packages/acme');
run('registry', ['tools/generate-registry.mjs']);

run('build', [tool('tsup/dist/cli-default.js')], inAcme);
run('API report', [check('api-report'), '--update'], inAcme);
run('API report is accepted', [check('api-report')], inAcme);
run('sizes', [check('sizes')], inAcme);
run('packed package', [check('packed-package')], inAcme);
run('lint', [tool('eslint/bin/eslint.js'), '.'], inAcme);
run('types', [tool('typescript/bin/tsc'), '--noEmit'], inAcme);
run('tests', [tool('vitest/vitest.mjs'), 'run'], inAcme);
run('unused code', [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints', '--workspace', 'packages/acme']);
for (const name of ['package-shape', 'changesets', 'doc-links', 'snippets', 'skips']) findAcme(name);

const openAcme = `
  import { getConnection } from '@cmx/cloud';
  const connection = await getConnection('acme', { env: { ACME_TOKEN: 'test' } });
  console.log((await connection.openStorage()).constructor.name);`;
const client = run('connection', ['--conditions=@cmx/source', '--input-type=module', '--eval', openAcme]);
if (client.trim() !== 'AcmeStorageClient') problems.push(`acme: is no connection of @cmx/cloud: ${client}`);

finish(problems);
