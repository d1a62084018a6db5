import {
  paged,
  STORAGE_OPTIONS,
  type Bucket,
  type CallOptions,
  type ListEntry,
  type ListObjectsOptions,
  type MultipartUpload,
  type ObjectVersion,
  type Paged,
  type UploadedPart,
} from '@cmx/cloud-core';
import type { S3Context } from '../s3-context.ts';
import { listingQuery, toListingPage } from './object-listing.ts';

export interface PrefixOptions extends CallOptions {
  readonly prefix?: string;
}

// Lists other than that of objects are for few programs: how they are read is loaded with the first page.

export function listBuckets({ connection, check }: S3Context, options: CallOptions = {}): Paged<Bucket> {
  const call = check.service('listBuckets', options, STORAGE_OPTIONS.call, 'listBuckets');
  return paged(async (page) => {
    check.assertPage(page, call);
    const { bucketsQuery, toBucketsPage } = await import('./bucket-listing.ts');
    const { document } = await connection.sendForXml({ call, method: 'GET', query: bucketsQuery(page) }, 'ListAllMyBucketsResult', options);
    return toBucketsPage(document);
  });
}

export function listObjects({ connection, check, dialect }: S3Context, bucket: string, options: ListObjectsOptions = {}): Paged<ListEntry> {
  const call = check.bucket('listObjects', bucket, options, STORAGE_OPTIONS.listObjects);
  return paged(async (page) => {
    check.assertPage(page, call);
    const query = listingQuery(dialect.listVersion, options, page);
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query }, 'ListBucketResult', options);
    return toListingPage(document);
  });
}

export function listObjectVersions({ connection, check }: S3Context, bucket: string, options: PrefixOptions = {}): Paged<ObjectVersion> {
  const call = check.bucket('listObjectVersions', bucket, options, STORAGE_OPTIONS.listByPrefix, 'versions');
  return paged(async (page) => {
    check.assertPage(page, call);
    const { toVersionsPage, versionsQuery } = await import('./version-listing.ts');
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query: versionsQuery(options.prefix, page) }, 'ListVersionsResult', options);
    return toVersionsPage(document);
  });
}

export function listMultipartUploads({ connection, check, dialect: { uploadPrefixes } }: S3Context, bucket: string, options: PrefixOptions = {}): Paged<MultipartUpload> {
  const call = check.bucket('listMultipartUploads', bucket, options, STORAGE_OPTIONS.listByPrefix, 'multipart');
  const { prefix = '' } = options;
  return paged(async (page) => {
    check.assertPage(page, call);
    const { toUploadsPage, uploadsQuery } = await import('./upload-listing.ts');
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, query: uploadsQuery(uploadPrefixes ? prefix : undefined, page) }, 'ListMultipartUploadsResult', options);
    const uploads = toUploadsPage(document);
    return uploadPrefixes ? uploads : { ...uploads, items: uploads.items.filter(({ key }) => key.startsWith(prefix)) };
  });
}

export function listParts({ connection, check }: S3Context, bucket: string, key: string, uploadId: string, options: CallOptions = {}): Paged<UploadedPart> {
  const call = check.upload('listParts', bucket, key, uploadId, options, STORAGE_OPTIONS.call);
  return paged(async (page) => {
    check.assertPage(page, call);
    const { partsQuery, toPartsPage } = await import('./upload-listing.ts');
    const { document } = await connection.sendForXml({ call, method: 'GET', bucket, key, query: partsQuery(uploadId, page) }, 'ListPartsResult', options);
    return toPartsPage(document);
  });
}
