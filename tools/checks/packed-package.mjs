/**
 * Protects what people install: packs each package as npm would publish it and looks at that file, not at the folder.
 * Every file that package.json points to is inside, types resolve for ESM and CommonJS, source maps lead to shipped
 * sources, README and LICENSE are there, and no path of the machine that built it is. Where a package says how
 * (`test/readme-examples.mjs`), it is also installed in an empty directory and the examples of its README are run.
 *
 * `node tools/checks/packed-package.mjs`, after a build: in a package for that one, at the root for all.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { exampleProblems } from './lib/installed-examples.mjs';
import { finish, readJson, root, selectedPackages } from './lib/workspace.mjs';

const attw = path.join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');

/** Packs and unpacks a package: `{ tarball, folder, files, manifest }`, the files relative to the folder. */
function pack(source, scratch) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: source, encoding: 'utf8' }));
  const tarball = path.join(scratch, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', scratch]);
  const folder = path.join(scratch, 'package');
  const files = readdirSync(folder, { recursive: true }).filter((file) => statSync(path.join(folder, file)).isFile());
  return { tarball, folder, files, manifest: readJson(path.join(folder, 'package.json')) };
}

/** All file names in `exports`, `bin` and their like, however deep. */
function targets(value) {
  if (typeof value === 'string') return [value];
  return value ? Object.values(value).flatMap(targets) : [];
}

/** `[file, who names it]` for every file that must be in the package. */
function requiredFiles({ folder, files, manifest }) {
  const required = ['README.md', 'LICENSE'].map((file) => [file, 'every package']);
  for (const field of ['exports', 'main', 'module', 'types', 'bin']) {
    required.push(...targets(manifest[field]).map((file) => [file, `"${field}"`]));
  }
  for (const map of files.filter((file) => file.endsWith('.map'))) {
    const { sources } = readJson(path.join(folder, map));
    required.push(...sources.map((source) => [path.join(path.dirname(map), source), map]));
  }
  return required;
}

function missingFiles(packed) {
  return requiredFiles(packed)
    .filter(([file]) => !packed.files.includes(path.normalize(file)))
    .map(([file, owner]) => `${file} is missing, named by ${owner}`);
}

function machinePaths({ folder, files }) {
  return files
    .filter((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return text.includes(root) || text.includes(`${os.homedir()}/`);
    })
    .map((file) => `${file} holds a path of this machine`);
}

async function publintProblems({ folder, manifest }) {
  const { messages } = await publint({ pkgDir: folder, pack: false, level: 'warning', strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false })}`);
}

/** Node's first CommonJS resolution (`node10`) knows no sub-paths and is out of support, so it is left out. */
function typeProblems({ tarball }) {
  const args = [attw, tarball, '--profile', 'node16', '--no-color', '--no-emoji'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return status === 0 ? [] : [`types do not resolve everywhere:\n${stdout}${stderr}`];
}

async function checkPackage({ folder, manifest }) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-pack-'));
  try {
    const packed = pack(folder, scratch);
    const problems = [...missingFiles(packed), ...machinePaths(packed), ...(await publintProblems(packed)), ...typeProblems(packed), ...(await exampleProblems({ folder, manifest }, scratch))];
    return problems.map((problem) => `${manifest.name}: ${problem}`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const problems = [];
for (const item of selectedPackages()) problems.push(...(await checkPackage(item)));
finish(problems);
