import { connectionTypes } from '@cmx/cloud';
import { startS3Service, type RunningS3Service } from '@cmx/s3/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCli } from './cli.ts';

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly detail: string;
  readonly dialect?: { readonly capabilities: object };
}

let s3: RunningS3Service;
let cli: TestCli;
beforeEach(async () => {
  s3 = await startS3Service();
  cli = await TestCli.create(connectionTypes().filter(({ type }) => type === 's3' || type === 'coda'));
});
afterEach(async () => {
  await cli[Symbol.asyncDispose]();
  await s3.close();
});

const keys = () => s3.clientOptions.credentials;
const configure = () =>
  cli.ok('configure', 'lab', '--type', 's3', '--set', `endpoint=${s3.url}`, '--set', `accessKeyId=${keys().accessKeyId}`, '--set', `secretAccessKey=${keys().secretAccessKey}`);

describe('cmx doctor ENDPOINT', () => {
  it('says what the service can do, with the keys of a connection, and leaves nothing behind', async () => {
    await configure();
    const findings = (await cli.ok('doctor', s3.url, '-c', 'lab', '--json')).json<Finding[]>();
    expect(findings[0]).toMatchObject({ check: 'dialect', status: 'ok', dialect: { capabilities: { versions: true } } });
    const statusOf = (check: string) => findings.find((finding) => finding.check === check)?.status;
    expect(['multipart', 'ranges', 'conditionalPut', 'presignedUrls.PUT'].map(statusOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect([...s3.service.buckets.keys()]).toEqual([]);
  });

  it('probes in a bucket that is named, and shows people a table', async () => {
    await configure();
    await cli.ok('mb', 'lab:box');
    const probe = await cli.ok('doctor', s3.url, '-c', 'lab', '--bucket', 'box');
    expect(probe.stdout).toMatch(/^STATUS +CHECK +DETAIL\nok +dialect +generic/);
    expect((await cli.ok('ls', 'lab:', '-o', 'name')).stdout).toBe('lab:box\n');
    expect((await cli.ok('ls', 'lab:box', '-o', 'name')).stdout).toBe('');
  });

  it('takes the keys of the environment', async () => {
    const env = { AWS_ACCESS_KEY_ID: keys().accessKeyId, AWS_SECRET_ACCESS_KEY: keys().secretAccessKey };
    expect((await cli.run(['doctor', s3.url, '--json=check'], { env })).json<unknown[]>()).toContainEqual({ check: 'multipart' });
  });

  it('asks for keys before anything is sent', async () => {
    const without = await cli.run(['doctor', s3.url, '--json']);
    expect(without).toMatchObject({ exitCode: 4, stdout: '' });
    expect(without.errors()).toMatchObject([{ error: { code: 'Unauthenticated', hint: expect.stringContaining('-c') as unknown } }]);
    await cli.ok('configure', 'docs', '--type', 'coda', '--set', 'token=secret');
    expect(await cli.run(['doctor', s3.url, '-c', 'docs'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('this is of type coda') as unknown });
    expect((await cli.run(['doctor', s3.url, '-c', 'lab'])).exitCode).toBe(3);
    expect((await cli.run(['doctor', 'nonsense'])).exitCode).toBe(2);
    expect((await cli.run(['doctor', 'ftp://example.com'])).exitCode).toBe(2);
    await configure();
    expect((await cli.run(['doctor', s3.url, '-c', 'lab', '--read-only'])).exitCode).toBe(5);
    expect(s3.service.exchanges).toEqual([]);
  });

  it('ends with what is wrong: keys that are refused, a server that is not there', async () => {
    await cli.ok('configure', 'lab', '--type', 's3', '--set', `endpoint=${s3.url}`, '--set', 'accessKeyId=NOBODY', '--set', 'secretAccessKey=wrong');
    expect([4, 5]).toContain((await cli.run(['doctor', s3.url, '-c', 'lab'])).exitCode);
    await s3.close();
    expect((await cli.run(['doctor', s3.url, '-c', 'lab', '--retries', '0'])).exitCode).toBe(7);
  });
});
