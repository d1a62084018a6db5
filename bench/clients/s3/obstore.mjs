import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The Rust object_store through its Python face: measured inside its own process. */
export async function measure(workload, context) {
  if (!context.peers.python) throw Object.assign(new Error('there is no Python'), { missing: true });
  const { status, stdout } = spawnSync(context.peers.python, [path.join(import.meta.dirname, 'measure_obstore.py'), workload, context.url, String(context.operations), String(context.concurrency)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw Object.assign(new Error('obstore could not be measured'), { missing: true });
  return JSON.parse(stdout);
}
