import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionTypes } from '@cmx/cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/generated/commands.ts';
import { TestCli } from './cli.ts';

let cli: TestCli;
beforeEach(async () => (cli = await TestCli.create()));
afterEach(() => cli[Symbol.asyncDispose]());

describe('usage', () => {
  it('suggests what was probably meant, and ends with 2', async () => {
    const command = await cli.run(['lss']);
    expect(command).toMatchObject({ exitCode: 2, stdout: '' });
    expect(command.stderr).toContain('Did you mean ls?');
    const flag = await cli.run(['ls', '--recursiv']);
    expect(flag).toMatchObject({ exitCode: 2, stdout: '' });
    expect(flag.stderr).toContain('--recursive?');
  });

  it.each([
    ['cp', './a'],
    ['stat'],
    ['ls', 'local:', '--limit', 'many'],
    ['ls', 'local:', '--limit', '0'],
    ['ls', 'local:', '-o', 'yaml'],
    ['ls', 'local:', '--timeout', 'soon'],
    ['ls', ':bucket'],
    ['ls', 'local:\0'],
    ['mb', './directory'],
    ['mb', 'local:bucket/key'],
    ['rm', './file'],
    ['mv', '-', 'local:b/k'],
    ['cp', 'a', '-', 'local:b/k'],
    ['presign', 'local:bucket'],
    ['presign', 'local:bucket/key', '--expires-in', '999999999'],
    ['cat', 'local:b/k', '--range', '5-2'],
    ['cat', 'local:b/k', '--json'],
  ])('refuses %j with 2, before anything is sent', async (...argv) => {
    expect(await cli.run(argv)).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('tells errors as one line of JSON when JSON was asked for', async () => {
    const wrong = await cli.run(['lss', '--json']);
    expect(wrong.errors()).toEqual([{ error: expect.objectContaining({ code: 'Usage', retryable: false }) as unknown }]);
    const missing = await cli.run(['ls', 'nope:', '--json']);
    expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
    expect(missing.errors()).toMatchObject([{ error: { code: 'NotFound', next: ['cmx connections list', 'cmx configure nope'] } }]);
  });

  it('shows help for every command, and the version', async () => {
    for (const { command, summary } of COMMANDS) {
      const { exitCode, stdout } = await cli.run([...command.split(' '), '--help']);
      expect(exitCode).toBe(0);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(summary);
    }
    expect((await cli.ok('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await cli.run([])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('describes every command as JSON, without its arguments', async () => {
    for (const { command, operation, risk } of COMMANDS) {
      const description = (await cli.ok(...command.split(' '), '--describe')).json<Record<string, unknown>>();
      expect(description).toMatchObject({ command: `cmx ${command}`, name: operation, risk, input: { type: 'object' } });
    }
  });
});

describe('output', () => {
  beforeEach(async () => {
    await cli.ok('mb', 'local:box');
    await cli.ok('cp', '-r', await cli.files('source', { 'a.txt': 'a', 'quo"te,.txt': 'bb' }), 'local:box');
  });

  it('comes as table, json, ndjson, csv and names', async () => {
    const list = (...flags: string[]) => cli.ok('ls', 'local:box', ...flags);
    expect((await list()).stdout).toMatch(/^TYPE +SIZE +LAST MODIFIED +NAME\nobject +1 B +\S+ \S+Z +a\.txt\n/);
    expect((await list('--json=name,sizeInBytes')).json()).toEqual([{ name: 'a.txt', sizeInBytes: 1 }, { name: 'quo"te,.txt', sizeInBytes: 2 }]);
    expect((await list('--json')).json<unknown[]>()).toHaveLength(2);
    expect((await list('-o', 'ndjson')).lines()).toHaveLength(2);
    expect((await list('-o', 'csv')).stdout).toMatch(/^type,sizeInBytes,lastModified,name\r\n.*\r\n.*"quo""te,\.txt"\r\n$/);
    expect((await list('-o', 'name')).stdout).toBe('local:box/a.txt\nlocal:box/quo"te,.txt\n');
  });

  it('is an empty list when there is nothing', async () => {
    await cli.ok('mb', 'local:empty');
    expect((await cli.ok('ls', 'local:empty', '--json')).json()).toEqual([]);
    expect((await cli.ok('ls', 'local:empty')).stdout).toBe('');
    expect((await cli.ok('ls', 'local:empty', '-o', 'csv')).stdout).toBe('type,sizeInBytes,lastModified,name\r\n');
  });

  it('follows CMX_OUTPUT unless told otherwise', async () => {
    const env = { CMX_OUTPUT: 'name' };
    expect((await cli.run(['ls', 'local:'], { env })).stdout).toBe('local:box\n');
    expect((await cli.run(['ls', 'local:', '--json=name'], { env })).json()).toEqual([{ name: 'box/' }]);
    expect((await cli.run(['ls', 'local:'], { env: { CMX_OUTPUT: 'yaml' } })).exitCode).toBe(2);
  });

  it('does not let a name act on the terminal', async () => {
    await cli.run(['cp', '-', 'local:box/red\u001b[31m'], { stdin: ['x'] });
    const shown = await cli.run(['ls', 'local:box', '-o', 'name'], { isTerminal: true });
    expect(shown.stdout).not.toContain('\u001b');
    const table = await cli.run(['ls', 'local:box'], { isTerminal: true });
    expect(table.stdout).not.toContain('\u001b');
  });

  it('finds the default connection', async () => {
    expect((await cli.run(['ls', ':box', '-o', 'name', '-c', 'local'])).stdout).toContain('local:box/a.txt');
    expect((await cli.run(['ls', ':box', '-o', 'name'], { env: { CMX_CONNECTION: 'local' } })).stdout).toContain('local:box/a.txt');
    expect((await cli.ok('ls', 'local://box', '-o', 'name')).stdout).toContain('local:box/a.txt');
  });
});

describe('--read-only', () => {
  it('refuses whatever changes something, and lets plans and reading through', async () => {
    await cli.ok('mb', 'local:box');
    const directory = await cli.files('source', { a: 'a' });
    for (const argv of [['mb', 'local:x'], ['rb', 'local:box'], ['rm', 'local:box/a'], ['cp', '-r', directory, 'local:box'], ['presign', 'local:box/a'], ['connections', 'rm', 'x1']]) {
      expect((await cli.run([...argv, '--read-only'])).exitCode).toBe(5);
    }
    await cli.ok('ls', 'local:', '--read-only');
    await cli.ok('cp', '-r', directory, 'local:box', '--dry-run', '--read-only');
  });
});

describe('connections', () => {
  it('are made, shown with secrets masked, tested and removed', async () => {
    await cli.ok('configure', 'backup', '--type', 'local', '--set', `root=${join(cli.home, 'backup')}`);
    const file = join(cli.home, 'config/connections.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, connections: { backup: { type: 'local', root: join(cli.home, 'backup') } } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await cli.ok('mb', 'backup:box');
    expect((await cli.ok('connections', 'list', '-o', 'name')).stdout).toBe('backup\nlocal\n');
    expect((await cli.ok('connections')).stdout).toContain('backup');
    expect((await cli.ok('connections', 'show', 'backup', '--json')).json()).toMatchObject({ origin: 'file', settings: { root: join(cli.home, 'backup') } });
    expect((await cli.ok('connections', 'test', 'backup', '--json')).json()).toMatchObject([{ name: 'backup', ok: true }]);
    await cli.ok('connections', 'rm', 'backup');
    expect((await cli.run(['connections', 'rm', 'backup'])).exitCode).toBe(3);
    expect((await cli.run(['ls', 'backup:'])).exitCode).toBe(3);
  });

  it('are refused with a wrong type, setting or name', async () => {
    expect((await cli.run(['configure', 'x1', '--type', 'nope'])).exitCode).toBe(2);
    expect((await cli.run(['configure', 'x1', '--type', 'local', '--set', 'rooot=/x'])).exitCode).toBe(2);
    expect((await cli.run(['configure', 'file', '--type', 'local'])).exitCode).toBe(2);
    expect((await cli.run(['configure', 'x1'])).exitCode).toBe(2);
  });

  it('keep their other settings when one is changed or forgotten', async () => {
    const settings = async () => (await cli.ok('connections', 'show', 'lab', '--json=type,settings')).json();
    const type = connectionTypes().filter(({ type: candidate }) => candidate === 's3');
    await cli[Symbol.asyncDispose]();
    cli = await TestCli.create(type);
    await cli.ok('configure', 'lab', '--type', 's3', '--set', 'endpoint=http://127.0.0.1:9000', '--set', 'secretAccessKey=s', '--set', 'accessKeyId=a');
    await cli.ok('configure', 'lab', '--type', 's3', '--set', 'dialect=minio', '--set', 'accessKeyId=');
    expect(await settings()).toEqual({ type: 's3', settings: { endpoint: 'http://127.0.0.1:9000', secretAccessKey: '***', dialect: 'minio' } });
    expect((await cli.run(['configure', 'lab', '--type', 's3', '--set', 'endpoint='])).exitCode).toBe(2);
    await cli.ok('configure', 'lab', '--type', 'local', '--set', 'root=/srv/x');
    expect(await settings()).toEqual({ type: 'local', settings: { root: '/srv/x' } });
  });

  it('refer to variables with --from-env', async () => {
    await cli.ok('configure', 'here', '--type', 'local', '--from-env');
    expect((await cli.ok('connections', 'show', 'here', '--json=settings')).json()).toEqual({ settings: { root: 'env:CMX_LOCAL_ROOT' } });
    await cli.ok('mb', 'here:box');
  });

  it('are checked by doctor', async () => {
    await cli.ok('configure', 'gone', '--type', 'local', '--set', 'root=env:NOT_SET_AT_ALL');
    const doctor = await cli.ok('doctor', '--json');
    const findings = doctor.json<{ check: string; status: string }[]>();
    expect(findings.find(({ check }) => check === 'Node')?.status).toBe('ok');
    expect(findings.some(({ check }) => check.startsWith('LocalStorageClient'))).toBe(true);
    expect((await cli.run(['ls', 'gone:'])).stderr).toContain('NOT_SET_AT_ALL');
    await cli.files('config', { 'connections.json': 'not json' });
    expect(await cli.run(['doctor'])).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/problem +Connections file/) as unknown });
  });
});

describe('an interrupt', () => {
  it('ends with 130', async () => {
    const abortSignal = AbortSignal.abort(new DOMException('Interrupted', 'AbortError'));
    expect(await cli.run(['ls', 'local:'], { abortSignal })).toMatchObject({ exitCode: 130, stdout: '' });
  });
});

describe('progress', () => {
  it('is a bar on a terminal, and lines of JSON on request', async () => {
    await cli.ok('mb', 'local:box');
    const directory = await cli.files('source', { a: 'a' });
    const bar = await cli.run(['cp', '-r', directory, 'local:box'], { isTerminal: true });
    expect(bar.stderr).toMatch(/\[=+\] 1\/1 objects {2}1 B\/1 B/);
    const json = await cli.run(['cp', '-r', directory, 'local:box', '--progress', 'json']);
    expect(JSON.parse(json.stderr.split('\n')[0] ?? '')).toMatchObject({ progress: { objectsDone: 1, bytesDone: 1 } });
    const none = await cli.run(['cp', '-r', directory, 'local:box', '--progress', 'none'], { isTerminal: true });
    expect(none.stderr).toBe('');
  });
});

describe('completion', () => {
  const complete = async (...words: string[]) => (await cli.run(['complete', '--', ...words])).stdout;

  it('proposes commands, flags, choices and live addresses', async () => {
    await cli.ok('mb', 'local:photos');
    await cli.ok('cp', '-r', await cli.files('source', { 'trip/a.jpg': 'a', 'top.jpg': 'b' }), 'local:photos');
    expect(await complete('connections', '')).toContain('list\t');
    expect(await complete('newslet')).toBe('newsletter\tSend an Infomaniak newsletter and keep its subscribers\n:4\n');
    expect(await complete('newsletter', 'campaigns', 's')).toMatch(/^show\t.*\nschedule\t.*\nsend\t.*\n:4\n$/);
    expect(await complete('rows', 'sync', '--max')).toContain('--max-delete\t');
    expect(await complete('cp', '--if-ex')).toContain('--if-exists\t');
    expect(await complete('cp', '--if-exists', '')).toContain('skip\t');
    expect(await complete('ls', 'lo')).toBe('local:\tA directory on this machine\n:6\n');
    expect(await complete('ls', 'local:ph')).toBe('local:photos/\tbucket\n:6\n');
    expect(await complete('ls', 'local:photos/t')).toBe('local:photos/top.jpg\t\nlocal:photos/trip/\t\n:4\n');
  });

  it('says nothing rather than something wrong', async () => {
    expect(await complete('ls', 'nope:x')).toBe(':4\n');
  });

  it.each(['bash', 'zsh', 'fish', 'powershell', 'pwsh'])('prints a script for %s', async (shell) => {
    expect((await cli.ok('completion', shell)).stdout).toMatch(/cmx complete '?--/);
  });

  it('knows no other shell', async () => {
    expect((await cli.run(['completion', 'csh'])).exitCode).toBe(2);
  });
});
