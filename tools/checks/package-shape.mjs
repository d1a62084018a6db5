/**
 * Protects the sameness of packages: whoever knows one package.json knows them all, every package has a README, a licence and
 * one layer, its exports offer sources, ESM and CommonJS alike, and core has no dependency.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { finish, publishedPackages, root } from './lib/workspace.mjs';

const packages = publishedPackages();
const licence = readFileSync(path.join(root, 'LICENSE'), 'utf8');
const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));

const commonFields = (name) => ({
  name: `@cmx/${name}`,
  license: 'MIT',
  repository: { type: 'git', url: 'git+https://github.com/cmx-toolkit/cmx.git', directory: `packages/${name}` },
  type: 'module',
  sideEffects: false,
  engines: { node: '^22.19.0 || ^24.0.0 || >=26.0.0' },
  files: ['dist', 'src', '!src/**/*.test.ts'],
  scripts: {
    build: 'tsup',
    typecheck: 'tsc --noEmit',
    lint: 'eslint .',
    test: 'vitest run',
    api: 'node ../../tools/checks/api-report.mjs',
    'test:package': 'node ../../tools/checks/packed-package.mjs',
    size: 'node ../../tools/checks/sizes.mjs',
  },
  publishConfig: { access: 'public', provenance: true },
});

const commonFiles = ['README.md', 'LICENSE', 'tsconfig.json', 'tsup.config.ts', 'vitest.config.ts', '.size-limit.json', 'src/index.ts'];

/** What `exports` says of one sub-path, made from the name of its source file. */
function exportsOf(source) {
  const built = source.replace('./src/', './dist/').replace(/\.ts$/, '');
  return {
    '@cmx/source': source,
    import: { types: `${built}.d.ts`, default: `${built}.js` },
    require: { types: `${built}.d.cts`, default: `${built}.cjs` },
  };
}

function fieldProblems(manifest, folder) {
  const expected = commonFields(path.basename(folder));
  return Object.entries(expected)
    .filter(([field, value]) => !isDeepStrictEqual(manifest[field], value))
    .map(([field, value]) => `package.json: "${field}" should be ${JSON.stringify(value)}`);
}

function exportProblems(manifest) {
  return Object.entries(manifest.exports)
    .filter(([subPath]) => subPath !== './package.json')
    .filter(([, target]) => JSON.stringify(target) !== JSON.stringify(exportsOf(target['@cmx/source'] ?? './src/index.ts')))
    .map(([subPath]) => `package.json: exports["${subPath}"] should offer @cmx/source, import and require, in this order`);
}

function dependencyProblems({ name, dependencies = {}, nx }) {
  const problems = Object.entries(dependencies)
    .filter(([other, range]) => versions.has(other) && range !== versions.get(other))
    .map(([other]) => `package.json: "${other}" should be at its version in this workspace, ${versions.get(other)}`);
  if (nx?.tags?.filter((tag) => tag.startsWith('layer:')).length !== 1) problems.push('package.json: nx.tags should name one layer');
  if (name === '@cmx/cloud-core' && Object.keys(dependencies).length > 0) problems.push('core has no dependencies');
  return problems;
}

function fileProblems(folder) {
  const problems = commonFiles.filter((file) => !existsSync(path.join(folder, file))).map((file) => `${file} is missing`);
  const ownLicence = path.join(folder, 'LICENSE');
  if (existsSync(ownLicence) && readFileSync(ownLicence, 'utf8') !== licence) problems.push('LICENSE differs from the one at the root');
  return problems;
}

const problems = packages.flatMap(({ folder, manifest }) =>
  [...fieldProblems(manifest, folder), ...exportProblems(manifest), ...dependencyProblems(manifest), ...fileProblems(folder)].map(
    (problem) => `${path.relative(root, folder)}: ${problem}`,
  ),
);
finish(problems);
