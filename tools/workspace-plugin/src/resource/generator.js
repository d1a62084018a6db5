/** `nx g @cmx/workspace-plugin:resource acme widget`: see docs/contributing/add-a-provider.md. */
const path = require('node:path');
const { generateFiles, readJson, updateJson } = require('@nx/devkit');
const { spellings } = require('../names.js');

/**
 * The operations speak HTTP, so the package needs `@cmx/http`.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {string} root
 */
function addHttpDependency(tree, root) {
  const { name, version } = readJson(tree, 'packages/http/package.json');
  updateJson(tree, `${root}/package.json`, (manifest) => {
    manifest.dependencies = { ...manifest.dependencies, [name]: manifest.dependencies?.[name] ?? version };
    return manifest;
  });
}

/**
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ provider: string, name: string, plural?: string }} options
 */
async function resourceGenerator(tree, { provider, name, plural = `${name}s` }) {
  const root = `packages/${provider}`;
  if (!tree.exists(`${root}/package.json`)) throw new Error(`There is no package ${root}: nx g @cmx/workspace-plugin:provider ${provider}`);
  if (tree.exists(`${root}/src/${plural}`)) throw new Error(`${root}/src/${plural} exists already.`);
  const one = spellings(name);
  const many = spellings(plural);
  const names = { ...one, plural, many, provider, providerTitle: spellings(provider).title, changesets: '.changeset' };
  generateFiles(tree, path.join(__dirname, 'files/package'), root, names);
  generateFiles(tree, path.join(__dirname, 'files/workspace'), '.', names);
  addHttpDependency(tree, root);
  const index = tree.read(`${root}/src/index.ts`, 'utf-8').trimEnd();
  tree.write(
    `${root}/src/index.ts`,
    `${index}
export type { ${one.className} } from './${plural}/mappers.ts';
export { get${one.className}, list${many.className} } from './${plural}/${plural}.ts';
`,
  );
  return () => console.log(`\n${root}/src/${plural} is ready. What to do with it: docs/contributing/add-a-provider.md`);
}

module.exports = resourceGenerator;
