import { digest } from './digests.ts';
import { requireAscii, type Context } from './context.ts';
import { invalidArgument, invalidRequest, S3Failure } from './failure.ts';
import type { StoredVersion } from './bucket.ts';

const CONTENT_HEADERS = ['content-type', 'content-encoding', 'content-language', 'content-disposition', 'cache-control', 'expires'];
const CUSTOMER = 'x-amz-server-side-encryption-customer-';

/** What of a write's headers is kept and sent back. */
export function storedHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadataBytes = 0;
  for (const [name, value] of headers) {
    if (CONTENT_HEADERS.includes(name) || name === 'x-amz-storage-class' || name === 'x-amz-server-side-encryption' || name === 'x-amz-server-side-encryption-aws-kms-key-id') kept[name] = requireAscii(name, value);
    if (!name.startsWith('x-amz-meta-')) continue;
    kept[name] = requireAscii(name, value);
    metadataBytes += name.length - 'x-amz-meta-'.length + value.length;
  }
  if (metadataBytes > 2048) throw new S3Failure(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  if (kept['x-amz-storage-class'] !== undefined && !/^[A-Z_]+$/.test(kept['x-amz-storage-class'])) throw new S3Failure(400, 'InvalidStorageClass', 'The storage class you specified is not valid');
  return kept;
}

export function storedTags(headers: Headers): Record<string, string> {
  const tags = Object.fromEntries(new URLSearchParams(headers.get('x-amz-tagging') ?? ''));
  return checkTags(tags);
}

export function checkTags(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length > 10) throw new S3Failure(400, 'BadRequest', 'Object tags cannot be greater than 10');
  for (const [name, value] of Object.entries(tags)) {
    if (name.length > 128 || value.length > 256) throw new S3Failure(400, 'InvalidTag', 'The TagKey you have provided is invalid');
  }
  return tags;
}

/** The MD5 of the key a request brings, after checking it. */
export function customerKeyMd5(headers: Headers, prefix = CUSTOMER): string | undefined {
  const key = headers.get(`${prefix}key`);
  if (key === null) return undefined;
  if (headers.get(`${prefix}algorithm`) !== 'AES256') throw new S3Failure(400, 'InvalidEncryptionAlgorithmError', 'The encryption request you specified is not valid.');
  const bytes = Buffer.from(key, 'base64');
  const md5 = digest('md5', bytes);
  if (bytes.length !== 32 || headers.get(`${prefix}key-md5`) !== md5) throw invalidArgument('The secret key was invalid for the specified algorithm.');
  return md5;
}

/** An object under a customer's key is only read with that key. */
export function requireCustomerKey(headers: Headers, version: { readonly customerKeyMd5: string | undefined }, prefix = CUSTOMER): void {
  const md5 = customerKeyMd5(headers, prefix);
  if (version.customerKeyMd5 === md5) return;
  if (md5 === undefined) throw invalidRequest('The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.');
  throw new S3Failure(403, 'AccessDenied', 'Access Denied');
}

/** The headers of a GET or HEAD answer. */
export function objectHeaders({ headers, query }: Context, version: StoredVersion): Record<string, string> {
  const answer: Record<string, string> = {
    'accept-ranges': 'bytes',
    etag: `"${version.etag}"`,
    'last-modified': version.lastModified.toUTCString(),
    'content-length': String(version.bytes.length),
    ...version.headers,
  };
  if (answer['x-amz-storage-class'] === 'STANDARD') delete answer['x-amz-storage-class'];
  if (version.versionId !== 'null') answer['x-amz-version-id'] = version.versionId;
  if (Object.keys(version.tags).length > 0) answer['x-amz-tagging-count'] = String(Object.keys(version.tags).length);
  if (version.customerKeyMd5 !== undefined) Object.assign(answer, { [`${CUSTOMER}algorithm`]: 'AES256', [`${CUSTOMER}key-md5`]: version.customerKeyMd5 });
  if (headers.get('x-amz-checksum-mode') === 'ENABLED' && !headers.has('range')) Object.assign(answer, checksumHeaders(version));
  for (const name of CONTENT_HEADERS) {
    const override = query.get(`response-${name}`);
    if (override !== null) answer[name] = override;
  }
  return answer;
}

export function checksumHeaders({ checksums, checksumType }: Pick<StoredVersion, 'checksums' | 'checksumType'>): Record<string, string> {
  const names = Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value]);
  return Object.fromEntries(names.length > 0 && checksumType !== undefined ? [...names, ['x-amz-checksum-type', checksumType]] : names) as Record<string, string>;
}
