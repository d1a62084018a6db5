/** Proves that an import against the layers fails the lint run: each package imports each other one, in source and in a test. */
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishedPackages, root } from './lib/workspace.mjs';

/** What each layer may import of ours. */
const MAY_IMPORT = {
  core: [],
  protocol: ['core', 'protocol'],
  provider: ['core', 'protocol'],
  engine: ['core'],
  kit: ['core'],
  meta: ['core', 'protocol', 'provider', 'engine', 'meta'],
  app: ['core', 'protocol', 'provider', 'engine', 'meta'],
};
const LAYERS = Object.keys(MAY_IMPORT);

const packages = publishedPackages().map(({ folder, manifest }) => ({
  folder,
  name: manifest.name,
  layer: manifest.nx.tags.find((tag) => tag.startsWith('layer:')).replace('layer:', ''),
  dependencies: Object.keys(manifest.dependencies ?? {}),
}));

/** Whether one package needs another, directly or not: then the other may not import it, whatever the layers say. */
function needs(from, to) {
  const direct = packages.filter(({ name }) => from.dependencies.includes(name));
  return direct.some((item) => item === to || needs(item, to));
}

/** The files are virtual, so there are no types to lint with; the boundary rule needs none. */
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });

async function isRefused(from, file, specifier) {
  const [{ messages }] = await eslint.lintText(`import '${specifier}';\n`, { filePath: `${from.folder}/${file}` });
  const other = messages.filter(({ ruleId }) => ruleId !== '@nx/enforce-module-boundaries');
  expect(other, 'no other rule speaks').toEqual([]);
  return messages.length > 0;
}

/** `a -> b` for every import of another package that lint lets pass from a file of the given layer; a cycle is never one. */
async function accepted(layer, file) {
  const passes = [];
  for (const from of packages.filter((item) => item.layer === layer)) {
    for (const to of packages.filter((item) => item !== from)) {
      if (!(await isRefused(from, file, to.name))) passes.push(`${from.name} -> ${to.name}`);
    }
  }
  return passes;
}

function expected(layer, layers) {
  const passes = [];
  for (const from of packages.filter((item) => item.layer === layer)) {
    const targets = packages.filter((to) => to !== from && layers.includes(to.layer) && !needs(to, from));
    passes.push(...targets.map((to) => `${from.name} -> ${to.name}`));
  }
  return passes;
}

describe('layers', () => {
  beforeAll(() => createProjectGraphAsync(), 60_000);

  it('every package is in a known layer', () => {
    expect(LAYERS).toEqual(expect.arrayContaining(packages.map(({ layer }) => layer)));
  });

  it.each(LAYERS)('sources of layer %s import only what they may', async (layer) => {
    expect(await accepted(layer, 'src/virtual.ts')).toEqual(expected(layer, MAY_IMPORT[layer]));
  });

  it.each(LAYERS)('tests of layer %s may use the kit as well, except in core', async (layer) => {
    const layers = layer === 'core' ? MAY_IMPORT.core : [...MAY_IMPORT[layer], 'kit'];
    expect(await accepted(layer, 'src/virtual.test.ts')).toEqual(expected(layer, layers));
  });

  it('no package reaches into the files of another', async () => {
    const [from, to] = ['@cmx/s3', '@cmx/http'].map((name) => packages.find((item) => item.name === name));
    expect(await isRefused(from, 'src/virtual.ts', `${to.folder.replace(root, '../../..')}/src/index.ts`)).toBe(true);
  });
});
