import { InvalidArgumentError, type ChecksumAlgorithm, type Checksums, type ContentHeaders, type CustomerKey, type StoreOptions } from '@cmx/cloud-core';
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

/** Headers that are stored with an object. */
export function addContentHeaders(headers: RequestHeaders, options: ContentHeaders): void {
  for (const [option, header] of CONTENT_HEADERS) {
    const value = options[option];
    if (value !== undefined) headers[header] = headerValue(option, value);
  }
  if (options.expires !== undefined) headers.expires = options.expires.toUTCString();
}

/** How and where an object is stored: everything of a put, a copy or a new multipart upload but its conditions. */
export function addStoreHeaders(headers: RequestHeaders, options: StoreOptions): void {
  addContentHeaders(headers, options);
  for (const name in options.metadata) headers[`x-amz-meta-${name.toLowerCase()}`] = encodeHeaderText(options.metadata[name] ?? '');
  if (options.tags !== undefined) headers['x-amz-tagging'] = taggingHeader(options.tags);
  if (options.storageClass !== undefined) headers['x-amz-storage-class'] = headerValue('storageClass', options.storageClass);
  if (options.serverSideEncryption !== undefined) {
    headers['x-amz-server-side-encryption'] = headerValue('serverSideEncryption', options.serverSideEncryption.algorithm);
    const { keyId } = options.serverSideEncryption;
    if (keyId !== undefined) headers['x-amz-server-side-encryption-aws-kms-key-id'] = headerValue('serverSideEncryption', keyId);
  }
}

/** The key that only the caller has; the service checks it by its MD5. */
export function addCustomerKey(headers: RequestHeaders, customerKey: CustomerKey | undefined, md5: (bytes: Uint8Array) => string, prefix = 'x-amz'): void {
  if (customerKey === undefined) return;
  if (customerKey.key.length !== 32) throw new InvalidArgumentError('A customer key has 32 bytes');
  headers[`${prefix}-server-side-encryption-customer-algorithm`] = 'AES256';
  headers[`${prefix}-server-side-encryption-customer-key`] = toBase64(customerKey.key);
  headers[`${prefix}-server-side-encryption-customer-key-md5`] = md5(customerKey.key);
}

/** Digests go along for the service to verify: MD5 in the header HTTP has for it, the others in S3's own. */
export function addChecksums(headers: RequestHeaders, checksums: Checksums | undefined): void {
  for (const algorithm in checksums) {
    const digest = checksums[algorithm as ChecksumAlgorithm];
    if (digest !== undefined) headers[algorithm === 'md5' ? 'content-md5' : `x-amz-checksum-${algorithm}`] = digest;
  }
}

/** An ETag as the wire has it. */
export function quoteEtag(etag: string): string {
  return etag === '*' || etag.startsWith('"') ? etag : `"${etag}"`;
}

function taggingHeader(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags).map(([name, value]) => `${encodeUriComponent(name)}=${encodeUriComponent(value)}`).join('&');
}

/** A header that is no metadata has no encoding to fall back on. */
function headerValue(option: string, value: string): string {
  if (!/^[\x20-\x7e\t]*$/.test(value)) throw new InvalidArgumentError(`${option} may only have printable ASCII characters; a file name in Content-Disposition goes into filename*=UTF-8''… with percent-encoding`);
  return value;
}

