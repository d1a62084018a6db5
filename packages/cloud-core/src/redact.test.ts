import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactHeaders } from './redact.ts';

const secret = fc.string({ unit: fc.constantFrom(...'ABCDEFabcdef0123456789+/-_.'), minLength: 12, maxLength: 40 }).map((text) => `s3cr3t${text}`);
const places = fc.constantFrom<(secret: string) => string>(
  (it) => `https://b.example.com/k?X-Amz-Signature=${it}&X-Amz-Date=20260101T000000Z`,
  (it) => `https://b.example.com/k?X-Amz-Credential=${it}%2Feu&x=1`,
  (it) => `https://a.blob.core.windows.net/c/b?sv=2024&sig=${it}`,
  (it) => `https://storage.googleapis.com/b/o?X-Goog-Signature=${it}`,
  (it) => `https://swift/v1/c/o?temp_url_sig=${it}&temp_url_expires=1`,
  (it) => `Authorization: Bearer ${it}`,
  (it) => `authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101, Signature=${it}`,
  (it) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${it};EndpointSuffix=x`,
  (it) => `{"password":"${it}","user":"u"}`,
  (it) => `secret_access_key = ${it}`,
  (it) => `connect http://user:${it.replaceAll('/', '%2F')}@proxy:3128/ failed`,
);

describe('redact', () => {
  it('masks a secret wherever it is known to stand, once and for all', () => {
    fc.assert(
      fc.property(secret, places, fc.string(), (value, place, around) => {
        const clean = redact(`${around} ${place(value)}`);
        expect(clean).not.toContain(value);
        expect(clean).not.toContain(value.replaceAll('/', '%2F'));
        expect(redact(clean)).toBe(clean);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['photos/a.jpg', 'The bucket "tokens" does not exist', 'https://example.com/k?prefix=a&max-keys=5', ''])('leaves %j alone', (harmless) => {
    expect(redact(harmless)).toBe(harmless);
  });

  it('masks headers by name, whatever their case', () => {
    expect(redactHeaders({ Authorization: 'x', 'X-Auth-Token': 'y', 'content-type': 'text/plain', referer: 'https://h/?sig=abcdef' })).toEqual({
      Authorization: '***',
      'X-Auth-Token': '***',
      'content-type': 'text/plain',
      referer: 'https://h/?sig=***',
    });
  });
});
