import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TestCli } from './cli.ts';
import { openCoda } from './open-coda.ts';
import { openNewsletter } from './open-newsletter.ts';
import { openS3 } from './open-s3.ts';

type Line = Record<string, unknown>;

async function linesOf(path: string): Promise<Line[]> {
  return (await readFile(path, 'utf8')).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
}

it('has a line for each request, attempts that failed included', async () => {
  await using s3 = await openS3();
  const trace = join(s3.cli.home, 'trace.jsonl');
  const directory = await s3.cli.files('source', { 'a.txt': 'content' });
  s3.service.fail({ method: 'PUT', key: 'a.txt', status: 503, code: 'SlowDown', headers: { 'retry-after': '0' } });
  await s3.cli.ok('cp', join(directory, 'a.txt'), 'lab:box/a.txt', '--trace-file', trace);
  const asked = { operation: 'putObject', method: 'PUT', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown, path: '/box/a.txt', requestSizeInBytes: 7 };
  const known = { time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown, durationInMs: expect.any(Number) as unknown, requestId: expect.stringMatching(/./) as unknown };
  const lines = await linesOf(trace);
  expect(lines.filter(({ operation }) => operation === 'putObject')).toEqual([
    { ...asked, ...known, attempt: 1, status: 503, error: 'rate_limited' },
    expect.objectContaining({ ...asked, ...known, attempt: 2, status: 200 }),
  ]);
  await s3.cli.ok('cat', 'lab:box/a.txt', '--trace-file', trace);
  expect((await linesOf(trace)).slice(lines.length)).toContainEqual(expect.objectContaining({ operation: 'getObject', status: 200, responseSizeInBytes: 7 }));
  expect((await stat(trace)).mode & 0o777).toBe(0o600);
});

it('tells of requests without an answer', async () => {
  await using s3 = await openS3();
  const trace = join(s3.cli.home, 'trace.jsonl');
  await s3.cli.ok('configure', 'dead', '--type', 's3', '--set', 'endpoint=http://127.0.0.1:1', '--set', 'accessKeyId=a', '--set', 'secretAccessKey=sentinel-secret');
  expect((await s3.cli.run(['ls', 'dead:box', '--retries', '1', '--trace-file', trace])).exitCode).toBe(7);
  expect(await linesOf(trace)).toEqual([1, 2].map((attempt) => expect.objectContaining({ attempt, error: 'unavailable', host: '127.0.0.1:1' }) as unknown));
  expect((await linesOf(trace))[0]).not.toHaveProperty('status');
});

it('holds no secret of any service, whatever the command', async () => {
  await using s3 = await openS3();
  await using coda = await openCoda();
  await using news = await openNewsletter();
  const token = 'sentinel-session-token';
  await s3.cli.ok('configure', 'temporary', '--type', 's3', '--set', `endpoint=http://127.0.0.1:${new URL(coda.baseUrl).port}`, '--set', 'accessKeyId=a', '--set', 'secretAccessKey=sentinel-key', '--set', `sessionToken=${token}`);
  const lines: [TestCli, string][] = [
    [s3.cli, 'ls lab:box'],
    [s3.cli, 'stat lab:box/none'],
    [s3.cli, 'presign lab:box/key'],
    [s3.cli, 'uploads ls lab:box'],
    [s3.cli, 'ls temporary:box'],
    [s3.cli, `doctor ${s3.url} -c lab`],
    [coda.cli, 'docs ls'],
    [coda.cli, 'pages export AbCDeFGH First'],
    [coda.cli, 'connections test docs'],
    [news.cli, 'newsletter subscribers ls'],
    [news.cli, 'connections test news'],
  ];
  for (const [cli, line] of lines) await cli.run([...line.split(' '), '--retries', '0', '--trace-file', join(cli.home, 'trace.jsonl')]);
  for (const [cli, atLeast] of [[s3.cli, 5], [coda.cli, 3], [news.cli, 2]] as const) {
    const text = await readFile(join(cli.home, 'trace.jsonl'), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(atLeast);
    for (const secret of [s3.secretAccessKey, 'sentinel', coda.token, news.service.token]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/signature=(?!\*)|credential=(?!\*)|authorization|bearer/i);
  }
});

it('that cannot be written is refused before anything is sent', async () => {
  await using s3 = await openS3();
  await mkdir(join(s3.cli.home, 'directory'));
  for (const path of ['directory', 'none/trace.jsonl']) {
    const refused = await s3.cli.run(['ls', 'lab:box', '--json', '--trace-file', join(s3.cli.home, path)]);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.errors()[0]?.error).toMatchObject({ code: 'InvalidArgument', message: expect.stringContaining('The trace file cannot be written') as unknown });
  }
  expect(s3.service.exchanges).toEqual([]);
});

// A device that is always full is there on Linux alone.
it.skipIf(!existsSync('/dev/full'))('that breaks midway is told of once, and stops nothing', async () => {
  await using s3 = await openS3();
  await s3.cli.ok('cp', '-r', await s3.cli.files('source', { a: 'a', b: 'b' }), 'lab:box');
  const { stdout, stderr } = await s3.cli.ok('cat', 'lab:box/a', 'lab:box/b', '--trace-file', '/dev/full');
  expect(stdout).toBe('ab');
  expect(stderr).toMatch(/^The trace file \/dev\/full ends here: ENOSPC[^\n]*\n$/);
});

it('lets a store without a service have nothing to tell', async () => {
  await using cli = await TestCli.create();
  const trace = join(cli.home, 'trace.jsonl');
  await writeFile(trace, 'earlier\n');
  await cli.ok('mb', 'local:box', '--trace-file', trace);
  expect(await readFile(trace, 'utf8')).toBe('earlier\n');
});
