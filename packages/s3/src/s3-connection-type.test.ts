import { describe, expect, it } from 'vitest';
import { s3Connection } from './s3-connection-type.ts';
import { S3CompatibleClient } from './s3-compatible-client.ts';

const endpoint = 'http://127.0.0.1:9';
const keys = { accessKeyId: 'AKID', secretAccessKey: 'not-a-secret' };

describe('the connection type s3', () => {
  it('opens a client of the dialect, with the keys it was given, and sends nothing', async () => {
    const client = await s3Connection.openStorage?.({ endpoint, ...keys, dialect: 'minio' }, {});
    expect(client).toBeInstanceOf(S3CompatibleClient);
    expect(client?.provider).toBe('minio');
    const { url } = (await client?.generatePresignedUrl('bucket', 'key')) ?? {};
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:9\/bucket\/key\?.*AKID/);
    await client?.close();
  });

  it('takes the keys of the environment when it has none of its own', async () => {
    const client = await s3Connection.openStorage?.({ endpoint }, { env: { AWS_ACCESS_KEY_ID: 'FROM_ENV', AWS_SECRET_ACCESS_KEY: 'not-a-secret' } });
    const { url } = (await client?.generatePresignedUrl('bucket', 'key')) ?? {};
    expect(url).toContain('FROM_ENV');
    await client?.close();
  });

  it.each([
    [{ endpoint, accessKeyId: 'AKID' }, 'together'],
    [{ endpoint, dialect: 'nope' }, 'dialect must be one of aws, minio'],
    [{ endpoint, addressing: 'nope' }, 'addressing must be'],
    [{ endpoint: 'ftp://127.0.0.1' }, 'http or https URL'],
  ])('refuses %o by name', (settings, reason) => {
    expect(() => s3Connection.openStorage?.(settings, {})).toThrow(reason);
  });
});
