/**
 * Protects what people install: packs the package as npm would publish it and looks at that file, not at the folder.
 * Every file that package.json points to is inside, types resolve for ESM and CommonJS, source maps lead to shipped
 * sources, README and LICENSE are there, and no path of the machine that built it is.
 *
 * Run in a package that is built: `node ../../tools/checks/packed-package.mjs`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cmx-pack-'));
const problems = [];

const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], { encoding: 'utf8' }));
const tarball = path.join(scratch, packed.filename);
execFileSync('tar', ['-xzf', tarball, '-C', scratch]);
const folder = path.join(scratch, 'package');
const files = readdirSync(folder, { recursive: true }).filter((file) => statSync(path.join(folder, file)).isFile());
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

function requireFile(file, why) {
  if (!files.includes(path.normalize(file))) problems.push(`${file} is missing (${why}).`);
}

/** All file names in `exports`, `bin` and their like, however deep. */
function targets(value) {
  if (typeof value === 'string') return [value];
  return value ? Object.values(value).flatMap(targets) : [];
}

function checkFiles() {
  for (const file of ['README.md', 'LICENSE']) requireFile(file, 'every package carries it');
  for (const field of ['exports', 'main', 'module', 'types', 'bin']) {
    for (const file of targets(manifest[field])) requireFile(file, `named by "${field}"`);
  }
  for (const map of files.filter((file) => file.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(path.join(folder, map), 'utf8'));
    for (const source of sources) requireFile(path.join(path.dirname(map), source), `named by ${map}`);
  }
}

function checkMachinePaths() {
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    if (text.includes(root) || text.includes(`${os.homedir()}/`)) problems.push(`${file} holds a path of this machine.`);
  }
}

async function checkPublint() {
  const { messages } = await publint({ pkgDir: folder, pack: false, level: 'warning', strict: true });
  for (const message of messages) problems.push(`publint: ${formatMessage(message, manifest, { color: false })}`);
}

/** Node's old CommonJS resolution (`node10`) knows no sub-paths and is out of support, so it is left out. */
function checkTypes() {
  const attw = path.join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [attw, tarball, '--profile', 'node16', '--no-color', '--no-emoji'], { encoding: 'utf8' });
  if (status !== 0) problems.push(`Types do not resolve everywhere:\n${stdout}${stderr}`);
}

checkFiles();
checkMachinePaths();
await checkPublint();
checkTypes();
rmSync(scratch, { recursive: true });

if (problems.length > 0) {
  console.error(`${manifest.name}, as packed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  process.exitCode = 1;
}
