import { STORAGE_OPTIONS, type DownloadFileOptions, type ObjectMetadata, type PutObjectResult, type UploadFileOptions } from '@cmx/cloud-core';
import { contentTypeOf, downloadToFile, openFile } from '@cmx/cloud-core/files';
import { withinDeadline } from '../deadline.ts';
import type { S3Context } from '../s3-context.ts';
import { openObject } from './get-object.ts';
import { storeBody } from './put-object.ts';

export async function uploadFile(context: S3Context, bucket: string, key: string, path: string, options: UploadFileOptions = {}): Promise<PutObjectResult> {
  const call = context.check.object('uploadFile', bucket, key, options, STORAGE_OPTIONS.uploadFile);
  const source = await openFile(path, call);
  return withinDeadline(call, options, (callOptions) => storeBody(context, call, { bucket, key }, source, { contentType: contentTypeOf(path), ...options }, callOptions));
}

export async function downloadFile(context: S3Context, bucket: string, key: string, path: string, options: DownloadFileOptions = {}): Promise<ObjectMetadata> {
  const call = context.check.object('downloadFile', bucket, key, options, STORAGE_OPTIONS.downloadFile);
  const { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, customerKey } = options;
  const read = { versionId, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, customerKey };
  return withinDeadline(call, options, ({ abortSignal }) =>
    downloadToFile(path, (part) => openObject(context, call, bucket, key, { ...read, ...part }), { ...options, abortSignal, ranges: context.dialect.capabilities.ranges, where: call }),
  );
}
