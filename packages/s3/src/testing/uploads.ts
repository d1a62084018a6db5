import { createHash } from 'node:crypto';
import { checkWrite } from './conditions.ts';
import { bodyText, requireBucket, xmlResponse, type Context } from './context.ts';
import { CHECKSUM_NAMES, digest, md5Hex, verifyDigests, type ChecksumName } from './digests.ts';
import { invalidArgument, invalidRequest, S3Failure } from './failure.ts';
import { copySource } from './objects.ts';
import { checksumHeaders, customerKeyMd5, requireCustomerKey, storedHeaders, storedTags } from './stored-headers.ts';
import type { StoredPart, Upload } from './bucket.ts';
import { elementsOf, group, tag, textsOf, xmlDocument } from './xml.ts';

export function createUpload(context: Context): Response {
  const bucket = requireBucket(context);
  const checksumAlgorithm = context.headers.get('x-amz-checksum-algorithm')?.toLowerCase() as ChecksumName | undefined;
  if (checksumAlgorithm !== undefined && !CHECKSUM_NAMES.includes(checksumAlgorithm)) throw invalidRequest('Checksum algorithm provided is unsupported.');
  const type = context.headers.get('x-amz-checksum-type') ?? (checksumAlgorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type === 'FULL_OBJECT' && checksumAlgorithm?.startsWith('sha')) throw invalidRequest(`The FULL_OBJECT checksum type cannot be used with the ${checksumAlgorithm} checksum algorithm.`);
  const upload = bucket.startUpload({
    key: context.key,
    headers: storedHeaders(context.headers),
    tags: storedTags(context.headers),
    checksumAlgorithm,
    checksumType: checksumAlgorithm === undefined ? undefined : type === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE',
    customerKeyMd5: customerKeyMd5(context.headers),
  });
  return xmlResponse(xmlDocument('InitiateMultipartUploadResult', tag('Bucket', bucket.name), tag('Key', upload.key), tag('UploadId', upload.id)));
}

function uploadOf(context: Context): Upload {
  return requireBucket(context).upload(context.key, context.query.get('uploadId') ?? '');
}

function partNumberOf({ query }: Context): number {
  const number = Number(query.get('partNumber'));
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000)) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive');
  return number;
}

export function uploadPart(context: Context): Response {
  const upload = uploadOf(context);
  const checksums = verifyDigests(context.headers, context.body);
  requireCustomerKey(context.headers, upload);
  const [sent] = Object.keys(checksums);
  if (sent !== undefined && sent !== upload.checksumAlgorithm) throw invalidRequest(`Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm ?? 'null'}, actual checksum Type: ${sent}`);
  const part = storePart(upload, partNumberOf(context), context);
  return new Response(null, { headers: { etag: `"${part.etag}"`, ...checksumHeaders({ checksums: part.checksums, checksumType: undefined }) } });
}

export function copyPart(context: Context): Response {
  const upload = uploadOf(context);
  const source = copySource(context);
  const match = /^bytes=(\d+)-(\d+)$/.exec(context.headers.get('x-amz-copy-source-range') ?? `bytes=0-${String(source.bytes.length - 1)}`);
  if (!match || Number(match[2]) >= source.bytes.length) throw new S3Failure(400, 'InvalidArgument', `Range specified is not valid for source object of size: ${String(source.bytes.length)}`);
  const body = source.bytes.subarray(Number(match[1]), Number(match[2]) + 1);
  const part = storePart(upload, partNumberOf(context), { body, now: context.now });
  return xmlResponse(xmlDocument('CopyPartResult', tag('LastModified', part.lastModified.toISOString()), tag('ETag', `"${part.etag}"`)));
}

function storePart(upload: Upload, partNumber: number, { body, now }: Pick<Context, 'body' | 'now'>): StoredPart {
  const { checksumAlgorithm: name } = upload;
  const part: StoredPart = { bytes: body, etag: md5Hex(body), lastModified: new Date(now()), checksums: name === undefined ? {} : { [name]: digest(name, body) } };
  upload.parts.set(partNumber, part);
  return part;
}

export function completeUpload(context: Context): Response {
  const bucket = requireBucket(context);
  const upload = uploadOf(context);
  const parts = chosenParts(upload, bodyText(context), context.minPartBytes);
  checkWrite(context.headers, bucket, context.key);
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  const checksums = finalChecksums(upload, parts, bytes);
  for (const name of CHECKSUM_NAMES) {
    const claimed = context.headers.get(`x-amz-checksum-${name}`);
    if (claimed !== null && claimed !== checksums[name]) throw new S3Failure(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
  const etag = `${createHash('md5').update(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')))).digest('hex')}-${String(parts.length)}`;
  const { headers, tags, checksumType, customerKeyMd5: md5 } = upload;
  const version = bucket.put(context.key, { bytes, etag, headers, tags, checksums, checksumType, customerKeyMd5: md5 });
  bucket.uploads.delete(upload.id);
  const sums = Object.entries(checksums).map(([name, value]) => tag(`Checksum${name.toUpperCase()}`, value));
  const xml = xmlDocument('CompleteMultipartUploadResult', tag('Bucket', bucket.name), tag('Key', context.key), tag('ETag', `"${etag}"`), ...sums, tag('ChecksumType', checksumType));
  return xmlResponse(xml, version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId });
}

function chosenParts(upload: Upload, xml: string, minPartBytes: number): StoredPart[] {
  const named = elementsOf(xml, 'Part').map((element) => ({ number: Number(textsOf(element, 'PartNumber')[0]), etag: textsOf(element, 'ETag')[0]?.replace(/^"|"$/g, '') }));
  if (named.length === 0) throw new S3Failure(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  if (named.some(({ number }, index) => index > 0 && number <= (named[index - 1]?.number ?? 0))) throw new S3Failure(400, 'InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.');
  const parts = named.map(({ number, etag }) => {
    const part = upload.parts.get(number);
    if (part?.etag !== etag || part === undefined) throw new S3Failure(400, 'InvalidPart', 'One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part\'s entity tag.');
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.bytes.length < minPartBytes)) throw new S3Failure(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  return parts;
}

function finalChecksums({ checksumAlgorithm: name, checksumType }: Upload, parts: readonly StoredPart[], bytes: Uint8Array): Partial<Record<ChecksumName, string>> {
  if (name === undefined) return {};
  if (checksumType === 'FULL_OBJECT') return { [name]: digest(name, bytes) };
  return { [name]: `${digest(name, Buffer.concat(parts.map((part) => Buffer.from(part.checksums[name] ?? '', 'base64'))))}-${String(parts.length)}` };
}

export function abortUpload(context: Context): Response {
  const upload = uploadOf(context);
  requireBucket(context).uploads.delete(upload.id);
  return new Response(null, { status: 204 });
}

export function listParts(context: Context): Response {
  const upload = uploadOf(context);
  const marker = Number(context.query.get('part-number-marker') ?? 0);
  const max = Math.min(Number(context.query.get('max-parts') ?? 1000), 1000);
  const all = [...upload.parts].filter(([number]) => number > marker).sort(([a], [b]) => a - b);
  const page = all.slice(0, max);
  const parts = page.map(([number, part]) =>
    group('Part', tag('PartNumber', number), tag('LastModified', part.lastModified.toISOString()), tag('ETag', `"${part.etag}"`), tag('Size', part.bytes.length), ...Object.entries(part.checksums).map(([name, value]) => tag(`Checksum${name.toUpperCase()}`, value))),
  );
  const truncated = all.length > page.length;
  return xmlResponse(xmlDocument('ListPartsResult', tag('UploadId', upload.id), tag('ChecksumAlgorithm', upload.checksumAlgorithm?.toUpperCase()), tag('ChecksumType', upload.checksumType), tag('NextPartNumberMarker', truncated ? page.at(-1)?.[0] : undefined), tag('IsTruncated', truncated), ...parts));
}

export function listUploads(context: Context): Response {
  const { query } = context;
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''];
  const max = Math.min(Number(query.get('max-uploads') ?? 1000), 1000);
  const sorted = [...requireBucket(context).uploads.values()].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt.getTime() - b.startedAt.getTime() || (a.id < b.id ? -1 : 1));
  const behind = sorted.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
  const all = (behind >= 0 ? sorted.slice(behind + 1) : sorted.filter(({ key }) => keyMarker === '' || key > keyMarker)).filter(({ key }) => key.startsWith(query.get('prefix') ?? ''));
  const page = all.slice(0, max);
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  const uploads = page.map(({ key, id, startedAt }) => group('Upload', tag('Key', encode(key)), tag('UploadId', id), tag('Initiated', startedAt.toISOString())));
  const truncated = all.length > page.length;
  const next = truncated ? page.at(-1) : undefined;
  return xmlResponse(
    xmlDocument('ListMultipartUploadsResult', tag('EncodingType', query.get('encoding-type') ?? undefined), tag('NextKeyMarker', next && encode(next.key)), tag('NextUploadIdMarker', next?.id), tag('IsTruncated', truncated), ...uploads),
  );
}
