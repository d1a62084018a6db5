/** A temporary copy of the workspace to try things in: its own sources and packages, the installed tools only linked. */
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, trackedFiles } from '../checks/lib/workspace.mjs';

/** Links every entry of a folder into another, except the named ones. */
function linkEntries(from, to, except = []) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    if (!except.includes(entry)) symlinkSync(path.join(from, entry), path.join(to, entry));
  }
}

/** Makes `@cmx/<folder>` importable in the copy, as `npm install` would. */
export function linkPackage(copy, folder) {
  const link = path.join(copy, 'node_modules/@cmx', path.basename(folder));
  if (!existsSync(link)) symlinkSync(path.join(copy, folder), link);
}

/** Links what npm installed inside the packages, where versions differ from the root's. */
function linkNestedModules(copy) {
  for (const folder of readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`)) {
    const modules = path.join(root, folder, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, path.join(copy, folder, 'node_modules'));
    linkPackage(copy, folder);
  }
}

/** Copies what was built, so that the copy need not build it again. */
function copyBuilds(copy) {
  for (const folder of readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/dist`)) {
    if (existsSync(path.join(root, folder))) cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true });
  }
}

/**
 * Copies all tracked and new files into a temporary folder, which disappears with the `using` that holds it.
 *
 * @param {{ builds?: boolean }} [options] `builds`: also what was built. Default `false`.
 * @returns {{ folder: string, [Symbol.dispose](): void }}
 */
export function copyWorkspace({ builds = false } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cmx-workspace-'));
  for (const file of trackedFiles()) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(path.join(root, file), path.join(folder, file));
  }
  linkEntries(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), ['@cmx', '.cache', '.vite', '.vite-temp']);
  mkdirSync(path.join(folder, 'node_modules/@cmx'));
  linkPackage(folder, 'tools/workspace-plugin');
  linkNestedModules(folder);
  if (builds) copyBuilds(folder);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
