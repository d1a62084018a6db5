import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionTypes } from '@cmx/cloud';
import { startS3Service } from '@cmx/s3/testing';
import { describe, expect, it } from 'vitest';
import { TestCli, type CliResult, type RunOptions } from './cli.ts';
import { openCoda } from './open-coda.ts';
import { openNewsletter } from './open-newsletter.ts';

/** Runs command lines in every form of output, as chattily as can be, and fails when one of them tells a secret. */
async function expectNoSecret(cli: TestCli, secrets: readonly string[], lines: readonly string[], options?: RunOptions): Promise<void> {
  for (const line of lines) {
    for (const output of ['table', 'json', 'ndjson', 'csv', 'name']) {
      const { stdout, stderr } = await cli.run([...line.split(' '), '-o', output, '--log-level', 'debug', '--retries', '0'], options);
      expect([line, secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))]).toEqual([line, []]);
    }
  }
}

describe('secrets', () => {
  it('of Coda are told by no command', async () => {
    await using coda = await openCoda();
    const lines = ['connections list', 'connections show docs', 'docs show AbCDeFGH', 'docs show Nope', 'rows ls AbCDeFGH Tasks --limit 1', 'rows upsert AbCDeFGH Tasks no.csv --key Title', 'doctor', 'doctor http://127.0.0.1:1 -c docs', 'ls docs:'];
    await expectNoSecret(coda.cli, [coda.token], lines);
  });

  it('of the newsletter are told by no command, nor by an answer that is an error', async () => {
    await using news = await openNewsletter();
    const lines = ['connections show news', 'connections test news', 'newsletter groups ls', 'newsletter campaigns show 404', 'newsletter campaigns send 404 -yy'];
    await expectNoSecret(news.cli, [news.service.token], lines);
    news.service.fail(() => new Response(`<h1>Bad gateway</h1> authorization: Bearer ${news.service.token}`, { status: 502 }));
    const failed: CliResult = await news.cli.run(['newsletter', 'credits', '--json', '--log-level', 'debug', '--retries', '0']);
    expect([failed.exitCode, `${failed.stdout}${failed.stderr}`.includes(news.service.token)]).toEqual([7, false]);
  });

  it('of S3 are told by no command but by a presigned URL, which has no key in it', async () => {
    await using s3 = await startS3Service({ buckets: ['box'] });
    await using cli = await TestCli.create(connectionTypes().filter(({ type }) => type === 's3'));
    const { accessKeyId, secretAccessKey } = s3.clientOptions.credentials;
    await cli.ok('configure', 'lab', '--type', 's3', '--set', `endpoint=${s3.url}`, '--set', `accessKeyId=${accessKeyId}`, '--set', `secretAccessKey=${secretAccessKey}`);
    const lines = ['connections list', 'connections show lab', 'connections test lab', 'ls lab:box', 'stat lab:box/none', 'cat lab:nope/none', 'presign lab:box/key', `doctor ${s3.url} -c lab`];
    await expectNoSecret(cli, [secretAccessKey], lines);
  });

  it('that are referred to are not written down', async () => {
    await using cli = await TestCli.create(connectionTypes().filter(({ type }) => type === 'coda'));
    const env = { CODA_API_TOKEN: 'sentinel-token', CODA_BASE_URL: 'http://127.0.0.1:1/apis/v1' };
    const configured = await cli.run(['configure', 'docs', '--type', 'coda', '--from-env'], { env });
    expect(configured).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('token=env:CODA_API_TOKEN') as unknown });
    expect(await readFile(join(cli.home, 'config/connections.json'), 'utf8')).not.toContain('sentinel-token');
    await expectNoSecret(cli, ['sentinel-token'], ['connections list', 'connections show docs', 'connections test docs', 'docs show AbCDeFGH', 'doctor'], { env });
  });
});
