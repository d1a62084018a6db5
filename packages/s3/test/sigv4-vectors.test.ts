import { readFileSync } from 'node:fs';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { EMPTY_PAYLOAD_HASH, SigV4Signer, UNSIGNED_PAYLOAD } from '../src/signing/sigv4-signer.ts';
import { platformSigningCrypto, webSigningCrypto } from '../src/signing/signing-crypto.ts';

interface Vector {
  name: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  sessionToken?: string;
  headerSignature: string;
  querySignature: string;
}

const suite = JSON.parse(readFileSync(new URL('./fixtures/sigv4-vectors.json', import.meta.url), 'utf8')) as {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  service: string;
  host: string;
  timestamp: string;
  expiresInSeconds: number;
  vectors: Vector[];
};
const { accessKeyId, secretAccessKey, region, service, host } = suite;
const now = Date.parse(suite.timestamp);

describe.each([
  ['node:crypto', platformSigningCrypto()],
  ['Web Crypto', webSigningCrypto],
])("AWS's published SigV4 vectors by %s", (_, crypto) => {
  const signer = new SigV4Signer({ service, crypto });

  it.each(suite.vectors)('$name in headers', async ({ method, path, headers, sessionToken, headerSignature }) => {
    const credentials: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
    const signed: Record<string, string> = { ...headers };
    const request = { method, host, path, headers: signed };
    await signer.signHeaders(request, EMPTY_PAYLOAD_HASH, { credentials, region, now });
    expect(signed.authorization).toContain(`Signature=${headerSignature}`);
  });

  it.each(suite.vectors)('$name in the query', async ({ method, path, headers, sessionToken, querySignature }) => {
    const credentials: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
    const signed = await signer.presign({ method, host, path, headers: { ...headers } }, suite.expiresInSeconds, EMPTY_PAYLOAD_HASH, { credentials, region, now });
    expect(new URLSearchParams(signed.slice(signed.indexOf('?'))).get('X-Amz-Signature')).toBe(querySignature);
  });
});

/** The worked examples of the S3 API reference. */
describe("the S3 reference's examples", () => {
  const credentials: AccessKeyCredentials = { kind: 'access_key', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
  const context = { credentials, region: 'us-east-1', now: Date.parse('2013-05-24T00:00:00Z') };
  const signer = new SigV4Signer();
  const examples: { name: string; method: string; path: string; headers: Record<string, string>; hash: string; signature: string }[] = [
    { name: 'get with a range', method: 'GET', path: '/test.txt', headers: { range: 'bytes=0-9' }, hash: EMPTY_PAYLOAD_HASH, signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41' },
    {
      name: 'put',
      method: 'PUT',
      path: '/test%24file.text',
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      hash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
    { name: 'bucket life cycle', method: 'GET', path: '/?lifecycle', headers: {}, hash: EMPTY_PAYLOAD_HASH, signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543' },
    { name: 'list', method: 'GET', path: '/?max-keys=2&prefix=J', headers: {}, hash: EMPTY_PAYLOAD_HASH, signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7' },
  ];

  it.each(examples)('$name', async ({ method, path, headers, hash, signature }) => {
    const signed: Record<string, string> = { ...headers, 'x-amz-content-sha256': hash };
    const request = { method, host: 'examplebucket.s3.amazonaws.com', path, headers: signed };
    await signer.signHeaders(request, hash, context);
    expect(signed.authorization).toContain(`Signature=${signature}`);
  });

  it('presigned get', async () => {
    const signed = await signer.presign({ method: 'GET', host: 'examplebucket.s3.amazonaws.com', path: '/test.txt', headers: {} }, 86_400, UNSIGNED_PAYLOAD, context);
    expect(signed).toContain('X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });
});
