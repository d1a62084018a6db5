import type { Bucket, Page, PageRequest } from '@cmx/cloud-core';
import type { QueryParameters } from '../urls.ts';
import { child, childrenNamed, childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';

/** The query of one page of buckets. Services without paging ignore it and send all. */
export function bucketsQuery({ pageToken, maxPageSize }: PageRequest): QueryParameters {
  return { 'continuation-token': pageToken, 'max-buckets': maxPageSize };
}

export function toBucketsPage(document: XmlElement): Page<Bucket> {
  const buckets = child(document, 'Buckets');
  const items = buckets === undefined ? [] : childrenNamed(buckets, 'Bucket').map(toBucket);
  return { items, nextPageToken: childText(document, 'ContinuationToken') || undefined };
}

function toBucket(element: XmlElement): Bucket {
  const createdAt = childText(element, 'CreationDate');
  return { name: childText(element, 'Name') ?? '', createdAt: createdAt ? new Date(createdAt) : undefined, region: childText(element, 'BucketRegion') };
}
