import { checkRead, checkSource, checkWrite, matches } from './conditions.ts';
import { bodyText, requireBucket, xmlResponse, type Context } from './context.ts';
import { digest, md5Hex, verifyDigests } from './digests.ts';
import { invalidRequest, noSuchBucket, preconditionFailed, S3Failure } from './failure.ts';
import { checkTags, checksumHeaders, customerKeyMd5, objectHeaders, requireCustomerKey, storedHeaders, storedTags } from './stored-headers.ts';
import { requireVersion, type Bucket, type StoredVersion } from './bucket.ts';
import { elementsOf, group, tag, textsOf, xmlDocument } from './xml.ts';

const MAX_SINGLE_BYTES = 5 * 1024 ** 3;

function versionHeader(version: StoredVersion | undefined): Record<string, string> {
  return version === undefined || version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId };
}

export function putObject(context: Context): Response {
  const bucket = requireBucket(context);
  if (Buffer.byteLength(context.key) > 1024) throw new S3Failure(400, 'KeyTooLongError', 'Your key is too long');
  const checksums = verifyDigests(context.headers, context.body);
  checkWrite(context.headers, bucket, context.key);
  const version = bucket.put(context.key, {
    bytes: context.body,
    etag: md5Hex(context.body),
    headers: storedHeaders(context.headers),
    tags: storedTags(context.headers),
    checksums,
    checksumType: Object.keys(checksums).length > 0 ? 'FULL_OBJECT' : undefined,
    customerKeyMd5: customerKeyMd5(context.headers),
  });
  return new Response(null, { headers: { etag: `"${version.etag}"`, ...versionHeader(version), ...checksumHeaders(version) } });
}

export function getObject(context: Context): Response {
  const bucket = requireBucket(context);
  const version = requireVersion(bucket, context.key, context.query.get('versionId') ?? undefined);
  requireCustomerKey(context.headers, version);
  checkRead(context.headers, version);
  const headers = objectHeaders(context, version);
  const range = rangeOf(context.headers, version.bytes.length);
  if (range === undefined) return new Response(bodyOf(context, version.bytes), { headers });
  const slice = version.bytes.subarray(range.start, range.end + 1);
  const partial = { ...headers, 'content-length': String(slice.length), 'content-range': `bytes ${String(range.start)}-${String(range.end)}/${String(version.bytes.length)}` };
  return new Response(bodyOf(context, slice), { status: 206, headers: partial });
}

function bodyOf({ method }: Context, bytes: Uint8Array): BodyInit | null {
  return method === 'HEAD' ? null : (bytes as Uint8Array<ArrayBuffer>);
}

/** One range, as S3 reads it; several or malformed ones are ignored. */
function rangeOf(headers: Headers, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const suffix = match[1] === '' ? Number(match[2]) : undefined;
  const start = suffix === undefined ? Number(match[1]) : Math.max(0, size - suffix);
  const end = suffix !== undefined || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size || suffix === 0) throw new S3Failure(416, 'InvalidRange', 'The requested range is not satisfiable', { headers: { 'content-range': `bytes */${String(size)}` }, elements: { ActualObjectSize: String(size) } });
  return end < start ? undefined : { start, end };
}

export function deleteObject(context: Context): Response {
  const bucket = requireBucket(context);
  const ifMatch = context.headers.get('if-match');
  if (ifMatch !== null) {
    const current = bucket.current(context.key);
    if (current && !matches(ifMatch, current.etag)) throw preconditionFailed('If-Match');
  }
  const { version, isMarker } = deleteOne(bucket, context.key, context.query.get('versionId') ?? undefined);
  return new Response(null, { status: 204, headers: { ...versionHeader(version), ...(isMarker && { 'x-amz-delete-marker': 'true' }) } });
}

function deleteOne(bucket: Bucket, key: string, versionId: string | undefined): { version: StoredVersion | undefined; isMarker: boolean } {
  const version = versionId === undefined ? bucket.delete(key) : bucket.deleteVersion(key, versionId);
  return { version, isMarker: version?.isDeleteMarker ?? false };
}

export function deleteObjects(context: Context): Response {
  const bucket = requireBucket(context);
  const hasDigest = context.headers.has('content-md5') || [...context.headers.keys()].some((name) => name.startsWith('x-amz-checksum-'));
  if (!hasDigest) throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  verifyDigests(context.headers, context.body);
  const targets = elementsOf(bodyText(context), 'Object');
  if (targets.length === 0 || targets.length > 1000) throw new S3Failure(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  const quiet = textsOf(bodyText(context), 'Quiet')[0] === 'true';
  const results = targets.map((target) => {
    const [key = ''] = textsOf(target, 'Key');
    const [versionId] = textsOf(target, 'VersionId');
    const { version, isMarker } = deleteOne(bucket, key, versionId);
    if (quiet) return '';
    const made = isMarker && versionId === undefined;
    return group('Deleted', tag('Key', key), tag('VersionId', versionId), tag('DeleteMarker', isMarker || undefined), tag('DeleteMarkerVersionId', made ? version?.versionId : isMarker ? versionId : undefined));
  });
  return xmlResponse(xmlDocument('DeleteResult', ...results));
}

/** The object a copy reads, with its conditions and keys checked. */
export function copySource(context: Context): StoredVersion {
  const source = context.headers.get('x-amz-copy-source') ?? '';
  const [path = '', versionQuery] = source.split('?');
  const [bucketName = '', ...segments] = decodeURIComponent(path.replace(/^\//, '')).split('/');
  const bucket = context.buckets.get(bucketName);
  if (!bucket) throw noSuchBucket(bucketName);
  const version = requireVersion(bucket, segments.join('/'), new URLSearchParams(versionQuery).get('versionId') ?? undefined);
  requireCustomerKey(context.headers, version, 'x-amz-copy-source-server-side-encryption-customer-');
  checkSource(context.headers, version);
  return version;
}

export function copyObject(context: Context): Response {
  const bucket = requireBucket(context);
  const source = copySource(context);
  const replaces = context.headers.get('x-amz-metadata-directive') === 'REPLACE';
  const isSelf = decodeURIComponent(context.headers.get('x-amz-copy-source') ?? '').replace(/^\//, '') === `${context.bucketName}/${context.key}`;
  if (isSelf && !replaces && !context.headers.has('x-amz-storage-class') && !context.headers.has('x-amz-server-side-encryption')) {
    throw invalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
  }
  if (source.bytes.length > MAX_SINGLE_BYTES) throw invalidRequest('The specified copy source is larger than the maximum allowable size for a copy source: 5368709120');
  checkWrite(context.headers, bucket, context.key);
  const algorithm = context.headers.get('x-amz-checksum-algorithm')?.toLowerCase() as 'crc32' | undefined;
  const own = storedHeaders(context.headers);
  const { 'x-amz-storage-class': _class, 'x-amz-server-side-encryption': _encryption, ...kept } = source.headers;
  const version = bucket.put(context.key, {
    bytes: source.bytes,
    etag: md5Hex(source.bytes),
    headers: replaces ? own : { ...kept, ...Object.fromEntries(Object.entries(own).filter(([name]) => name === 'x-amz-storage-class' || name.startsWith('x-amz-server-side'))) },
    tags: context.headers.get('x-amz-tagging-directive') === 'REPLACE' ? storedTags(context.headers) : source.tags,
    checksums: algorithm !== undefined ? { [algorithm]: digest(algorithm, source.bytes) } : source.checksumType === 'COMPOSITE' ? {} : source.checksums,
    checksumType: algorithm !== undefined ? 'FULL_OBJECT' : source.checksumType === 'COMPOSITE' ? undefined : source.checksumType,
    customerKeyMd5: customerKeyMd5(context.headers),
  });
  return xmlResponse(xmlDocument('CopyObjectResult', tag('LastModified', version.lastModified.toISOString()), tag('ETag', `"${version.etag}"`)), versionHeader(version));
}

export function getTags(context: Context): Response {
  const version = requireVersion(requireBucket(context), context.key, context.query.get('versionId') ?? undefined);
  const set = Object.entries(version.tags).map(([name, value]) => group('Tag', tag('Key', name), tag('Value', value)));
  return xmlResponse(xmlDocument('Tagging', group('TagSet', ...set)), versionHeader(version));
}

export function putTags(context: Context): Response {
  const version = requireVersion(requireBucket(context), context.key, context.query.get('versionId') ?? undefined);
  verifyDigests(context.headers, context.body);
  version.tags = checkTags(Object.fromEntries(elementsOf(bodyText(context), 'Tag').map((element) => [textsOf(element, 'Key')[0] ?? '', textsOf(element, 'Value')[0] ?? ''])));
  return new Response(null, { headers: versionHeader(version) });
}

export function deleteTags(context: Context): Response {
  const version = requireVersion(requireBucket(context), context.key, context.query.get('versionId') ?? undefined);
  version.tags = {};
  return new Response(null, { status: 204, headers: versionHeader(version) });
}
