import type { CallOptions } from '../models/call-options.ts';

/** Who may do what: a canned ACL's name in the service's words (`private`, `public-read`), or grants. */
export interface AccessControlList {
  readonly owner?: string | undefined;
  readonly grants: readonly { readonly grantee: string; readonly permission: string }[];
}

/** One rule of a bucket's life cycle. Days count from the object's creation. */
export interface LifecycleRule {
  readonly id: string;
  readonly enabled: boolean;
  readonly prefix?: string | undefined;
  readonly expireAfterInDays?: number | undefined;
  readonly expireNoncurrentAfterInDays?: number | undefined;
  readonly abortIncompleteUploadsAfterInDays?: number | undefined;
  readonly transitions?: readonly { readonly afterInDays: number; readonly storageClass: string }[] | undefined;
}

/** One rule of a bucket's cross-origin policy. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[] | undefined;
  readonly exposedHeaders?: readonly string[] | undefined;
  readonly maxAgeInSeconds?: number | undefined;
}

/** Until when an object cannot be deleted, and whether a privileged caller may lift that (`governance`) or nobody (`compliance`). */
export interface ObjectRetention {
  readonly mode: 'governance' | 'compliance';
  readonly retainUntil: Date;
}

export interface WebsiteConfiguration {
  readonly indexDocument: string;
  readonly errorDocument?: string | undefined;
}

export interface BucketQuota {
  readonly maxSizeInBytes?: number | undefined;
  readonly maxObjects?: number | undefined;
  readonly usedInBytes?: number | undefined;
  readonly usedObjects?: number | undefined;
}

/** Access-control lists: `capabilities.acl`. */
export interface AclAdministration {
  getObjectAcl(bucket: string, key: string, options?: CallOptions): Promise<AccessControlList>;
  putObjectAcl(bucket: string, key: string, acl: AccessControlList | string, options?: CallOptions): Promise<void>;
}

/** Life-cycle rules: `capabilities.lifecycle`. A bucket without any answers with an empty list. */
export interface LifecycleAdministration {
  getBucketLifecycle(bucket: string, options?: CallOptions): Promise<LifecycleRule[]>;
  putBucketLifecycle(bucket: string, rules: readonly LifecycleRule[], options?: CallOptions): Promise<void>;
  deleteBucketLifecycle(bucket: string, options?: CallOptions): Promise<void>;
}

/** Cross-origin rules: `capabilities.cors`. */
export interface CorsAdministration {
  getBucketCors(bucket: string, options?: CallOptions): Promise<CorsRule[]>;
  putBucketCors(bucket: string, rules: readonly CorsRule[], options?: CallOptions): Promise<void>;
  deleteBucketCors(bucket: string, options?: CallOptions): Promise<void>;
}

/** Object lock: `capabilities.objectLock`. */
export interface ObjectLockAdministration {
  getObjectRetention(bucket: string, key: string, options?: CallOptions & { versionId?: string }): Promise<ObjectRetention | undefined>;
  putObjectRetention(bucket: string, key: string, retention: ObjectRetention, options?: CallOptions & { versionId?: string; bypassGovernance?: boolean }): Promise<void>;
  getObjectLegalHold(bucket: string, key: string, options?: CallOptions & { versionId?: string }): Promise<boolean>;
  putObjectLegalHold(bucket: string, key: string, hold: boolean, options?: CallOptions & { versionId?: string }): Promise<void>;
}

/** Moving an object to another class: `capabilities.storageClass`. */
export interface StorageClassAdministration {
  setObjectStorageClass(bucket: string, key: string, storageClass: string, options?: CallOptions): Promise<void>;
}

/** Static websites: `capabilities.website`. */
export interface WebsiteAdministration {
  getBucketWebsite(bucket: string, options?: CallOptions): Promise<WebsiteConfiguration | undefined>;
  putBucketWebsite(bucket: string, website: WebsiteConfiguration, options?: CallOptions): Promise<void>;
  deleteBucketWebsite(bucket: string, options?: CallOptions): Promise<void>;
}

/** Quotas and usage: `capabilities.quotas`. */
export interface QuotaAdministration {
  getBucketQuota(bucket: string, options?: CallOptions): Promise<BucketQuota>;
  putBucketQuota(bucket: string, quota: BucketQuota, options?: CallOptions): Promise<void>;
}
