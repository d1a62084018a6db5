import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCli } from './cli.ts';

let cli: TestCli;
beforeEach(async () => {
  cli = await TestCli.create();
  await cli.ok('mb', 'local:box');
});
afterEach(() => cli[Symbol.asyncDispose]());

async function fill(contents: Readonly<Record<string, string>>, prefix = ''): Promise<void> {
  await cli.ok('cp', '-r', await cli.files('source', contents), `local:box/${prefix}`);
}

async function keys(address = 'local:box'): Promise<string[]> {
  return (await cli.ok('ls', '-r', address, '-o', 'ndjson')).lines<{ name: string }>().map(({ name }) => name);
}

describe('cp', () => {
  it('puts one file under the name that was given, or into what ends with a slash', async () => {
    const directory = await cli.files('source', { 'a.txt': 'a' });
    await cli.ok('cp', join(directory, 'a.txt'), 'local:box/b.txt');
    await cli.ok('cp', join(directory, 'a.txt'), 'local:box/into/');
    await cli.ok('cp', join(directory, 'a.txt'), 'local:box');
    expect(await keys()).toEqual(['a.txt', 'b.txt', 'into/a.txt']);
  });

  it('puts what is in a directory below the prefix, with a result for each object', async () => {
    const directory = await cli.files('source', { 'a.txt': 'a', 'sub/b.txt': 'bb' });
    const { stdout } = await cli.ok('cp', '-r', directory, 'local:box/x', '-o', 'ndjson');
    const results = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results.toSorted((a, b) => String(a['target']).localeCompare(String(b['target'])))).toEqual([
      { source: `${directory}/a.txt`, target: 'local:box/x/a.txt', outcome: 'copied', sizeInBytes: 1, how: 'streamed', verified: 'checksum' },
      { source: `${directory}/sub/b.txt`, target: 'local:box/x/sub/b.txt', outcome: 'copied', sizeInBytes: 2, how: 'streamed', verified: 'checksum' },
    ]);
  });

  it('keeps quiet on standard output and sums up on standard error', async () => {
    const directory = await cli.files('source', { a: '1234', b: '5678' });
    const { stdout, stderr } = await cli.ok('cp', '-r', directory, 'local:box');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^2 copied, 8 B in /);
  });

  it('copies inside the service between two buckets of one connection', async () => {
    await fill({ a: 'a' });
    await cli.ok('mb', 'local:other');
    const [result] = (await cli.ok('cp', 'local:box/a', 'local:other/', '-o', 'ndjson')).lines();
    expect(result).toMatchObject({ how: 'server-side', verified: 'service', target: 'local:other/a' });
  });

  it('takes what a pattern matches, named from the directory of the pattern', async () => {
    await fill({ 'logs/2024-01/x.gz': '1', 'logs/2024-02/deep/y.gz': '2', 'logs/2024-02/z.txt': '3', 'logs/2023-12/w.gz': '4' });
    await cli.ok('cp', 'local:box/logs/2024-*/**/*.gz', 'local:box/out/');
    expect(await keys('local:box/out')).toEqual(['2024-01/x.gz', '2024-02/deep/y.gz']);
  });

  it('takes wildcards literally with --no-glob', async () => {
    await fill({ 'a*': 'star', ab: 'plain' });
    await cli.ok('cp', '--no-glob', 'local:box/a*', 'local:box/out/');
    expect(await keys('local:box/out')).toEqual(['a*']);
    await cli.ok('cp', 'local:box/a\\*', 'local:box/escaped/');
    expect(await keys('local:box/escaped')).toEqual(['a*']);
  });

  it('copies from standard input and to standard output', async () => {
    const put = await cli.run(['cp', '-', 'local:box/in.txt'], { stdin: ['one ', 'two'] });
    expect(put.exitCode).toBe(0);
    expect((await cli.ok('cp', 'local:box/in.txt', '-')).stdout).toBe('one two');
  });

  it('plans with --dry-run and changes nothing', async () => {
    const directory = await cli.files('source', { a: 'a' });
    const { stdout } = await cli.ok('cp', '-r', directory, 'local:box', '--dry-run');
    expect(stdout).toMatch(/planned +1 B +\S+\/a +local:box\/a/);
    expect(await keys()).toEqual([]);
  });

  it('skips or refuses what is there already', async () => {
    await fill({ a: 'old' });
    const directory = await cli.files('new', { a: 'new', b: 'b' });
    const skipped = await cli.ok('cp', '-r', directory, 'local:box', '--if-exists', 'skip', '-o', 'csv');
    expect(skipped.stdout).toContain('skipped,3,,');
    const refused = await cli.run(['cp', '-r', directory, 'local:box', '--if-exists', 'fail']);
    expect(refused.exitCode).toBe(9);
    expect(new Set(refused.errors().map(({ error }) => error.code))).toEqual(new Set(['PreconditionFailed']));
    expect((await cli.ok('cat', 'local:box/a')).stdout).toBe('old');
  });

  it('copies the others when some fail, names the failed ones and ends with 9', async () => {
    await fill({ a: 'a', 'b/x': 'x', c: 'c' });
    const target = await cli.files('target', { b: 'a file where a directory should go' });
    const result = await cli.run(['get', '-r', 'local:box', '--to', target]);
    expect(result.exitCode).toBe(9);
    expect(result.errors()).toMatchObject([{ source: 'local:box/b/x', target: `${target}/b/x` }]);
    expect(result.stderr).toContain('2 copied, 1 failed');
    expect(await readdir(target)).toEqual(['a', 'b', 'c']);
  });

  it('ends with the code of its error when the one thing named fails', async () => {
    expect((await cli.run(['cp', 'local:box/nope', 'local:box/x'])).exitCode).toBe(3);
    expect((await cli.run(['cp', join(cli.home, 'nope'), 'local:box/x'])).exitCode).toBe(3);
    expect((await cli.run(['cp', join(cli.home), 'local:box/x'])).exitCode).toBe(2);
    expect((await cli.run(['cp', '-r', join(cli.home), 'local:nobucket/x'])).exitCode).toBe(3);
  });

  it('leaves symbolic links out and says so', async () => {
    const directory = await cli.files('source', { a: 'a' });
    await symlink('/etc/hosts', join(directory, 'link'));
    const { stdout } = await cli.ok('cp', '-r', directory, 'local:box');
    expect(stdout).toMatch(/skipped.*link/);
    expect(await keys()).toEqual(['a']);
  });

  it('stores content type and metadata', async () => {
    const directory = await cli.files('source', { 'a.json': '{}' });
    await cli.ok('cp', join(directory, 'a.json'), 'local:box/', '--metadata', 'author=me', '--metadata', 'note=a=b');
    const first = (await cli.ok('stat', 'local:box/a.json', '--json')).json();
    expect(first).toMatchObject({ contentType: 'application/json', metadata: { author: 'me', note: 'a=b' }, sizeInBytes: 2 });
    await cli.ok('cp', 'local:box/a.json', 'local:box/b.json', '--content-type', 'text/plain');
    expect((await cli.ok('stat', 'local:box/b.json', '--json')).json()).toMatchObject({ contentType: 'text/plain', metadata: { author: 'me' } });
  });
});

describe('mv', () => {
  it('deletes the source once the copy is there', async () => {
    await fill({ 'in/a': 'a', 'in/b': 'b' });
    await cli.ok('mv', '-r', 'local:box/in', 'local:box/out');
    expect(await keys()).toEqual(['out/a', 'out/b']);
  });

  it('moves files into a bucket', async () => {
    const directory = await cli.files('source', { a: 'a' });
    const { stderr } = await cli.ok('mv', join(directory, 'a'), 'local:box/');
    expect(stderr).toMatch(/^1 moved, 1 B in /);
    expect(await readdir(directory)).toEqual([]);
    expect(await keys()).toEqual(['a']);
  });
});

describe('put and get', () => {
  it('bring files there and back', async () => {
    const directory = await cli.files('source', { a: 'a', 'sub/b': 'b' });
    await cli.ok('put', '-r', directory, 'local:box/x');
    await cli.ok('get', '-r', 'local:box/x', '--to', join(cli.home, 'back'));
    expect(await readFile(join(cli.home, 'back/sub/b'), 'utf8')).toBe('b');
  });

  it('refuse the wrong side', async () => {
    expect((await cli.run(['put', 'local:box/a', 'local:box/b'])).exitCode).toBe(2);
    expect((await cli.run(['get', './a'])).exitCode).toBe(2);
  });

  it('write nothing outside the directory, whatever the keys are', async () => {
    const keysThere = ['ok.txt', 'C:evil.txt', 'back\\slash.txt', 'CON', 'dir/aux.c'];
    for (const key of keysThere) await cli.run(['cp', '-', `local:box/${key}`], { stdin: ['x'] });
    const there = await keys();
    const result = await cli.run(['get', '-r', 'local:box', '--to', join(cli.home, 'out')]);
    expect(await readdir(join(cli.home, 'out'))).toEqual(['ok.txt']);
    expect(result.exitCode).toBe(9);
    expect(result.errors()).toHaveLength(there.length - 1);
    expect(result.errors().every(({ error }) => error.code === 'InvalidArgument')).toBe(true);
  });

  it('does not follow a link that leads out of the directory', async () => {
    await fill({ 'link/x': 'x', y: 'y' });
    await mkdir(join(cli.home, 'out'));
    await mkdir(join(cli.home, 'outside'));
    await symlink(join(cli.home, 'outside'), join(cli.home, 'out/link'));
    const result = await cli.run(['get', '-r', 'local:box', '--to', join(cli.home, 'out')]);
    expect(result.exitCode).toBe(9);
    expect(await readdir(join(cli.home, 'outside'))).toEqual([]);
    expect(await readFile(join(cli.home, 'out/y'), 'utf8')).toBe('y');
  });
});

describe('ls, tree, du, stat and cat', () => {
  beforeEach(() => fill({ 'a/x.txt': '1', 'a/y/z.txt': '22', 'b.txt': '333' }));

  it('list one level at a time', async () => {
    expect((await cli.ok('ls', '-o', 'name')).stdout).toBe('local:\n');
    expect((await cli.ok('ls', 'local:', '-o', 'name')).stdout).toBe('local:box\n');
    expect((await cli.ok('ls', 'local:box', '-o', 'name')).stdout).toBe('local:box/a/\nlocal:box/b.txt\n');
    expect((await cli.ok('ls', 'local:box/a', '-o', 'name')).stdout).toBe('local:box/a/x.txt\nlocal:box/a/y/\n');
    expect((await cli.ok('ls', 'local:box/b.txt', '-o', 'name')).stdout).toBe('local:box/b.txt\n');
  });

  it('list what a pattern matches, and only so many', async () => {
    expect((await cli.ok('ls', 'local:box/**/*.txt', '-o', 'name')).stdout.split('\n').filter(Boolean)).toHaveLength(3);
    expect((await cli.ok('ls', '-r', 'local:box', '--limit', '1', '-o', 'name')).stdout.split('\n').filter(Boolean)).toHaveLength(1);
  });

  it('draw a tree', async () => {
    expect((await cli.ok('tree', 'local:box')).stdout).toBe('a/\n  x.txt  1 B\n  y/\n    z.txt  2 B\nb.txt  3 B\n');
    expect((await cli.ok('tree', 'local:box', '--depth', '1')).stdout).toBe('a/\nb.txt  3 B\n');
  });

  it('sum up', async () => {
    expect((await cli.ok('du', 'local:box', '--depth', '1', '--json')).json()).toEqual([
      { address: 'local:box/a/', objects: 2, sizeInBytes: 3 },
      { address: 'local:box/', objects: 3, sizeInBytes: 6 },
    ]);
  });

  it('read ranges and several objects', async () => {
    expect((await cli.ok('cat', 'local:box/b.txt', 'local:box/a/y/z.txt')).stdout).toBe('33322');
    expect((await cli.ok('cat', 'local:box/a/y/z.txt', '--range', '1-')).stdout).toBe('2');
    expect((await cli.ok('cat', 'local:box/b.txt', '--range', '-1')).stdout).toBe('3');
    expect((await cli.run(['cat', 'local:box/b.txt', '--range', '9-'])).exitCode).toBe(2);
  });

  it('tell a missing bucket from a missing key', async () => {
    expect((await cli.run(['stat', 'local:nope/x', '--json'])).errors()[0]?.error.code).toBe('BucketNotFound');
    expect((await cli.run(['stat', 'local:box/x', '--json'])).errors()[0]?.error.code).toBe('NotFound');
    expect((await cli.ok('stat', 'local:box', '--json=type')).json()).toEqual({ type: 'bucket' });
  });

  it('work on plain paths', async () => {
    const directory = join(cli.home, 'source');
    expect((await cli.ok('ls', directory, '-o', 'name')).stdout).toBe(`${directory}/a/\n${directory}/b.txt\n`);
    expect((await cli.ok('cat', join(directory, 'b.txt'))).stdout).toBe('333');
    expect((await cli.ok('stat', `file:${directory}`, '--json=type')).json()).toEqual({ type: 'directory' });
    expect((await cli.ok('du', directory, '--json')).json()).toMatchObject([{ objects: 3, sizeInBytes: 6 }]);
  });
});

describe('rm, mb and rb', () => {
  beforeEach(() => fill({ 'a/x': '1', 'a/y': '2', b: '3' }));

  it('delete one object without a question', async () => {
    await cli.ok('rm', 'local:box/b');
    expect(await keys()).toEqual(['a/x', 'a/y']);
    await cli.ok('rm', 'local:box/b');
  });

  it('need a yes for many', async () => {
    expect((await cli.run(['rm', '-r', 'local:box/a'])).exitCode).toBe(10);
    expect((await cli.run(['rm', '-r', 'local:box/a'], { isTerminal: true, ask: async () => 'n' })).exitCode).toBe(10);
    expect((await cli.run(['rm', '-r', 'local:box/a', '--no-input'], { isTerminal: true, ask: async () => 'y' })).exitCode).toBe(10);
    expect(await keys()).toHaveLength(3);
    expect((await cli.run(['rm', '-r', 'local:box/a'], { isTerminal: true, ask: async () => 'y' })).exitCode).toBe(0);
    expect(await keys()).toEqual(['b']);
  });

  it('plan what a pattern would delete', async () => {
    expect((await cli.ok('rm', 'local:box/a/*', '--dry-run', '-o', 'name')).stdout).toBe('local:box/a/x\nlocal:box/a/y\n');
    await cli.ok('rm', 'local:box/a/*', '--yes');
    expect(await keys()).toEqual(['b']);
  });

  it('refuse a bucket that is not empty, unless forced', async () => {
    expect((await cli.run(['rb', 'local:box'])).exitCode).toBe(6);
    expect((await cli.run(['rb', 'local:box', '--force'])).exitCode).toBe(10);
    await cli.ok('rb', 'local:box', '--force', '--yes');
    expect((await cli.ok('ls', 'local:', '--json')).json()).toEqual([]);
    expect((await cli.run(['mb', 'local:box'])).exitCode).toBe(0);
    expect((await cli.run(['mb', 'local:box'])).exitCode).toBe(6);
  });
});
