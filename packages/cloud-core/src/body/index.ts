export type { BodyAnswer } from './answer-reader.ts';
export { ResumableBody } from './resumable-body.ts';
export type { BodyRange, ResumableBodyOptions } from './resumable-body-options.ts';
export { bytesOf, openBody, type BodySource, type OpenBodyOptions } from './source.ts';
export { DownloadedObject, type DownloadedObjectOptions } from '../transfer/downloaded-object.ts';
export { md5Etag, multipartEtag } from '../transfer/unknown-outcome.ts';
export { uploadBody, type UploadBodyOptions } from '../transfer/upload-body.ts';
export { assertSameChecksums } from '../transfer/upload-checksums.ts';
export type { MultipartTarget, UnfinishedUpload, UploadCall, UploadTarget } from '../transfer/upload-target.ts';
