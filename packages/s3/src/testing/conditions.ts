import { noSuchKey, preconditionFailed, S3Failure } from './failure.ts';
import type { Bucket, StoredVersion } from './bucket.ts';

/** Conditions of a write: `If-None-Match: *` and `If-Match`. @throws {S3Failure} */
export function checkWrite(headers: Headers, bucket: Bucket, key: string): void {
  const current = bucket.current(key);
  const ifNoneMatch = headers.get('if-none-match');
  const ifMatch = headers.get('if-match');
  if (ifNoneMatch !== null && ifNoneMatch !== '*') throw new S3Failure(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented', { elements: { Header: 'If-None-Match' } });
  if (ifNoneMatch !== null && current) throw preconditionFailed('If-None-Match');
  if (ifMatch === null) return;
  if (!current) throw noSuchKey(key);
  if (!matches(ifMatch, current.etag)) throw preconditionFailed('If-Match');
}

/** Conditions of a read, in the order HTTP gives them. @throws {S3Failure} 304 or 412. */
export function checkRead(headers: Headers, version: StoredVersion): void {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const lastModified = version.lastModified.getTime();
  if (ifMatch !== null) {
    if (!matches(ifMatch, version.etag)) throw preconditionFailed('If-Match');
  } else if (timeOf(headers, 'if-unmodified-since') < lastModified) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== null) {
    if (matches(ifNoneMatch, version.etag)) throw notModified(version);
  } else if (timeOf(headers, 'if-modified-since') >= lastModified) {
    throw notModified(version);
  }
}

/** Conditions on the source of a copy. @throws {S3Failure} */
export function checkSource(headers: Headers, version: StoredVersion): void {
  const ifMatch = headers.get('x-amz-copy-source-if-match');
  const ifNoneMatch = headers.get('x-amz-copy-source-if-none-match');
  if (ifMatch !== null && !matches(ifMatch, version.etag)) throw preconditionFailed('x-amz-copy-source-If-Match');
  if (ifNoneMatch !== null && matches(ifNoneMatch, version.etag)) throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

export function matches(condition: string, etag: string): boolean {
  return condition === '*' || condition.split(',').some((candidate) => candidate.trim().replace(/^"|"$/g, '') === etag);
}

/** A missing or unreadable time compares as neither earlier nor later. */
function timeOf(headers: Headers, name: string): number {
  return Date.parse(headers.get(name) ?? '');
}

function notModified(version: StoredVersion): S3Failure {
  return new S3Failure(304, 'NotModified', 'Not Modified', { headers: { etag: `"${version.etag}"`, 'last-modified': version.lastModified.toUTCString() } });
}
