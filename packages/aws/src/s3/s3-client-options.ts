import type { S3Client as SdkClient } from '@aws-sdk/client-s3';
import type { CallOptions, CreateBucketOptions } from '@cmx/cloud-core';
import type { S3Credentials, S3WireOptions } from '@cmx/s3';

/** Everything has a default; what is given wins. */
export interface S3ClientOptions extends S3WireOptions {
  /**
   * Default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else the profile's in the shared config file, else `us-east-1`. A bucket in
   * another region is found by itself.
   */
  readonly region?: string | undefined;
  /** Of the shared config and credentials files, for region and credentials. Default: `AWS_PROFILE`, else `default`. */
  readonly profile?: string | undefined;
  /** Default: the AWS SDK's chain (environment, SSO, shared files, web identity, container, instance), else `client`'s. */
  readonly credentials?: S3Credentials | undefined;
  /**
   * An SDK client of your own for administration: `native()` returns it, its own retries apply, and it is not closed with this
   * client. Region and endpoint must be those it has; `S3Client.fromSdkClient` reads them from it.
   */
  readonly client?: SdkClient | undefined;
}

export interface S3CreateBucketOptions extends CreateBucketOptions {
  /** Make a bucket whose versions can be locked. It is versioned from the start, for good. Default `false`. */
  objectLock?: boolean | undefined;
  /** Who owns what others put there. Default: `BucketOwnerEnforced`, which turns ACLs off. */
  objectOwnership?: ObjectOwnership | undefined;
}

/**
 * Who owns the objects of a bucket. Only with the latter two do access-control lists count.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface PutObjectRetentionOptions extends CallOptions {
  readonly versionId?: string;
  /** Shorten or lift a `governance` retention; needs the permission to. Default `false`. */
  readonly bypassGovernance?: boolean;
}

export interface PutBucketNotificationsOptions extends CallOptions {
  /** Do not have S3 send a test message to every destination first. Default `false`. */
  readonly skipDestinationValidation?: boolean | undefined;
}
