import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCli } from './cli.ts';
import { contentOf, openS3, PART_IN_BYTES, partsSent } from './open-s3.ts';

/** Below this package, so that dependencies are found from there. */
const BUILT = join(import.meta.dirname, '../node_modules/.cmx-test', String(process.pid));

/** Built from the sources of all packages: the oldest Node does not read all of their syntax. */
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, '../src/bin.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    conditions: ['@cmx/source'],
    outdir: BUILT,
    outExtension: { '.js': '.mjs' },
    plugins: [
      {
        name: 'dependencies-stay-outside',
        setup(builder) {
          builder.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@cmx/') ? undefined : { path, external: true }));
        },
      },
    ],
  });
});
afterAll(() => rm(BUILT, { recursive: true }));

let cli: TestCli;
beforeEach(async () => {
  cli = await TestCli.create();
  await cli.ok('mb', 'local:box');
});
afterEach(() => cli[Symbol.asyncDispose]());

function start(...argv: string[]): ChildProcessWithoutNullStreams {
  return startAt(cli.home, ...argv);
}

function startAt(home: string, ...argv: string[]): ChildProcessWithoutNullStreams {
  const env = { PATH: process.env['PATH'], HOME: home, CMX_CONFIG_DIR: join(home, 'config'), CMX_LOCAL_ROOT: join(home, 'buckets') };
  return spawn(process.execPath, [join(BUILT, 'bin.mjs'), ...argv], { env });
}

async function outcome(child: ChildProcessWithoutNullStreams) {
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { exitCode, signal, ...text };
}

describe('the cmx process', () => {
  it('shows help', async () => {
    expect(await outcome(start('--help'))).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Usage: cmx') as unknown, stderr: '' });
  });

  it('passes the exit code on', async () => {
    expect(await outcome(start('ls', 'local:nope'))).toMatchObject({ exitCode: 3, stdout: '' });
  });

  it('reads standard input and writes standard output', async () => {
    const put = start('cp', '-', 'local:box/key');
    put.stdin.end('through a pipe');
    expect(await outcome(put)).toMatchObject({ exitCode: 0 });
    expect(await outcome(start('cat', 'local:box/key'))).toMatchObject({ exitCode: 0, stdout: 'through a pipe', stderr: '' });
  });

  it('is quiet when the reader of its output has seen enough', async () => {
    await cli.run(['cp', '-', 'local:box/large'], { stdin: [new Uint8Array(8 * 1024 * 1024)] });
    const child = start('cat', 'local:box/large');
    child.stdout.once('data', () => child.stdout.destroy());
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect({ exitCode, stderr: Buffer.concat(stderr).toString() }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('stops on an interrupt with 130 and leaves nothing behind', async () => {
    const child = start('cp', '-', 'local:box/never');
    const ended = outcome(child);
    child.stdin.on('error', () => undefined);
    // Once this much was taken from the pipe, the upload is under way.
    await new Promise((resolve) => child.stdin.write(new Uint8Array(4 * 1024 * 1024), resolve));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 130, stdout: '', stderr: expect.stringContaining('Interrupted') as unknown });
    expect((await cli.ok('ls', 'local:box', '--json')).json()).toEqual([]);
    const left = await readdir(join(cli.home, 'buckets'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile() && entry.name.includes('never'))).toEqual([]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('goes on with an upload that was ended by %s', async (signal) => {
    await using s3 = await openS3();
    const content = contentOf(2 * PART_IN_BYTES + 1000);
    const argv = ['cp', '--resume', '--part-size', '5', '-', 'lab:box/film.bin'];
    const child = startAt(s3.cli.home, ...argv);
    child.stdin.on('error', () => undefined);
    child.stdin.write(content.subarray(0, 2 * PART_IN_BYTES + 1));
    const ended = outcome(child);
    while (partsSent(s3.service).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill(signal);
    expect(await ended).toMatchObject(signal === 'SIGINT' ? { exitCode: 130, stderr: expect.stringContaining('try: cmx uploads ls lab:box/film.bin') as unknown } : { signal });
    expect(s3.service.openUploads).toBe(1);
    s3.service.exchanges.length = 0;
    const again = startAt(s3.cli.home, ...argv);
    again.stdin.end(content);
    expect(await outcome(again)).toMatchObject({ exitCode: 0 });
    expect(partsSent(s3.service)).toEqual([3]);
    expect(s3.service.openUploads).toBe(0);
  });
});
