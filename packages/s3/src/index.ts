export {
  credentialsFromEnvironment,
  credentialsFromSharedFiles,
  defaultCredentials,
  type Environment,
  type SharedFileOptions,
} from './credentials/credentials.ts';
export type { S3Dialect, S3DialectName } from './dialects/dialect.ts';
export { S3_DIALECTS } from './dialects/dialects.ts';
export type { PrefixOptions } from './listings/lists.ts';
export type { VersionOptions } from './objects/tags.ts';
export { probeS3Endpoint, type ProbeFinding, type ProbeS3Options, type S3Probe } from './probe/probe.ts';
export type { S3CompatibleClientOptions, S3Credentials, S3WireOptions } from './s3-client-options.ts';
export { S3CompatibleClient } from './s3-compatible-client.ts';
export { s3Connection } from './s3-connection-type.ts';
export { S3_ERROR_CODES, type S3ErrorDetails } from './s3-errors.ts';
