import type { Bucket, Call, CallOptions, Page, PageRequest } from '@cmx/cloud-core';
import type { S3Context } from '../s3-context.ts';
import { child, childrenNamed, childText } from '../xml/xml-access.ts';
import type { XmlElement } from '../xml/xml-reader.ts';

/** One page of buckets. Services without paging ignore where it begins and send all. */
export async function fetchBuckets({ connection }: S3Context, call: Call, { pageToken, maxPageSize }: PageRequest, options: CallOptions): Promise<Page<Bucket>> {
  const query = { 'continuation-token': pageToken, 'max-buckets': maxPageSize };
  const { document } = await connection.sendForXml({ call, method: 'GET', query }, 'ListAllMyBucketsResult', options);
  return toBucketsPage(document);
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
