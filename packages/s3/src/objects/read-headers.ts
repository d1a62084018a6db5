import type { ByteRange, ReadConditions } from '@cmx/cloud-core';
import { conditionHeaders, type RequestHeaders } from './store-headers.ts';

/** Conditions of a read, the caller's key, and the wish to be told checksums where the service keeps some. */
export function readHeaders(options: ReadConditions, wantsChecksums: boolean, keyHeaders: RequestHeaders): RequestHeaders {
  const headers = conditionHeaders(options);
  if (wantsChecksums) headers['x-amz-checksum-mode'] = 'ENABLED';
  if (options.ifModifiedSince !== undefined) headers['if-modified-since'] = options.ifModifiedSince.toUTCString();
  if (options.ifUnmodifiedSince !== undefined) headers['if-unmodified-since'] = options.ifUnmodifiedSince.toUTCString();
  return Object.assign(headers, keyHeaders);
}

/** The value of `Range`. */
export function rangeHeader(range: ByteRange): string {
  if ('suffix' in range) return `bytes=-${String(range.suffix)}`;
  return `bytes=${String(range.start)}-${range.end === undefined ? '' : String(range.end)}`;
}
