import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { credentialsFromEnvironment, credentialsFromSharedFiles, CredentialSource, defaultCredentials } from './credentials.ts';
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
  it('has static credentials at hand and never renews them', async () => {
    const source = new CredentialSource(temporary('A', 0));
    expect(source.get(minute, {})).toMatchObject({ accessKeyId: 'A' });
    await expect(source.renew({})).resolves.toBe(false);
  });

  it('asks once for all that wait, keeps the answer, and renews it five minutes before its end', async () => {
    const provider = vi.fn(async () => temporary(`A${String(provider.mock.calls.length)}`, 60 * minute));
    const source = new CredentialSource(provider);
    const all = await Promise.all(Array.from({ length: 20 }, async () => source.get(0, {})));
    expect(new Set(all.map((one) => one.accessKeyId))).toEqual(new Set(['A1']));
    expect(source.get(54 * minute, {})).toMatchObject({ accessKeyId: 'A1' });
    await expect(source.get(55 * minute, {})).resolves.toMatchObject({ accessKeyId: 'A2' });
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it('uses credentials to their end when the provider fails, and wraps its error afterwards', async () => {
    const provider = vi.fn(async () => temporary('A', 60 * minute));
    const source = new CredentialSource(provider);
    await source.get(0, {});
    provider.mockRejectedValue(new Error('no network'));
    await expect(source.get(58 * minute, {})).resolves.toMatchObject({ accessKeyId: 'A' });
    await expect(source.get(60 * minute, {})).rejects.toMatchObject({ code: 'unauthenticated', phase: 'credentials' });
  });

  it('tells whether a renewal brought anything new', async () => {
    const provider = vi.fn(async () => temporary('A'));
    const source = new CredentialSource(provider);
    await source.get(0, {});
    await expect(source.renew({})).resolves.toBe(false);
    provider.mockResolvedValue(temporary('B'));
    await expect(source.renew({})).resolves.toBe(true);
  });

  it('lets one caller leave without ending the wait of the others', async () => {
    let answer: (credentials: AccessKeyCredentials) => void = () => undefined;
    const source = new CredentialSource(() => new Promise((resolve) => (answer = resolve)));
    const controller = new AbortController();
    const leaving = source.get(0, { abortSignal: controller.signal });
    const staying = source.get(0, {});
    controller.abort(new Error('enough'));
    await expect(leaving).rejects.toThrow('enough');
    answer(temporary('A'));
    await expect(staying).resolves.toMatchObject({ accessKeyId: 'A' });
  });

  it('refuses an answer without keys', async () => {
    await expect(new CredentialSource(async () => temporary('')).get(0, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
