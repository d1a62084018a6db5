import { describe, expect, it } from 'vitest';
import { TestCli, type CliResult } from './cli.ts';
import { openCoda } from './open-coda.ts';
import { openNewsletter } from './open-newsletter.ts';
import { openS3 } from './open-s3.ts';

interface Page {
  readonly items: Record<string, unknown>[];
  readonly nextCursor?: string;
}

/** Reads a listing in pieces, as a script does. @returns The pieces, of one field. */
async function inPieces(cli: TestCli, line: string, limit: number, field: string): Promise<unknown[][]> {
  const pieces: unknown[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = (await cli.ok(...line.split(' '), '--limit', String(limit), '-o', 'page', ...(cursor === undefined ? [] : ['--cursor', cursor]))).json<Page>();
    pieces.push(items.map((item) => item[field]));
    cursor = nextCursor;
    if (cursor === undefined) return pieces;
  }
}

async function fill(cli: TestCli, target: string): Promise<void> {
  await cli.ok('cp', '-r', await cli.files('source', { 'a/x': '1', 'a/y': '2', b: '3', c: '4', d: '5' }), target);
}

describe('a listing in pieces', () => {
  it('of a bucket, of its levels, of what a pattern matches, of buckets, files and connections', async () => {
    await using s3 = await openS3();
    const { cli } = s3;
    await cli.ok('mb', 'local:box');
    await cli.ok('mb', 'local:box2');
    for (const bucket of ['lab:box', 'local:box']) {
      await fill(cli, bucket);
      expect(await inPieces(cli, `ls -r ${bucket}`, 2, 'name')).toEqual([['a/x', 'a/y'], ['b', 'c'], ['d']]);
      expect(await inPieces(cli, `ls ${bucket}`, 3, 'name')).toEqual([['a/', 'b', 'c'], ['d']]);
      expect(await inPieces(cli, `ls ${bucket}/a`, 1, 'name')).toEqual([['x'], ['y']]);
      expect(await inPieces(cli, `ls ${bucket}/**/[xyd]`, 1, 'name')).toEqual([['a/x'], ['a/y'], ['d']]);
      expect(await inPieces(cli, `ls ${bucket}/b`, 1, 'name')).toEqual([['b']]);
      expect(await inPieces(cli, `ls -r ${bucket} --start-after a/y`, 2, 'name')).toEqual([['b', 'c'], ['d']]);
    }
    expect(await inPieces(cli, 'ls local:', 1, 'name')).toEqual([['box/'], ['box2/']]);
    expect(await inPieces(cli, `ls -r ${cli.home}/source`, 3, 'name')).toEqual([['a/x', 'a/y', 'b'], ['c', 'd']]);
    expect(await inPieces(cli, 'ls', 1, 'name')).toEqual([['lab:'], ['local:']]);
  });

  it('asks a service for no more than is wanted', async () => {
    await using s3 = await openS3();
    await fill(s3.cli, 'lab:box');
    s3.service.exchanges.length = 0;
    await s3.cli.ok('ls', '-r', 'lab:box', '--limit', '2');
    expect(s3.service.exchanges.map(({ path }) => path)).toEqual([expect.stringContaining('max-keys=2')]);
  });

  it('of docs and rows', async () => {
    await using coda = await openCoda();
    expect(await inPieces(coda.cli, 'rows ls AbCDeFGH Tasks', 2, 'id')).toEqual([['i-row0', 'i-row1'], ['i-row2']]);
    for (const name of ['One', 'Two']) coda.service.addDoc(name);
    const docs = await inPieces(coda.cli, 'docs ls', 2, 'name');
    expect(docs.map(({ length }) => length)).toEqual([2, 1]);
    expect(docs.flat().sort()).toEqual(['Launch', 'One', 'Two']);
  });

  it('of subscribers and groups', async () => {
    await using news = await openNewsletter();
    news.service.state.addGroup('Writers');
    const subscribers = await inPieces(news.cli, 'newsletter subscribers ls', 2, 'email');
    expect(subscribers.map(({ length }) => length)).toEqual([2, 1]);
    expect(new Set(subscribers.flat()).size).toBe(3);
    expect((await inPieces(news.cli, 'newsletter groups ls', 1, 'name')).flat().sort()).toEqual(['Readers', 'Writers']);
  });
});

describe('the next cursor', () => {
  it('is told on standard error where results have no place for it', async () => {
    await using cli = await TestCli.create();
    await cli.ok('mb', 'local:box');
    await fill(cli, 'local:box');
    const list = (...more: string[]): Promise<CliResult> => cli.ok('ls', '-r', 'local:box', '--limit', '2', ...more);
    const { nextCursor } = (await list('-o', 'page')).json<Page>();
    for (const output of ['table', 'csv', 'name']) expect((await list('-o', output)).stderr).toBe(`There is more: --cursor ${String(nextCursor)}\n`);
    for (const output of ['json', 'ndjson']) expect((await list('-o', output)).stderr).toBe(`{"nextCursor":"${String(nextCursor)}"}\n`);
    expect((await list('--json=name')).json()).toEqual([{ name: 'a/x' }, { name: 'a/y' }]);
    expect((await list('--json=name', '-o', 'page')).json()).toEqual({ items: [{ name: 'a/x' }, { name: 'a/y' }], nextCursor });
    expect((await cli.ok('ls', '-r', 'local:box', '--limit', '5')).stderr).toBe('');
    expect((await cli.ok('ls', 'local:box/none/*', '-o', 'page')).json()).toEqual({ items: [] });
  });

  it('is refused where it does not belong, before anything is sent', async () => {
    await using s3 = await openS3();
    await fill(s3.cli, 'lab:box');
    const { nextCursor = '' } = (await s3.cli.ok('ls', '-r', 'lab:box', '--limit', '1', '-o', 'page')).json<Page>();
    s3.service.exchanges.length = 0;
    for (const line of [`ls lab:box --cursor ${nextCursor}`, `ls -r lab:other --cursor ${nextCursor}`, `uploads ls lab:box --cursor ${nextCursor}`, 'ls lab:box --cursor nonsense']) {
      const refused = await s3.cli.run([...line.split(' '), '--json']);
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(refused.errors()[0]?.error.code).toBe('InvalidArgument');
    }
    expect(s3.service.exchanges).toEqual([]);
  });
});
