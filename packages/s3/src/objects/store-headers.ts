import { checksumOf, type ChecksumAlgorithm, type Checksums, type ContentHeaders, type CustomerKey, type StoreOptions } from '@cmx/cloud-core';
import { encodeUriComponent } from '../urls.ts';
import { encodeHeaderText, toBase64 } from './header-text.ts';

/** Headers of one request, names in lower case. */
export type RequestHeaders = Record<string, string>;

const CONTENT_HEADERS: readonly [option: Exclude<keyof ContentHeaders, 'expires'>, header: string][] = [
  ['contentType', 'content-type'],
  ['contentEncoding', 'content-encoding'],
  ['contentLanguage', 'content-language'],
  ['contentDisposition', 'content-disposition'],
  ['cacheControl', 'cache-control'],
];

/** Headers stored with an object, under their own names or (`response-`) as query parameters that override them. */
export function contentHeaders(options: ContentHeaders, prefix = ''): RequestHeaders {
  const headers: RequestHeaders = {};
  for (const [option, header] of CONTENT_HEADERS) {
    const value = options[option];
    if (value !== undefined) headers[prefix + header] = value;
  }
  if (options.expires !== undefined) headers[`${prefix}expires`] = options.expires.toUTCString();
  return headers;
}

/** How and where an object is stored: everything of a put, a copy or a new multipart upload but conditions, checksums and the caller's key. */
export function storeHeaders(options: StoreOptions): RequestHeaders {
  const headers = contentHeaders(options);
  for (const name in options.metadata) headers[`x-amz-meta-${name.toLowerCase()}`] = encodeHeaderText(options.metadata[name] ?? '');
  if (options.tags !== undefined) headers['x-amz-tagging'] = taggingHeader(options.tags);
  if (options.storageClass !== undefined) headers['x-amz-storage-class'] = options.storageClass;
  if (options.serverSideEncryption !== undefined) {
    const { algorithm, keyId } = options.serverSideEncryption;
    headers['x-amz-server-side-encryption'] = algorithm;
    if (keyId !== undefined) headers['x-amz-server-side-encryption-aws-kms-key-id'] = keyId;
  }
  return headers;
}

/** The headers of a key that only the caller has. The service checks it by its MD5. */
export async function customerKeyHeaders(customerKey: CustomerKey | undefined): Promise<RequestHeaders> {
  if (customerKey === undefined) return {};
  return {
    'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    'x-amz-server-side-encryption-customer-key': toBase64(customerKey.key),
    'x-amz-server-side-encryption-customer-key-md5': await checksumOf('md5', customerKey.key),
  };
}

/** Digests of a request's body, and which of them S3 is to verify and keep. */
export function checksumHeaders(checksums: Checksums | undefined): RequestHeaders {
  const headers = digestHeaders(checksums);
  for (const algorithm in checksums) if (algorithm !== 'md5') headers['x-amz-sdk-checksum-algorithm'] = algorithm.toUpperCase();
  return headers;
}

/** Digests go along for the service to verify: MD5 in the header HTTP has for it, the others in S3's own. */
export function digestHeaders(checksums: Checksums | undefined): RequestHeaders {
  const headers: RequestHeaders = {};
  for (const algorithm in checksums) {
    const digest = checksums[algorithm as ChecksumAlgorithm];
    if (digest !== undefined) headers[algorithm === 'md5' ? 'content-md5' : `x-amz-checksum-${algorithm}`] = digest;
  }
  return headers;
}

/** Conditions on the object that a write replaces. */
export function conditionHeaders({ ifMatch, ifNoneMatch }: { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined }): RequestHeaders {
  const headers: RequestHeaders = {};
  if (ifMatch !== undefined) headers['if-match'] = quoteEtag(ifMatch);
  if (ifNoneMatch !== undefined) headers['if-none-match'] = quoteEtag(ifNoneMatch);
  return headers;
}

/** An ETag as the wire has it. */
export function quoteEtag(etag: string): string {
  return etag === '*' || etag.startsWith('"') ? etag : `"${etag}"`;
}

function taggingHeader(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags).map(([name, value]) => `${encodeUriComponent(name)}=${encodeUriComponent(value)}`).join('&');
}
