import { CHECKSUM_ALGORITHMS, type Call, type CallOptions, type Checksums, type MultipartUpload, type Page, type PageRequest, type UploadedPart } from '@cmx/cloud-core';
import type { PartTarget } from '../multipart/drop-upload.ts';
import { unquoteEtag } from '../objects/object-metadata.ts';
import type { S3Context } from '../s3-context.ts';
import type { QueryParameters } from '../urls.ts';
import { child, childrenNamed, childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';
import type { PrefixOptions } from './lists.ts';
import { unfinished } from './object-listing.ts';
import { pairToken, readPairToken } from './page-token.ts';
import { decoderOf } from './url-encoding.ts';

/** One page of unfinished uploads. Where the service does not filter them, we do. */
export async function fetchUploads({ connection, dialect }: S3Context, call: Call, bucket: string, page: PageRequest, options: PrefixOptions): Promise<Page<MultipartUpload>> {
  const { prefix = '' } = options;
  const query = uploadsQuery(dialect.uploadPrefixes ? prefix : undefined, page);
  const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query }, 'ListMultipartUploadsResult', options);
  const uploads = toPage(document, toMultipartUpload);
  return dialect.uploadPrefixes ? uploads : { ...uploads, items: uploads.items.filter(({ key }) => key.startsWith(prefix)) };
}

/** One page of an upload's parts. */
export async function fetchParts({ connection }: S3Context, { call, bucket, key }: PartTarget, uploadId: string, page: PageRequest, options: CallOptions): Promise<Page<UploadedPart>> {
  const { document } = await connection.sendForXml({ call, method: 'GET', bucket, key, query: partsQuery(uploadId, page) }, 'ListPartsResult', options);
  return toPartsPage(document);
}

/** The query of one page of unfinished uploads. */
export function uploadsQuery(prefix: string | undefined, { pageToken, maxPageSize }: PageRequest): QueryParameters {
  const [key, uploadId] = readPairToken(pageToken);
  return { uploads: '', 'encoding-type': 'url', prefix: prefix || undefined, 'key-marker': key, 'upload-id-marker': uploadId, 'max-uploads': maxPageSize };
}

/** An upload, and who began it. */
export interface ListedUpload extends MultipartUpload {
  readonly initiator: string | undefined;
}

export function toListedUploads(document: XmlElement): Page<ListedUpload> {
  return toPage(document, (upload, decode) => ({ ...toMultipartUpload(upload, decode), initiator: initiatorOf(upload) }));
}

function toPage<T>(document: XmlElement, toUpload: (upload: XmlElement, decode: (text: string) => string) => T): Page<T> {
  const decode = decoderOf(childText(document, 'EncodingType'));
  const items = childrenNamed(document, 'Upload').map((upload) => toUpload(upload, decode));
  if (childText(document, 'IsTruncated') !== 'true') return { items };
  const nextKey = childText(document, 'NextKeyMarker');
  if (!nextKey) throw unfinished();
  return { items, nextPageToken: pairToken(decode(nextKey), childText(document, 'NextUploadIdMarker')) };
}

function toMultipartUpload(upload: XmlElement, decode: (text: string) => string): MultipartUpload {
  const initiated = childText(upload, 'Initiated');
  return { key: decode(childText(upload, 'Key') ?? ''), uploadId: childText(upload, 'UploadId') ?? '', startedAt: initiated ? new Date(initiated) : undefined };
}

function initiatorOf(upload: XmlElement): string | undefined {
  const initiator = child(upload, 'Initiator');
  return initiator && childText(initiator, 'ID');
}

/** The query of one page of an upload's parts. */
export function partsQuery(uploadId: string, { pageToken, maxPageSize }: PageRequest): QueryParameters {
  return { uploadId, 'part-number-marker': pageToken, 'max-parts': maxPageSize };
}

export function toPartsPage(document: XmlElement): Page<UploadedPart> {
  const items = childrenNamed(document, 'Part').map(toUploadedPart);
  if (childText(document, 'IsTruncated') !== 'true') return { items };
  const next = childText(document, 'NextPartNumberMarker');
  if (!next || next === '0') throw unfinished();
  return { items, nextPageToken: next };
}

function toUploadedPart(part: XmlElement): UploadedPart {
  return {
    partNumber: Number(childText(part, 'PartNumber')),
    etag: unquoteEtag(childText(part, 'ETag') ?? ''),
    sizeInBytes: Number(childText(part, 'Size')),
    checksums: checksumElements(part),
  };
}

/** Checksums as elements: `<ChecksumCRC32>`. */
export function checksumElements(parent: XmlElement): Checksums | undefined {
  const found = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = childText(parent, `Checksum${algorithm.toUpperCase()}`);
    return value ? [[algorithm, value]] : [];
  });
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Checksums);
}
