import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudError } from '@cmx/cloud-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultAwsCredentials, defaultSdkIdentity, fromSdkIdentity, sdkIdentityOf } from './aws-credentials.ts';
import { loadSdk } from './load-sdk.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('defaultAwsCredentials', () => {
  it('takes keys from the environment', async () => {
    const environment = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T' };
    await expect(defaultAwsCredentials({ environment })({})).resolves.toEqual({ kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T', expiresAt: undefined });
  });

  it('asks the SDK’s chain for a profile, whose process answers with an expiry', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cmx-aws-'));
    const script = path.join(folder, 'keys.json');
    await writeFile(script, JSON.stringify({ Version: 1, AccessKeyId: 'P', SecretAccessKey: 'S', SessionToken: 'T', Expiration: '2100-01-01T00:00:00Z' }));
    await writeFile(path.join(folder, 'config'), `[profile tool]\ncredential_process = cat ${script}\n`);
    vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'none'));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await expect(defaultAwsCredentials({ profile: 'tool' })({})).resolves.toEqual({ kind: 'access_key', accessKeyId: 'P', secretAccessKey: 'S', sessionToken: 'T', expiresAt: new Date('2100-01-01') });
    await expect(defaultAwsCredentials({ profile: 'nobody' })({})).rejects.toMatchObject({ name: 'CredentialsProviderError' });
    expect(warn).toHaveBeenCalled();
    await rm(folder, { recursive: true });
  });
});

describe('identities', () => {
  it('never takes what the SDK has kept', async () => {
    const provider = vi.fn(async () => ({ accessKeyId: 'A', secretAccessKey: 'S', expiration: new Date(5) }));
    await expect(fromSdkIdentity(provider)({})).resolves.toEqual({ kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S', sessionToken: undefined, expiresAt: new Date(5) });
    expect(provider).toHaveBeenCalledWith({ forceRefresh: true });
  });

  it('gives the SDK what a client was given', async () => {
    const keys = { kind: 'access_key', accessKeyId: 'A', secretAccessKey: 'S', expiresAt: new Date(5) } as const;
    const identity = { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: undefined, expiration: new Date(5) };
    await expect(sdkIdentityOf(keys)()).resolves.toEqual(identity);
    await expect(sdkIdentityOf(async () => keys)()).resolves.toEqual(identity);
    await expect(defaultSdkIdentity({ environment: { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' } })()).resolves.toMatchObject({ accessKeyId: 'A' });
  });
});

describe('loadSdk', () => {
  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])('says how to install what is missing (%s)', async (code) => {
    const failure = loadSdk('@aws-sdk/client-s3', () => Promise.reject(Object.assign(new Error('Cannot find package'), { code })));
    await expect(failure).rejects.toSatisfy((error) => CloudError.is(error, 'missing_dependency') && error.message.includes('npm install @aws-sdk/client-s3'));
  });

  it('hands on what went wrong inside', async () => {
    await expect(loadSdk('@aws-sdk/client-s3', () => Promise.reject(new SyntaxError('broken')))).rejects.toThrow('broken');
  });
});
