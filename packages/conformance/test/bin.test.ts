import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cmx-table-'));
  await writeFile(join(folder, 'seen.json'), JSON.stringify([{ contract: 'storage', behaviour: '1 keys', client: 's3', server: 'minio', result: 'pass' }]));
});

afterAll(() => rm(folder, { recursive: true }));

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--conditions=@cmx/source', BIN, ...args], { cwd: folder }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

describe('cmx-conformance-table', () => {
  it('prints the page', async () => {
    const { code, stdout } = await run('seen.json');
    expect(code).toBe(0);
    expect(stdout).toContain('| 1 keys | yes |');
  });

  it('writes the page', async () => {
    expect(await run('seen.json', 'page.md')).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(join(folder, 'page.md'), 'utf8')).toContain('## storage');
  });

  it('says how it is used, and what is wrong', async () => {
    expect(await run()).toMatchObject({ code: 2, stderr: 'Usage: cmx-conformance-table OBSERVATIONS.json [PAGE.md]\n' });
    await writeFile(join(folder, 'bad.json'), '{}');
    const bad = await run('bad.json');
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('bad.json holds no observations');
  });
});
