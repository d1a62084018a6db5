import type { S3Client as SdkClient } from '@aws-sdk/client-s3';
import {
  CloudConfig,
  CloudProvider,
  type AccessControlList,
  type AclAdministration,
  type Bucket,
  type CallOptions,
  type CorsAdministration,
  type LifecycleAdministration,
  type ObjectLockAdministration,
  type ObjectRetention,
  type StorageClassAdministration,
  type WebsiteAdministration,
} from '@cmx/cloud-core';
import { S3CompatibleClient, type S3CompatibleClientOptions, type VersionOptions } from '@cmx/s3';
import { defaultSdkIdentity, fromSdkIdentity, sdkIdentityOf, type SdkIdentityProvider } from '../aws-credentials.ts';
import { resolveAwsRegion } from '../region.ts';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acl.ts';
import { createBucket, getBucketOwnership, getBucketRegion, getBucketTags, putBucketOwnership, putBucketTags } from './buckets.ts';
import { ControlPlane } from './control-plane.ts';
import { deleteBucketCors, getBucketCors, putBucketCors, type S3CorsRule } from './cors.ts';
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption, type BucketEncryption } from './encryption.ts';
import { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle, type S3LifecycleRule } from './lifecycle.ts';
import { getBucketNotifications, putBucketNotifications, type BucketNotifications } from './notifications.ts';
import { getBucketObjectLock, getObjectLegalHold, getObjectRetention, putBucketObjectLock, putObjectLegalHold, putObjectRetention, type BucketObjectLock } from './object-lock.ts';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy, type PolicyDocument } from './policy.ts';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock, type PublicAccessBlock } from './public-access-block.ts';
import { AWS_DIALECT, type S3Capabilities } from './s3-capabilities.ts';
import type { ObjectOwnership, PutBucketNotificationsOptions, PutObjectRetentionOptions, S3ClientOptions, S3CreateBucketOptions } from './s3-client-options.ts';
import { openSdkClient, readSdkClient } from './sdk-client.ts';
import { setObjectStorageClass } from './storage-class.ts';
import { deleteBucketWebsite, getBucketWebsite, putBucketWebsite, type S3WebsiteConfiguration } from './website.ts';

/** The data plane. Its static side stays behind: `fromEnv` reads other variables here. */
const DataPlane: new (options: S3CompatibleClientOptions<S3Capabilities>) => S3CompatibleClient<S3Capabilities> = S3CompatibleClient;

const DEFAULT_REGION = 'us-east-1';

/**
 * Amazon S3. Bytes go over `@cmx/s3`'s own wire code; credentials and administration go through the AWS SDK, which is loaded when
 * the first of them is needed. Costs are one request a call unless a method says otherwise.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export class S3Client
  extends DataPlane
  implements AclAdministration, LifecycleAdministration, CorsAdministration, ObjectLockAdministration, StorageClassAdministration, WebsiteAdministration
{
  /** Where the client begins. A bucket in another region is found by itself. */
  readonly region: string;
  readonly #control: ControlPlane;

  /** @throws {InvalidArgumentError} The endpoint is no URL. */
  constructor(options: S3ClientOptions = {}) {
    const { profile, client, endpoint, addressing, timeouts } = options;
    const region = options.region ?? resolveAwsRegion({ profile }) ?? DEFAULT_REGION;
    const identity = identityOf(options, region);
    const credentials = options.credentials ?? (identity === 'anonymous' ? identity : fromSdkIdentity(identity));
    super({ ...options, region, credentials, dialect: AWS_DIALECT, provider: CloudProvider.AWS });
    this.region = region;
    this.#control = new ControlPlane({
      ...options,
      capabilities: this.capabilities,
      isOwn: client === undefined,
      open: (sdk) => client ?? openSdkClient(sdk, { region, endpoint, addressing, timeouts, identity }),
    });
  }

  /**
   * A client as AWS's own tools would make it: beside what the constructor reads, `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`.
   *
   * @param options - Win over the environment.
   */
  static fromEnv(options: S3ClientOptions = {}): S3Client {
    const { endpoint } = CloudConfig.fromEnv().of(CloudProvider.AWS);
    return new S3Client({ endpoint, ...options });
  }

  /**
   * A client that goes where an SDK client goes: its region, endpoint and credentials. `native()` returns that client.
   *
   * @param options - Win over what the client says.
   */
  static async fromSdkClient(client: SdkClient, options: Omit<S3ClientOptions, 'client'> = {}): Promise<S3Client> {
    return new S3Client({ ...(await readSdkClient(client)), ...options, client });
  }

  /**
   * The SDK client of the control plane, for whatever is not covered here. One made by this client makes a single attempt a call,
   * because the calls here do the repeating, and is closed with it.
   *
   * @throws {MissingDependencyError} `@aws-sdk/client-s3` is not installed.
   */
  async native(): Promise<SdkClient> {
    return this.#control.native();
  }

  override async createBucket(bucket: string, options: S3CreateBucketOptions = {}): Promise<Bucket> {
    const { objectLock, objectOwnership, ...portable } = options;
    if (objectLock === undefined && objectOwnership === undefined) return super.createBucket(bucket, portable);
    return createBucket(this.#control, this.region, bucket, options);
  }

  /** @returns `us-east-1`, `eu-central-2` and so on. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
  async getBucketRegion(bucket: string, options?: CallOptions): Promise<string> {
    return getBucketRegion(this.#control, bucket, options);
  }

  async getBucketTags(bucket: string, options?: CallOptions): Promise<Record<string, string>> {
    return getBucketTags(this.#control, bucket, options);
  }

  /** Replaces all tags; none removes them. */
  async putBucketTags(bucket: string, tags: Readonly<Record<string, string>>, options?: CallOptions): Promise<void> {
    return putBucketTags(this.#control, bucket, tags, options);
  }

  /** `undefined` for buckets made before AWS had the setting: there `ObjectWriter` holds. */
  async getBucketOwnership(bucket: string, options?: CallOptions): Promise<ObjectOwnership | undefined> {
    return getBucketOwnership(this.#control, bucket, options);
  }

  async putBucketOwnership(bucket: string, ownership: ObjectOwnership, options?: CallOptions): Promise<void> {
    return putBucketOwnership(this.#control, bucket, ownership, options);
  }

  /** `undefined` without a policy. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
  async getBucketPolicy(bucket: string, options?: CallOptions): Promise<PolicyDocument | undefined> {
    return getBucketPolicy(this.#control, bucket, options);
  }

  /** @throws {PermissionDeniedError} Also when the policy would make the bucket public and its public-access block forbids that. */
  async putBucketPolicy(bucket: string, policy: PolicyDocument, options?: CallOptions): Promise<void> {
    return putBucketPolicy(this.#control, bucket, policy, options);
  }

  async deleteBucketPolicy(bucket: string, options?: CallOptions): Promise<void> {
    return deleteBucketPolicy(this.#control, bucket, options);
  }

  /** Without a block, nothing is blocked. The account's own block holds as well, and is not shown here. */
  async getPublicAccessBlock(bucket: string, options?: CallOptions): Promise<PublicAccessBlock> {
    return getPublicAccessBlock(this.#control, bucket, options);
  }

  async putPublicAccessBlock(bucket: string, block: PublicAccessBlock, options?: CallOptions): Promise<void> {
    return putPublicAccessBlock(this.#control, bucket, block, options);
  }

  async deletePublicAccessBlock(bucket: string, options?: CallOptions): Promise<void> {
    return deletePublicAccessBlock(this.#control, bucket, options);
  }

  /** AWS encrypts with `AES256` where nothing else is set, and says so; other servers answer nothing. */
  async getBucketEncryption(bucket: string, options?: CallOptions): Promise<BucketEncryption | undefined> {
    return getBucketEncryption(this.#control, bucket, options);
  }

  /** For objects stored from now on. */
  async putBucketEncryption(bucket: string, encryption: BucketEncryption, options?: CallOptions): Promise<void> {
    return putBucketEncryption(this.#control, bucket, encryption, options);
  }

  /** Back to `AES256`. */
  async deleteBucketEncryption(bucket: string, options?: CallOptions): Promise<void> {
    return deleteBucketEncryption(this.#control, bucket, options);
  }

  /** Topics first, then queues, then functions. */
  async getBucketNotifications(bucket: string, options?: CallOptions): Promise<BucketNotifications> {
    return getBucketNotifications(this.#control, bucket, options);
  }

  /** Replaces them all; no rules remove them. @throws {InvalidArgumentError} S3 may not publish to a destination. */
  async putBucketNotifications(bucket: string, notifications: BucketNotifications, options?: PutBucketNotificationsOptions): Promise<void> {
    return putBucketNotifications(this.#control, bucket, notifications, options);
  }

  /** Grantees are canonical account ids, group URIs or e-mail addresses. */
  async getObjectAcl(bucket: string, key: string, options?: VersionOptions): Promise<AccessControlList> {
    return getObjectAcl(this.#control, bucket, key, options);
  }

  /**
   * @param acl - A canned list's name (`private`, `public-read`), or grants that replace all others. Without `owner` a second request
   *   reads who that is.
   * @throws {ConflictError} `AccessControlListNotSupported`: the bucket's ownership is `BucketOwnerEnforced`, as it is by default.
   */
  async putObjectAcl(bucket: string, key: string, acl: AccessControlList | string, options?: VersionOptions): Promise<void> {
    return putObjectAcl(this.#control, bucket, key, acl, options);
  }

  async getBucketAcl(bucket: string, options?: CallOptions): Promise<AccessControlList> {
    return getBucketAcl(this.#control, bucket, options);
  }

  /** As {@link putObjectAcl}. */
  async putBucketAcl(bucket: string, acl: AccessControlList | string, options?: CallOptions): Promise<void> {
    return putBucketAcl(this.#control, bucket, acl, options);
  }

  async getBucketLifecycle(bucket: string, options?: CallOptions): Promise<S3LifecycleRule[]> {
    return getBucketLifecycle(this.#control, bucket, options);
  }

  /** Replaces all rules; none removes them. Objects under 128 KiB are not moved to other classes unless a rule names a size. */
  async putBucketLifecycle(bucket: string, rules: readonly S3LifecycleRule[], options?: CallOptions): Promise<void> {
    return putBucketLifecycle(this.#control, bucket, rules, options);
  }

  async deleteBucketLifecycle(bucket: string, options?: CallOptions): Promise<void> {
    return deleteBucketLifecycle(this.#control, bucket, options);
  }

  async getBucketCors(bucket: string, options?: CallOptions): Promise<S3CorsRule[]> {
    return getBucketCors(this.#control, bucket, options);
  }

  /** Replaces all rules; none removes them. */
  async putBucketCors(bucket: string, rules: readonly S3CorsRule[], options?: CallOptions): Promise<void> {
    return putBucketCors(this.#control, bucket, rules, options);
  }

  async deleteBucketCors(bucket: string, options?: CallOptions): Promise<void> {
    return deleteBucketCors(this.#control, bucket, options);
  }

  /** `undefined` when the bucket has no object lock. */
  async getBucketObjectLock(bucket: string, options?: CallOptions): Promise<BucketObjectLock | undefined> {
    return getBucketObjectLock(this.#control, bucket, options);
  }

  /** Turns object lock on, for good, in a bucket that keeps versions, and sets what new objects get. */
  async putBucketObjectLock(bucket: string, lock: BucketObjectLock, options?: CallOptions): Promise<void> {
    return putBucketObjectLock(this.#control, bucket, lock, options);
  }

  /** `undefined` without one. A second request is made in a bucket without object lock. */
  async getObjectRetention(bucket: string, key: string, options?: VersionOptions): Promise<ObjectRetention | undefined> {
    return getObjectRetention(this.#control, bucket, key, options);
  }

  /** @throws {PermissionDeniedError} A retention there is would be shortened. */
  async putObjectRetention(bucket: string, key: string, retention: ObjectRetention, options?: PutObjectRetentionOptions): Promise<void> {
    return putObjectRetention(this.#control, bucket, key, retention, options);
  }

  /** A second request is made in a bucket without object lock. */
  async getObjectLegalHold(bucket: string, key: string, options?: VersionOptions): Promise<boolean> {
    return getObjectLegalHold(this.#control, bucket, key, options);
  }

  async putObjectLegalHold(bucket: string, key: string, hold: boolean, options?: VersionOptions): Promise<void> {
    return putObjectLegalHold(this.#control, bucket, key, hold, options);
  }

  /**
   * Copies the object onto itself in another class, keeping metadata, tags and encryption; its ACL is the default again, and a
   * bucket with versions keeps the old one. Several requests.
   *
   * @throws {PreconditionFailedError} The object was replaced meanwhile.
   * @throws {ConflictError} It lies in an archive and must be restored first.
   */
  async setObjectStorageClass(bucket: string, key: string, storageClass: string, options?: CallOptions): Promise<void> {
    return setObjectStorageClass(this.#control, this, bucket, key, storageClass, options);
  }

  /** `undefined` without one. @throws {UnsupportedOperationError} The website has no documents, because all of it redirects. */
  async getBucketWebsite(bucket: string, options?: CallOptions): Promise<S3WebsiteConfiguration | undefined> {
    return getBucketWebsite(this.#control, bucket, options);
  }

  async putBucketWebsite(bucket: string, website: S3WebsiteConfiguration, options?: CallOptions): Promise<void> {
    return putBucketWebsite(this.#control, bucket, website, options);
  }

  async deleteBucketWebsite(bucket: string, options?: CallOptions): Promise<void> {
    return deleteBucketWebsite(this.#control, bucket, options);
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#control.close()]);
  }
}

/** Where the SDK gets its credentials: what the client was given, an SDK client's own, or the default chain. */
function identityOf({ credentials, client, profile }: S3ClientOptions, region: string): SdkIdentityProvider | 'anonymous' {
  if (credentials !== undefined) return credentials === 'anonymous' ? credentials : sdkIdentityOf(credentials);
  return client ? (options) => client.config.credentials(options) : defaultSdkIdentity({ profile, region });
}
