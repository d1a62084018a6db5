import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A new process each: from its start to its first answer. */
export async function measure(_workload, { client, url }) {
  const script = { '@cmx/s3': 'cold-cmx.mjs', '@aws-sdk/client-s3': 'cold-aws-sdk.mjs', 'bare Node': 'cold-bare-start.mjs' }[client];
  return measureProcess(path.join(import.meta.dirname, script), url);
}

export function measureProcess(script, url) {
  const started = process.hrtime.bigint();
  const { status, stdout } = spawnSync(process.execPath, [script, url], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${path.basename(script)} failed`);
  const { cpuSeconds, peakRssInMiB } = JSON.parse(stdout);
  return { operations: 1, seconds, cpuSeconds, peakRssInMiB };
}
