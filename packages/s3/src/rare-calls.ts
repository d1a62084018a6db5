/**
 * What few programs need, loaded as a whole when the first of it is asked for. Loaded one by one, these would share pieces with each
 * other and with the start, and every piece is a file more to load then.
 */
export { bucketExists, createBucket, deleteBucket, getBucketVersioning, setBucketVersioning } from './buckets/buckets.ts';
export { fetchBuckets } from './listings/bucket-listing.ts';
export { fetchParts, fetchUploads } from './listings/upload-listing.ts';
export { fetchVersions } from './listings/version-listing.ts';
export { abortMultipartUpload, completeMultipartUpload, copyPart, createMultipartUpload, uploadPart } from './multipart/multipart.ts';
export { PutParts } from './multipart/put-parts.ts';
export { abortUnfinishedUploads } from './multipart/unfinished-uploads.ts';
export { copyObject } from './objects/copy-object.ts';
export { deleteObjects } from './objects/delete-objects.ts';
export { downloadFile, uploadFile } from './objects/files.ts';
export { getObjectTags, putObjectTags } from './objects/tags.ts';
export { generatePresignedPost } from './presign/presign-post.ts';
