import type { ObjectMetadata } from '@cmx/cloud-core';
import type { S3Dialect } from '../dialects/dialect.ts';
import { quoteEtag, type RequestHeaders } from './store-headers.ts';

/** Whether a copy can be bound to the source's ETag. Those of uploads in parts end in their number. */
export function bindsToEtag({ multipartSourceEtags }: S3Dialect, etag: string): boolean {
  return multipartSourceEtags || !/-\d+"?$/.test(etag);
}

/** Binds a copy to the source as it was seen: by its ETag, or where that is not understood by its date, to the second. */
export function sourceCondition(dialect: S3Dialect, { etag, lastModified }: Pick<ObjectMetadata, 'etag' | 'lastModified'>): RequestHeaders {
  return bindsToEtag(dialect, etag) ? { 'x-amz-copy-source-if-match': quoteEtag(etag) } : { 'x-amz-copy-source-if-unmodified-since': lastModified.toUTCString() };
}
