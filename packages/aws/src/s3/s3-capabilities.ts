import type { StorageCapabilities } from '@cmx/cloud-core';
import { S3_DIALECTS, type S3Dialect } from '@cmx/s3';

/** What {@link S3Client} can do: Amazon S3's data plane, and the administration that goes through the AWS SDK. */
export const S3_CAPABILITIES = {
  ...S3_DIALECTS.aws.capabilities,
  acl: true,
  lifecycle: true,
  cors: true,
  objectLock: true,
  website: true,
} as const satisfies StorageCapabilities;

export type S3Capabilities = typeof S3_CAPABILITIES;

/** The AWS dialect with this client's capabilities. */
export const AWS_DIALECT: S3Dialect<S3Capabilities> = { ...S3_DIALECTS.aws, capabilities: S3_CAPABILITIES };
