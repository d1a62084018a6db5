export type { S3ServiceBucket, S3ServiceUpload, S3ServiceVersion } from './bucket.ts';
export type { S3ServiceBreakFault, S3ServiceErrorFault, S3ServiceFault, S3ServiceFaultTarget } from './faults.ts';
export { S3Service, type S3ServiceExchange, type S3ServiceOptions } from './s3-service.ts';
export type { Listening } from '@cmx/http/testing';
export type { S3ServiceIdentity } from './signature.ts';
export { startS3Service, type RunningS3Service, type S3ServiceClientOptions, type StartS3ServiceOptions } from './start-s3-service.ts';
