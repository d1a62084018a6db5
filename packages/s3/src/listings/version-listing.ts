import type { Call, ObjectVersion, Page, PageRequest } from '@cmx/cloud-core';
import { unquoteEtag } from '../objects/object-metadata.ts';
import type { S3Context } from '../s3-context.ts';
import { childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';
import type { PrefixOptions } from './lists.ts';
import { unfinished } from './object-listing.ts';
import { pairToken, readPairToken } from './page-token.ts';
import { decoderOf } from './url-encoding.ts';

/** One page of all versions. */
export async function fetchVersions({ connection }: S3Context, call: Call, bucket: string, { pageToken, maxPageSize }: PageRequest, options: PrefixOptions): Promise<Page<ObjectVersion>> {
  const [key, versionId] = readPairToken(pageToken);
  const query = { versions: '', 'encoding-type': 'url', prefix: options.prefix || undefined, 'key-marker': key, 'version-id-marker': versionId, 'max-keys': maxPageSize };
  const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query }, 'ListVersionsResult', options);
  return toVersionsPage(document);
}

export function toVersionsPage(document: XmlElement): Page<ObjectVersion> {
  const decode = decoderOf(childText(document, 'EncodingType'));
  const items: ObjectVersion[] = [];
  for (const element of document.children) {
    if (element.name === 'Version' || element.name === 'DeleteMarker') items.push(toObjectVersion(element, decode));
  }
  if (childText(document, 'IsTruncated') !== 'true') return { items };
  const nextKey = childText(document, 'NextKeyMarker');
  if (!nextKey) throw unfinished();
  return { items, nextPageToken: pairToken(decode(nextKey), childText(document, 'NextVersionIdMarker')) };
}

function toObjectVersion(element: XmlElement, decode: (text: string) => string): ObjectVersion {
  const etag = childText(element, 'ETag');
  return {
    key: decode(childText(element, 'Key') ?? ''),
    versionId: childText(element, 'VersionId') ?? 'null',
    isLatest: childText(element, 'IsLatest') === 'true',
    isDeleteMarker: element.name === 'DeleteMarker',
    sizeInBytes: Number(childText(element, 'Size') ?? 0),
    etag: etag === undefined ? undefined : unquoteEtag(etag),
    lastModified: new Date(childText(element, 'LastModified') ?? ''),
  };
}
