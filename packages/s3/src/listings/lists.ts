import {
  paged,
  STORAGE_OPTIONS,
  type Bucket,
  type Call,
  type CallOptions,
  type ListEntry,
  type ListObjectsOptions,
  type MultipartUpload,
  type ObjectVersion,
  type Page,
  type Paged,
  type PageRequest,
  type UploadedPart,
} from '@cmx/cloud-core';
import type { S3Context } from '../s3-context.ts';
import { listingQuery, toListingPage } from './object-listing.ts';

export interface PrefixOptions extends CallOptions {
  readonly prefix?: string;
}

export function listObjects(context: S3Context, bucket: string, options: ListObjectsOptions = {}): Paged<ListEntry> {
  const { connection, check, dialect } = context;
  const call = check.bucket('listObjects', bucket, options, STORAGE_OPTIONS.listObjects);
  return checked(context, call, async (page) => {
    const query = listingQuery(dialect.listVersion, options, page);
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query }, 'ListBucketResult', options);
    return toListingPage(document);
  });
}

// The other lists are for few programs: how they are fetched is loaded with the first page.

export function listBuckets(context: S3Context, options: CallOptions = {}): Paged<Bucket> {
  const call = context.check.service('listBuckets', options, STORAGE_OPTIONS.call, 'listBuckets');
  return checked(context, call, async (page) => (await import('../rare-calls.ts')).fetchBuckets(context, call, page, options));
}

export function listObjectVersions(context: S3Context, bucket: string, options: PrefixOptions = {}): Paged<ObjectVersion> {
  const call = context.check.bucket('listObjectVersions', bucket, options, STORAGE_OPTIONS.listByPrefix, 'versions');
  return checked(context, call, async (page) => (await import('../rare-calls.ts')).fetchVersions(context, call, bucket, page, options));
}

export function listMultipartUploads(context: S3Context, bucket: string, options: PrefixOptions = {}): Paged<MultipartUpload> {
  const call = context.check.bucket('listMultipartUploads', bucket, options, STORAGE_OPTIONS.listByPrefix, 'multipart');
  return checked(context, call, async (page) => (await import('../rare-calls.ts')).fetchUploads(context, call, bucket, page, options));
}

export function listParts(context: S3Context, bucket: string, key: string, uploadId: string, options: CallOptions = {}): Paged<UploadedPart> {
  const call = context.check.upload('listParts', bucket, key, uploadId, options, STORAGE_OPTIONS.call);
  return checked(context, call, async (page) => (await import('../rare-calls.ts')).fetchParts(context, { call, bucket, key }, uploadId, page, options));
}

/** A list whose page requests are checked before they are sent. */
function checked<T>({ check }: S3Context, call: Call, fetchPage: (page: PageRequest) => Promise<Page<T>>): Paged<T> {
  return paged(async (page) => {
    check.assertPage(page, call);
    return fetchPage(page);
  });
}
