import { createHash, createHmac } from 'node:crypto';
import type { AccessKeyCredentials } from '@cmx/cloud-core';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SigV4Signer, UNSIGNED_PAYLOAD } from '../src/signing/sigv4-signer.ts';
import { encodeKey, queryString } from '../src/urls.ts';

/** The hash the vendor's signer wants, by Node. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    // Every hash is used once.
  }
}

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const request = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'HEAD', 'DELETE', 'POST'),
  key: fc.string({ unit: 'grapheme', minLength: 1 }).filter((key) => !/\p{Surrogate}/u.test(key)),
  query: fc.dictionary(fc.oneof(word, fc.constantFrom('list-type', 'uploads', 'partNumber', 'X-Id')), fc.string(), { maxKeys: 4 }),
  headers: fc.dictionary(
    word.map((name) => `x-amz-${name}`),
    fc.stringMatching(/^[!-~]{1,8}( {1,3}[!-~]{1,8})?$/),
    { maxKeys: 4 },
  ),
  host: fc.constantFrom('bucket.s3.amazonaws.com', '127.0.0.1:9000', 'localhost:4566'),
  region: fc.constantFrom('us-east-1', 'eu-central-2', 'auto'),
  now: fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }),
  sessionToken: fc.option(fc.string({ minLength: 1 }).filter((token) => /^[!-~]+$/.test(token)), { nil: undefined }),
  accessKeyId: fc.stringMatching(/^[A-Z0-9]{4,20}$/),
  secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{4,40}$/),
});

/** The same request for both signers. */
function prepare({ method, key, query, headers, host, sessionToken, accessKeyId, secretAccessKey, region, now }: typeof request extends fc.Arbitrary<infer T> ? T : never) {
  const credentials: AccessKeyCredentials = { kind: 'access_key', accessKeyId, secretAccessKey, sessionToken };
  const [hostname = '', port] = host.split(':');
  return {
    ours: { method, host, path: `/${encodeKey(key)}${queryString(query)}`, headers: { ...headers } as Record<string, string> },
    theirs: { method, protocol: 'http:', hostname, port: port === undefined ? undefined : Number(port), path: `/${encodeKey(key)}`, query, headers: { ...headers, host } },
    context: { credentials, region, now },
    signer: new SignatureV4({ credentials, region, service: 's3', sha256: Sha256, uriEscapePath: false, applyChecksum: true }),
    signingDate: new Date(now),
  };
}

const signatureOf = (text: string | undefined): string | undefined => /Signature=([\da-f]{64})/.exec(text ?? '')?.[1];

describe("the vendor's signer", () => {
  it('agrees on headers', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.stringMatching(/^[\da-f]{64}$/), async (given, hash) => {
        const { ours, theirs, context, signer, signingDate } = prepare(given);
        ours.headers['x-amz-content-sha256'] = hash;
        await new SigV4Signer().signHeaders(ours, hash, context);
        const signed = await signer.sign({ ...theirs, headers: { ...theirs.headers, 'x-amz-content-sha256': hash } }, { signingDate });
        expect(signatureOf(ours.headers.authorization)).toBe(signatureOf(signed.headers.authorization));
      }),
      { numRuns: 300 },
    );
  });

  it('agrees on presigned queries', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.integer({ min: 1, max: 604_800 }), async (given, expiresIn) => {
        const { ours, theirs, context, signer, signingDate } = prepare(given);
        const path = await new SigV4Signer().presign(ours, expiresIn, UNSIGNED_PAYLOAD, context);
        const signed = await signer.presign(
          { ...theirs, headers: { ...theirs.headers, 'x-amz-content-sha256': UNSIGNED_PAYLOAD } },
          { signingDate, expiresIn, unhoistableHeaders: new Set([...Object.keys(given.headers), 'x-amz-content-sha256']), unsignableHeaders: new Set(['x-amz-content-sha256']) },
        );
        expect(new URLSearchParams(path.slice(path.indexOf('?'))).get('X-Amz-Signature')).toBe(signed.query?.['X-Amz-Signature']);
      }),
      { numRuns: 300 },
    );
  });
});
