import { registerHooks } from 'node:module';
import { CloudError } from '@cmx/cloud-core';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { S3Client } from '../src/index.ts';
import { interceptService } from './intercepted.ts';

/** From here on the AWS SDK cannot be found, as where it was removed. */
const hooks = registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.includes('@aws-sdk/')) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
afterAll(() => hooks.deregister());

const intercepted = interceptService();

describe('without the AWS SDK', () => {
  it('moves objects with keys that are given', async () => {
    const client = intercepted.open();
    await client.createBucket('cmx-test');
    await client.putObject('cmx-test', 'a', 'content');
    expect(await client.objectExists('cmx-test', 'a')).toBe(true);
  });

  it('says what administration is missing, each time', async () => {
    const client = intercepted.open();
    for (const _ of [1, 2]) {
      await expect(client.getBucketCors('cmx-test')).rejects.toSatisfy((error) => CloudError.is(error, 'missing_dependency') && error.message.includes('npm install @aws-sdk/client-s3'));
    }
    await expect(client.native()).rejects.toMatchObject({ code: 'missing_dependency' });
    expect(intercepted.service.exchanges).toEqual([]);
  });

  it('says what the default chain is missing', async () => {
    vi.stubEnv('AWS_PROFILE', 'work');
    const client = intercepted.open({ credentials: undefined });
    await expect(client.objectExists('cmx-test', 'a')).rejects.toMatchObject({ code: 'missing_dependency', message: expect.stringContaining('@aws-sdk/credential-providers') as unknown });
    vi.unstubAllEnvs();
  });

  it('makes clients all the same', async () => {
    await new S3Client({ region: 'eu-central-2' }).close();
  });
});
