/** `nx g @cmx/workspace-plugin:provider acme`: see docs/contributing/add-a-provider.md. */
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { generateFiles, readJson } = require('@nx/devkit');
const { spellings } = require('../names.js');

/**
 * What has to happen on disk once the files are there: the package is linked, the registry knows it, both packages are built and
 * their API reports written.
 *
 * @param {string} root
 * @param {string} name
 */
function finishOnDisk(root, name) {
  const run = (/** @type {string} */ program, /** @type {string[]} */ ...args) => execFileSync(program, args, { cwd: root, stdio: 'inherit' });
  run(process.execPath, 'tools/generate-registry.mjs');
  run('npm', 'install', '--no-audit', '--no-fund');
  run(process.execPath, 'node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'build', '-p', `@cmx/${name}`, '@cmx/cloud');
  for (const folder of [name, 'cloud']) {
    execFileSync(process.execPath, ['../../tools/checks/api-report.mjs', '--update'], { cwd: path.join(root, 'packages', folder), stdio: 'inherit' });
  }
}

/**
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, title?: string, skipInstall?: boolean }} options
 */
async function providerGenerator(tree, { name, title, skipInstall = false }) {
  const root = `packages/${name}`;
  if (tree.exists(root)) throw new Error(`${root} exists already.`);
  const names = { ...spellings(name), ...(title && { title }), coreVersion: readJson(tree, 'packages/cloud-core/package.json').version };
  generateFiles(tree, path.join(__dirname, 'files/package'), root, names);
  generateFiles(tree, path.join(__dirname, 'files/workspace'), '.', { ...names, changesets: '.changeset' });
  tree.write(`${root}/LICENSE`, tree.read('LICENSE'));
  return () => {
    if (!skipInstall) finishOnDisk(tree.root, name);
    console.log(`\n${root} is ready. What to do with it: docs/contributing/add-a-provider.md`);
  };
}

module.exports = providerGenerator;
