/**
 * Protects the weight of an import: each entry point of a package, bundled, minified and gzipped, stays under the limit in
 * the package's `.size-limit.json`. What a package declares as a dependency is not counted against it.
 *
 * `.size-limit.json` is a list of `{ path, limit, import?, ignore? }`: a built file, such as "dist/index.js", or a pattern for
 * several; "15 kB"; a single name instead of everything, such as "{ S3Client }"; and packages to leave out instead of all
 * dependencies.
 *
 * `node tools/checks/sizes.mjs`, after a build: in a package for that one, at the root for all.
 */
import esbuildPlugin from '@size-limit/esbuild';
import filePlugin from '@size-limit/file';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import sizeLimit from 'size-limit';
import { finish, readJson, selectedPackages } from './lib/workspace.mjs';

const dependencyNames = ({ dependencies, peerDependencies, optionalDependencies }) =>
  Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });

/** "15 kB" in bytes; a kB is 1000 bytes. */
function toBytes(limit) {
  const [, amount, unit] = /^([\d.]+) (B|kB)$/.exec(limit);
  return Number(amount) * (unit === 'kB' ? 1000 : 1);
}

function toCheck(folder, manifest, budget) {
  const file = path.join(folder, budget.path);
  return {
    files: [file],
    import: budget.import ? { [file]: budget.import } : undefined,
    ignore: ['node:*', ...(budget.ignore ?? dependencyNames(manifest))],
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', platform: 'node', target: 'es2023', logLevel: 'error' }),
  };
}

/** The budgets of a package, one for each file. */
function readBudgets(folder) {
  const config = path.join(folder, '.size-limit.json');
  const budgets = existsSync(config) ? readJson(config) : [];
  return budgets.flatMap((budget) => globSync(budget.path, { cwd: folder }).map((file) => ({ ...budget, path: file })));
}

/** Entry points that somebody can import and no budget speaks of. */
function withoutBudget({ manifest }, budgets) {
  return Object.values(manifest.exports)
    .map((target) => target.import?.default)
    .filter((file) => file && !budgets.some((budget) => path.normalize(budget.path) === path.normalize(file)));
}

async function checkPackage({ folder, manifest }) {
  const budgets = readBudgets(folder);
  const problems = withoutBudget({ manifest }, budgets).map((file) => `${manifest.name}: .size-limit.json has no limit for ${file}, or it is not built`);
  const sizes = await sizeLimit([esbuildPlugin, filePlugin], { checks: budgets.map((budget) => toCheck(folder, manifest, budget)) });
  for (const [index, { size }] of sizes.entries()) {
    const { path: file, import: names = '', limit } = budgets[index];
    const measured = `${manifest.name} ${file} ${names} ${(size / 1000).toFixed(1)} kB of ${limit}`;
    console.log(measured);
    if (size > toBytes(limit)) problems.push(`${measured}: over its limit`);
  }
  return problems;
}

const problems = [];
for (const item of selectedPackages()) problems.push(...(await checkPackage(item)));
finish(problems);
