import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, type Checksums, type ChecksumType, type ObjectMetadata, type PutObjectResult } from '@cmx/cloud-core';
import type { ResponseHeaders } from '@cmx/http';
import { decodeHeaderText } from './header-text.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a GET or HEAD answer says of the object. */
export function toObjectMetadata(key: string, headers: ResponseHeaders): ObjectMetadata {
  const metadata: Record<string, string> = {};
  const object: Writable<ObjectMetadata> = { key, sizeInBytes: 0, etag: '', lastModified: new Date(0), metadata };
  const checksums: Writable<Checksums> = {};
  for (const [header, value] of headers) {
    const name = header.toLowerCase();
    if (name.startsWith('x-amz-meta-')) metadata[name.slice(11)] = decodeHeaderText(value);
    else if (name.startsWith('x-amz-checksum-')) checksums[name.slice(15) as ChecksumAlgorithm] = value;
    else addHeader(object, name, value);
  }
  const known = knownChecksums(checksums);
  if (known !== undefined) Object.assign(object, { checksums: known, checksumType: checksumTypeOf(headers, checksums) });
  return object;
}

function addHeader(object: Writable<ObjectMetadata>, name: string, value: string): void {
  switch (name) {
    case 'content-length':
      object.sizeInBytes = Number(value);
      break;
    case 'etag':
      object.etag = unquoteEtag(value);
      break;
    case 'last-modified':
      object.lastModified = new Date(value);
      break;
    case 'content-type':
      object.contentType = value;
      break;
    case 'content-encoding':
      object.contentEncoding = value;
      break;
    case 'content-language':
      object.contentLanguage = value;
      break;
    case 'content-disposition':
      object.contentDisposition = decodeHeaderText(value);
      break;
    case 'cache-control':
      object.cacheControl = value;
      break;
    case 'expires':
      object.expires = validDate(value);
      break;
    case 'x-amz-version-id':
      object.versionId = value;
      break;
    case 'x-amz-storage-class':
      object.storageClass = value;
      break;
    case 'x-amz-server-side-encryption':
      object.serverSideEncryption = value;
      break;
    case 'x-amz-server-side-encryption-customer-algorithm':
      object.serverSideEncryption = value;
      break;
    case 'x-amz-tagging-count':
      object.tagCount = Number(value);
      break;
    default:
  }
}

function validDate(value: string): Date | undefined {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** What a put says of what it stored. */
export function toPutObjectResult(headers: ResponseHeaders, sizeInBytes: number): PutObjectResult {
  const checksums = checksumsOf(headers);
  return {
    etag: unquoteEtag(headers.get('etag') ?? ''),
    sizeInBytes,
    versionId: headers.get('x-amz-version-id'),
    checksums,
    checksumType: checksums && checksumTypeOf(headers, checksums),
  };
}

/** The checksums among an answer's headers. */
export function checksumsOf(headers: ResponseHeaders): Checksums | undefined {
  const checksums: Writable<Checksums> = {};
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = headers.get(`x-amz-checksum-${algorithm}`);
    if (value !== undefined) checksums[algorithm] = value;
  }
  return knownChecksums(checksums);
}

function knownChecksums(checksums: Checksums): Checksums | undefined {
  const known = CHECKSUM_ALGORITHMS.filter((algorithm) => checksums[algorithm] !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known.map((algorithm) => [algorithm, checksums[algorithm]]));
}

/** Services that do not say which type it is mark sums of sums with the number of parts. */
function checksumTypeOf(headers: ResponseHeaders, checksums: Checksums): ChecksumType {
  const type = headers.get('x-amz-checksum-type');
  if (type !== undefined) return type === 'COMPOSITE' ? 'composite' : 'full_object';
  return Object.values(checksums).some((value) => /-\d+$/.test(value)) ? 'composite' : 'full_object';
}

/** An ETag without its quotes and its mark of weakness. */
export function unquoteEtag(etag: string): string {
  const start = etag.startsWith('W/') ? 2 : 0;
  return etag.startsWith('"', start) && etag.endsWith('"') ? etag.slice(start + 1, -1) : etag;
}
