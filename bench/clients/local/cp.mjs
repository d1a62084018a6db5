import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

/** The system's tools, hashing what was copied. */
export async function measure(_workload, { client, directory, files }) {
  const target = path.join(directory, 'target');
  rmSync(target, { recursive: true, force: true });
  const sync = client.includes('sync') ? 'sync -f target;' : '';
  const script = `cd "$0" && TIMEFORMAT='%R %U %S' && time { cp -r source target; ${sync} find target -type f -print0 | xargs -0 sha256sum > /dev/null; }`;
  const { status, stderr } = spawnSync('bash', ['-c', script, directory], { encoding: 'utf8' });
  const [seconds, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  if (status !== 0 || !Number.isFinite(seconds)) throw new Error(`cp failed: ${stderr}`);
  rmSync(target, { recursive: true, force: true });
  return { operations: files, bytes: files * 4096, seconds, cpuSeconds: user + system, peakRssInMiB: 0 };
}
