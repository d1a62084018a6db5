import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AccessKeyCredentials, Clock } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { credentialsFromEnvironment, CredentialSource, defaultCredentials } from './credentials.ts';
import { credentialsFromSharedFiles } from './shared-credentials.ts';
import { parseIni } from './ini.ts';

const minute = 60_000;

function temporary(accessKeyId: string, expiresAt?: number): AccessKeyCredentials {
  return { kind: 'access_key', accessKeyId, secretAccessKey: 'secret', expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
}

describe('parseIni', () => {
  it('reads both headings, comments, blanks and repeated sections', () => {
    const file = parseIni('# top\n[default]\naws_access_key_id = A # why\r\naws_secret_access_key=a#b=c\n[profile  "work"]\nregion=eu-west-1\ns3 =\n  addressing_style = path\n[default]\nRegion = us-east-1\nno setting\n');
    expect(Object.fromEntries(file.get('default') ?? [])).toEqual({ aws_access_key_id: 'A', aws_secret_access_key: 'a#b=c', region: 'us-east-1' });
    expect(Object.fromEntries(file.get('work') ?? [])).toEqual({ region: 'eu-west-1', s3: '' });
  });
});

describe('credentials from outside', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cmx-s3-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the environment only when both keys are there', () => {
    expect(credentialsFromEnvironment({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: '' })).toEqual({ kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S', sessionToken: undefined });
    expect(credentialsFromEnvironment({ AWS_ACCESS_KEY_ID: 'A' })).toBeUndefined();
  });

  it('prefers the credentials file to the config file, and the environment to both', async () => {
    const environment = { AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'), AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_PROFILE: 'work' };
    await writeFile(environment.AWS_SHARED_CREDENTIALS_FILE, '[work]\naws_access_key_id=A\naws_secret_access_key=S\n');
    await writeFile(environment.AWS_CONFIG_FILE, '[profile work]\naws_access_key_id=B\naws_session_token=T\n');
    await expect(defaultCredentials({ environment })({})).resolves.toEqual({ kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' });
    await expect(defaultCredentials({ environment: { ...environment, AWS_ACCESS_KEY_ID: 'E', AWS_SECRET_ACCESS_KEY: 'S' } })({})).resolves.toMatchObject({ accessKeyId: 'E' });
  });

  it('says which profile is missing or empty', async () => {
    const environment = { AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'), AWS_CONFIG_FILE: path.join(folder, 'config') };
    await writeFile(environment.AWS_CONFIG_FILE, '[default]\nregion=x\n');
    await expect(credentialsFromSharedFiles({ environment })({})).rejects.toThrow('The profile "default" has no access key');
    await expect(credentialsFromSharedFiles({ environment, profile: 'other' })({})).rejects.toMatchObject({ code: 'unauthenticated', phase: 'credentials' });
  });
});

describe('CredentialSource', () => {
  const clockAt = (time: { now: number }): Clock => ({ now: () => time.now, sleep: async () => undefined });

  it('has fixed credentials at hand and never renews them', async () => {
    const source = new CredentialSource(temporary('A', 0));
    expect(source.get({})).toMatchObject({ accessKeyId: 'A' });
    await expect(source.renew({})).resolves.toBe(false);
  });

  it('asks once for all that wait, has the answer at hand then, and asks again before it ends', async () => {
    const time = { now: 0 };
    const provider = vi.fn(async () => temporary(`A${String(provider.mock.calls.length)}`, time.now + 60 * minute));
    const source = new CredentialSource(provider, clockAt(time));
    const all = await Promise.all(Array.from({ length: 20 }, async () => source.get({})));
    expect(new Set(all.map((one) => one.accessKeyId))).toEqual(new Set(['A1']));
    expect(source.get({})).toMatchObject({ accessKeyId: 'A1' });
    time.now = 58 * minute;
    await source.get({});
    await expect.poll(async () => (await source.get({})).accessKeyId).toBe('A2');
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it('asks anew after a refusal', async () => {
    const provider = vi.fn(async () => temporary(`A${String(provider.mock.calls.length)}`));
    const source = new CredentialSource(provider);
    await source.get({});
    await expect(source.renew({})).resolves.toBe(true);
    expect(source.get({})).toMatchObject({ accessKeyId: 'A2' });
  });

  it.each([
    ['an error of its own', async () => Promise.reject(new Error('no network')), 'no network'],
    ['no keys', async () => temporary(''), 'no access key'],
  ])('turns %s of the provider into a typed one', async (_, provider, message) => {
    const failure = Promise.resolve(new CredentialSource(provider).get({}));
    await expect(failure).rejects.toMatchObject({ code: 'unauthenticated', phase: 'credentials', reason: expect.stringContaining(message) as string });
  });
});
