/**
 * The door to the workspace for a bare machine: `node tools/bootstrap.mjs quickstart|test|bench [arguments]`.
 *
 * Runs on any Node from 20 on, with npm and nothing else. Installs what is missing, then hands over to the Node that the
 * workspace itself brings along (`node_modules/.bin/node`), so that everybody runs the same version.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules', '.bin');
const node = path.join(bin, 'node');
const stamp = path.join(root, 'node_modules', '.cmx-installed-lockfile');

const commands = {
  quickstart: { script: 'tools/quickstart.mjs', needsBuild: true },
  test: { script: 'tools/test.mjs', needsBuild: false },
  bench: { script: 'bench/run.mjs', needsBuild: true },
};

/** Ours goes first in PATH; Nx runs without a daemon, a cloud or a full-screen display. */
const environment = {
  ...process.env,
  PATH: [bin, process.env.PATH].join(path.delimiter),
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};

/** Runs a program to its end, or ends this process with its exit code, after what the program printed if that was held back. */
function run(program, args, { env = environment, stdout = 'inherit', stderr = 'inherit' } = {}) {
  const result = spawnSync(program, args, { cwd: root, env, stdio: ['inherit', stdout, stderr], encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`);
  process.exit(result.status ?? 1);
}

/** Installs exactly what the lockfile says, unless that was done already. */
function install() {
  const wanted = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (once, about a minute)...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env, stdout: 2 });
  writeFileSync(stamp, wanted);
}

/** Builds what changed since the last time. Quiet, for `bench` keeps the standard output to itself. */
function build() {
  console.error('Building what changed...');
  const nx = path.join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  run(node, [nx, 'run-many', '-t', 'build', '--outputStyle=static'], { stdout: 'pipe', stderr: 'pipe' });
}

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Usage: node tools/bootstrap.mjs ${Object.keys(commands).join('|')} [arguments]`);
  process.exit(2);
}

install();
if (command.needsBuild) build();
run(node, [path.join(root, command.script), ...args]);
