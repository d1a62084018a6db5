import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCoda, type CodaSetup } from './open-coda.ts';

let coda: CodaSetup;
beforeEach(async () => (coda = await openCoda()));
afterEach(async () => {
  expect(coda.service.problems).toEqual([]);
  await coda[Symbol.asyncDispose]();
});

const DOC = 'AbCDeFGH';
const run = (...argv: string[]) => coda.cli.run(argv);
const ok = (...argv: string[]) => coda.cli.ok(...argv);
const titles = () => [...coda.table.rows.values()].map(({ cells }) => cells['c-title']).sort();
/** Requests that changed something, or tried to. */
const writes = () => coda.service.exchanges.filter(({ method }) => method !== 'GET').map(({ operation }) => operation);

/** Makes a file in the home and returns its path. */
async function file(name: string, content: string): Promise<string> {
  return join(await coda.cli.files('', { [name]: content }), name);
}

describe('cmx docs', () => {
  it('lists docs, for people and programs', async () => {
    expect((await ok('docs', 'ls')).stdout).toMatch(/^ID +NAME +OWNER +UPDATED AT\nAbCDeFGH +Launch +owner@example\.com +\S+ \S+Z\n$/);
    expect((await ok('docs', 'ls', 'Launch', '--json=id,name')).json()).toEqual([{ id: DOC, name: 'Launch' }]);
    expect((await ok('docs', 'ls', 'nothing like it', '-o', 'name')).stdout).toBe('');
  });

  it('shows what is in a doc, by id or link, and the columns of a table', async () => {
    expect((await ok('docs', 'show', DOC, '--json=kind,name')).json()).toEqual([{ kind: 'doc', name: 'Launch' }, { kind: 'page', name: 'First' }, { kind: 'table', name: 'Tasks' }]);
    expect((await ok('docs', 'show', `https://coda.io/d/Launch_d${DOC}`, '-o', 'name')).stdout).toContain('grid-tasks');
    const columns = (await ok('docs', 'show', DOC, 'Tasks', '--json')).json<{ name: string; format: string; calculated?: boolean }[]>();
    expect(columns).toContainEqual(expect.objectContaining({ kind: 'column', name: 'Tags', format: 'select list' }));
    expect(columns.find(({ name }) => name === 'Age')?.calculated).toBe(true);
  });

  it('says where to look when there is no such doc or table', async () => {
    const missing = await run('docs', 'show', 'Nope', '--json');
    expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
    expect(missing.errors()).toMatchObject([{ error: { code: 'NotFound', next: ['cmx docs ls', 'cmx docs show DOC'] } }]);
    expect((await run('docs', 'show', DOC, 'Nope')).exitCode).toBe(3);
  });
});

describe('cmx rows ls', () => {
  it('shows rows as a table, as CSV and as JSON', async () => {
    expect((await ok('rows', 'ls', DOC, 'Tasks')).stdout).toBe('ID      Title  Points  Done\ni-row0  T0     0       false\ni-row1  T1     1       false\ni-row2  T2     2       false\n');
    expect((await ok('rows', 'ls', DOC, 'Tasks', '--column', 'c-points', '--column', 'Title', '--limit', '1', '-o', 'csv')).stdout).toBe('id,Points,Title\r\ni-row0,0,T0\r\n');
    expect((await ok('rows', 'ls', DOC, 'Tasks', '--query', '"Title":"T1"', '--column', 'Points', '--json=id,values')).json()).toEqual([{ id: 'i-row1', values: { Points: 1 } }]);
  });

  it('refuses a column that there is not, by name', async () => {
    const wrong = await run('rows', 'ls', DOC, 'Tasks', '--column', 'Nope');
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('The table has no column "Nope"; it has Title, Points');
  });
});

describe('cmx rows upsert', () => {
  it('changes rows with the same key and adds the others', async () => {
    const path = await file('rows.csv', 'Title,Points,Done\nT1,5,true\nT9,9,false\n');
    expect((await ok('rows', 'upsert', DOC, 'Tasks', path, '--key', 'Title', '--wait')).stdout).toMatch(/^OUTCOME +applied\nROWS +2\nREQUEST IDS +mutate-\d+\n$/);
    expect(titles()).toEqual(['T0', 'T1', 'T2', 'T9']);
    expect(coda.table.rows.get('i-row1')?.cells).toMatchObject({ 'c-points': 5, 'c-done': true });
  });

  it('reads JSON from standard input, and does not wait unless told to', async () => {
    const upsert = await coda.cli.run(['rows', 'upsert', DOC, 'Tasks', '-k', 'c-title', '--json'], { stdin: ['{"Title":"T2","Points":7}\n'] });
    expect(upsert.json()).toEqual({ outcome: 'queued', rows: 1, requestIds: [expect.stringMatching(/^mutate-/)] });
    expect(coda.table.rows.get('i-row2')?.cells).toMatchObject({ 'c-points': 2 });
  });

  it.each([
    ['a column the table does not have', 'Title,Nope\nT1,5\n', 'Line 2: The table has no column "Nope"; it has Title, Points'],
    ['a value the column does not take', 'Title,Points\nT1,5\nT2,five\n', 'Line 3: column "Points": "five" is not a number'],
  ])('refuses %s, with its line, and writes nothing', async (_what, content, message) => {
    const refused = await run('rows', 'upsert', DOC, 'Tasks', await file('rows.csv', content), '--key', 'Title');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(message);
    expect(writes()).toEqual([]);
  });

  it('refuses to guess the key, and a key that is no column', async () => {
    const path = await file('rows.csv', 'Title\nT1\n');
    const without = await run('rows', 'upsert', DOC, 'Tasks', path);
    expect(without).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--key <value>') as unknown });
    expect((await run('rows', 'upsert', DOC, 'Tasks', path, '--key', 'Nope')).exitCode).toBe(2);
    expect((await run('rows', 'upsert', DOC, 'Tasks', join(coda.cli.home, 'missing.csv'), '--key', 'Title')).exitCode).toBe(3);
    expect(writes()).toEqual([]);
  });
});

describe('cmx rows sync', () => {
  const sync = async (content: string, ...flags: string[]) => run('rows', 'sync', DOC, 'Tasks', await file('rows.csv', content), '--key', 'Title', ...flags);
  const wanted = 'Title,Points\nT1,7\nT3,3\n';

  it('shows the plan and does nothing with --dry-run', async () => {
    const plan = await sync(wanted, '--dry-run');
    expect(plan.stdout.split('\n').map((line) => line.trim().split(/ +/))).toEqual([
      ['CHANGE', 'KEY', 'COLUMNS', 'REASON', 'ROW', 'ID'],
      ['delete', 'T0', 'missing', 'i-row0'],
      ['update', 'T1', 'Points', 'i-row1'],
      ['delete', 'T2', 'missing', 'i-row2'],
      ['insert', 'T3'],
      [''],
    ]);
    expect(plan.stderr).toMatch(/^4 planned in /);
    expect((await sync(wanted, '--dry-run', '--json=key,change,outcome')).json()).toContainEqual({ key: 'T1', change: 'update', outcome: 'planned' });
    expect(writes()).toEqual([]);
  });

  it('asks before it deletes, and does all of it with --yes', async () => {
    const asked = await sync(wanted);
    expect(asked).toMatchObject({ exitCode: 10, stdout: '' });
    expect(asked.stderr).toMatch(/^cmx: Delete the rows of "Tasks" that .*rows\.csv does not have, and write the others\? Nobody said yes\.\n {2}Say --yes to answer yes\n$/);
    expect(writes()).toEqual([]);
    const done = await sync(wanted, '--yes', '--wait');
    expect(done).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/^1 inserted, 1 updated, 2 deleted in /) as unknown });
    expect(titles()).toEqual(['T1', 'T3']);
    expect(await sync(wanted, '--yes')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'nothing to do\n' });
  });

  it('needs no yes where nothing is deleted', async () => {
    expect(await sync(wanted, '--keep', '--wait', '--json')).toMatchObject({ exitCode: 0 });
    expect((await sync('Title\nT4\n', '--keep')).stderr).toMatch(/^1 queued in /);
    expect(titles()).toEqual(['T0', 'T1', 'T2', 'T3']);
  });

  it('deletes no more than it may, and says how to go on', async () => {
    const tooMany = await sync(wanted, '--max-delete', '1', '--yes');
    expect(tooMany).toMatchObject({ exitCode: 6, stdout: '' });
    expect(tooMany.stderr).toContain('2 rows would be deleted, and --max-delete allows 1: nothing was done\n  Look at the plan with --dry-run; if it is what you want, say --max-delete 2\n');
    expect((await sync(wanted, '--max-delete', '1', '--dry-run')).exitCode).toBe(0);
    expect(writes()).toEqual([]);
  });

  it('does not take a file without rows for a wish to delete everything', async () => {
    const empty = await sync('', '--yes', '--json');
    expect(empty).toMatchObject({ exitCode: 6, stdout: '' });
    expect(empty.errors()).toMatchObject([{ error: { code: 'PreconditionFailed', hint: expect.stringContaining('--max-delete 3') as unknown } }]);
    expect(writes()).toEqual([]);
    expect(await sync('', '--yes', '--max-delete', '3', '--wait')).toMatchObject({ exitCode: 0 });
    expect(titles()).toEqual([]);
  });

  it('is refused by --read-only, but for its plan', async () => {
    expect(await sync(wanted, '--yes', '--read-only')).toMatchObject({ exitCode: 5, stdout: '' });
    expect((await sync(wanted, '--dry-run', '--read-only')).exitCode).toBe(0);
    expect(writes()).toEqual([]);
  });
});

describe('cmx rows export', () => {
  it('writes nothing but the rows to standard output', async () => {
    const { stdout } = await ok('rows', 'export', DOC, 'Tasks', '--format', 'csv');
    expect(stdout.trimEnd().split(/\r?\n/)).toEqual([expect.stringMatching(/^Title,Points,Done,/), expect.stringMatching(/^T0,0,false,/), expect.stringMatching(/^T1,1,/), expect.stringMatching(/^T2,2,/)]);
    expect((await ok('rows', 'export', DOC, 'Tasks')).lines<{ Title: string }>().map(({ Title }) => Title)).toEqual(['T0', 'T1', 'T2']);
  });

  it('writes files, which can be given back as they are', async () => {
    const path = join(coda.cli.home, 'out.csv');
    expect((await ok('rows', 'export', DOC, 'Tasks', '--to', path, '--json')).json()).toMatchObject({ path, sizeInBytes: expect.any(Number) as unknown });
    expect(await readFile(path, 'utf8')).toContain('T1,1,false');
    expect(await run('rows', 'sync', DOC, 'Tasks', path, '--key', 'Title', '--yes')).toMatchObject({ exitCode: 0, stderr: 'nothing to do\n' });
  });

  it('says where it cannot write', async () => {
    const nowhere = await run('rows', 'export', DOC, 'Tasks', '--to', join(coda.cli.home, 'no/such/out.csv'));
    expect(nowhere).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('no such file or directory') as unknown });
    expect((await run('rows', 'export', DOC, 'Tasks', '--to', coda.cli.home)).exitCode).toBe(2);
  });
});

describe('cmx pages', () => {
  it('puts, adds to, prints and exports a page', async () => {
    await ok('pages', 'put', DOC, 'First', await file('page.md', '# Größe\n'), '--wait');
    const more = await coda.cli.run(['pages', 'put', DOC, 'First', '--mode', 'append', '--wait', '--json'], { stdin: ['second'] });
    expect(more.json()).toMatchObject({ outcome: 'applied', pageId: 'canvas-first' });
    const page = await ok('pages', 'get', DOC, 'First');
    expect(page.stdout).toMatch(/^# Größe\n[^]*second/);
    const path = join(coda.cli.home, 'page.out.md');
    await ok('pages', 'export', DOC, 'First', '--to', path);
    expect(await readFile(path, 'utf8')).toBe(page.stdout);
    expect((await ok('pages', 'export', DOC, 'First')).stdout).toBe(page.stdout);
  });

  it('refuses what is no text, no page, or not to be shown as JSON', async () => {
    const binary = await coda.cli.run(['pages', 'put', DOC, 'First'], { stdin: [new Uint8Array([0xff, 0xfe])] });
    expect(binary).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not UTF-8') as unknown });
    expect((await run('pages', 'get', DOC, 'Nope')).exitCode).toBe(3);
    expect((await run('pages', 'get', DOC, 'First', '--json')).exitCode).toBe(2);
    expect(await run('pages', 'put', DOC, 'First', '--read-only')).toMatchObject({ exitCode: 5, stdout: '' });
  });
});

describe('the connection', () => {
  it('is found by itself when it is the only one of its kind, and named when there are several', async () => {
    await ok('configure', 'more-docs', '--type', 'coda', '--set', 'token=another', '--set', `baseUrl=${coda.baseUrl}`);
    const which = await run('docs', 'ls');
    expect(which).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('say which with -c (docs, more-docs)') as unknown });
    expect((await ok('docs', 'show', DOC, '-c', 'docs', '-o', 'name')).stdout).toContain(DOC);
    expect((await coda.cli.run(['docs', 'show', DOC, '-o', 'name'], { env: { CMX_CONNECTION: 'docs' } })).stdout).toContain(DOC);
    expect((await run('docs', 'show', DOC, '-c', 'more-docs')).exitCode).toBe(4);
  });

  it('must be of the right kind, and be there', async () => {
    expect(await run('docs', 'ls', '-c', 'local')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"local" is of type "local"') as unknown });
    expect((await run('docs', 'ls', '-c', 'nope')).exitCode).toBe(3);
    await ok('connections', 'rm', 'docs');
    expect(await run('docs', 'ls')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cmx configure coda') as unknown });
  });
});
