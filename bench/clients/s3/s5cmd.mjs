import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BODY } from './small-objects.mjs';

/** A whole process of s5cmd: it reads and writes files, which is part of its job and of its figures. */
export async function measure(workload, { url, peers, operations, concurrency }) {
  const program = peers.bin && path.join(peers.bin, 's5cmd');
  if (!program || !existsSync(program)) throw Object.assign(new Error('there is no s5cmd'), { missing: true });
  const directory = mkdtempSync(path.join(tmpdir(), 'cmx-bench-'));
  try {
    return run(program, workload, { url, operations, concurrency, directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(program, workload, { url, operations, concurrency, directory }) {
  const file = path.join(directory, 'body');
  writeFileSync(file, BODY);
  const isList = workload.startsWith('list');
  const commands = Array.from({ length: operations }, (_, index) => (workload.startsWith('PUT') ? `cp ${file} s3://bucket/key-${index}` : `cp s3://bucket/key-${index} ${directory}/${index}`));
  const arguments_ = ['--endpoint-url', url, '--numworkers', String(concurrency), '--log', 'error', ...(isList ? ['ls', 's3://bucket/*'] : ['run'])];
  const script = `TIMEFORMAT='%R %U %S'; time "$0" "$@" > /dev/null`;
  const { status, stderr } = spawnSync('bash', ['-c', script, program, ...arguments_], {
    input: isList ? '' : commands.join('\n'),
    encoding: 'utf8',
    env: { ...process.env, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' },
  });
  const [seconds, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  if (status !== 0 || !Number.isFinite(seconds)) throw Object.assign(new Error(`s5cmd failed: ${stderr.slice(0, 300)}`), { missing: true });
  return { operations: isList ? 100_000 : operations, seconds, cpuSeconds: user + system, peakRssInMiB: 0 };
}
