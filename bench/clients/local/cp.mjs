import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';

/** The system's tools, hashing what was copied. */
export async function measure(_workload, { client, directory, files }) {
  const target = mkdtempSync(path.join(directory, 'target-'));
  const sync = client.includes('sync') ? 'sync -f "$1";' : '';
  const script = `cd "$0" && TIMEFORMAT='%R %U %S' && time { cp -r source/. "$1"; ${sync} find "$1" -type f -print0 | xargs -0 sha256sum > /dev/null; }`;
  const { status, stderr } = spawnSync('bash', ['-c', script, directory, target], { encoding: 'utf8' });
  const [seconds, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  if (status !== 0 || !Number.isFinite(seconds)) throw new Error(`cp failed: ${stderr}`);
  return { operations: files, bytes: files * 4096, seconds, cpuSeconds: user + system, peakRssInMiB: 0 };
}
