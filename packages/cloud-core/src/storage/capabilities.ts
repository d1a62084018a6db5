import type { ChecksumAlgorithm } from '../body/checksum.ts';
import type { PresignMethod } from './models.ts';

/**
 * What an object store can do, as data. A provider declares one table `as const`; the types of its client are narrowed by it,
 * the contract suite is selected by it, and the documentation is made from it.
 */
export interface StorageCapabilities {
  readonly listBuckets: boolean;
  readonly createBucket: boolean;
  readonly deleteBucket: boolean;
  /** `putObject` with `ifNoneMatch: '*'`: create, never replace. */
  readonly createOnlyPut: boolean;
  /** `putObject` with `ifMatch`. */
  readonly conditionalPut: boolean;
  /** Both conditions at the end of a multipart upload. */
  readonly conditionalMultipart: boolean;
  /** `getObject` and `getObjectMetadata` with `ifMatch`, `ifNoneMatch`. */
  readonly conditionalGet: boolean;
  /** … with `ifModifiedSince`, `ifUnmodifiedSince`. */
  readonly modifiedConditions: boolean;
  /** `deleteObject` with `ifMatch`. */
  readonly conditionalDelete: boolean;
  /** `copyObject` with `sourceIfMatch`. */
  readonly conditionalCopy: boolean;
  readonly ranges: boolean;
  /** The last N bytes. */
  readonly suffixRanges: boolean;
  /** User metadata. */
  readonly metadata: boolean;
  /** Cache-Control, Content-Disposition, Content-Encoding and Content-Language are kept. */
  readonly contentHeaders: boolean;
  readonly tags: boolean;
  readonly versions: boolean;
  readonly multipart: boolean;
  /** `putObject` and `uploadFile` with `resume`: parts of an upload that was broken off are found and not sent again. */
  readonly resumableUploads: boolean;
  /** A part of a multipart upload copied from an object. */
  readonly partCopy: boolean;
  /** A copy without the bytes passing through the caller. */
  readonly serverSideCopy: boolean;
  /** Several deletions in one request. Without it, `deleteObjects` sends one request a key. */
  readonly batchDelete: boolean;
  readonly delimiter: 'any' | 'slash' | false;
  readonly startAfter: boolean;
  /** Methods `generatePresignedUrl` can sign. */
  readonly presignedUrls: readonly PresignMethod[];
  /** HTML form uploads with a policy. */
  readonly presignedPost: boolean;
  /** Content headers overridden on a read or in a presigned URL. */
  readonly responseOverrides: boolean;
  readonly storageClass: boolean;
  readonly acl: boolean;
  readonly lifecycle: boolean;
  readonly cors: boolean;
  readonly objectLock: boolean;
  readonly website: boolean;
  readonly quotas: boolean;
  /** Encryption with the service's own or a managed key. */
  readonly serverSideEncryption: boolean;
  /** Encryption with a key the caller sends along (SSE-C). */
  readonly customerKeys: boolean;
  /** Checksums the service keeps and verifies. */
  readonly checksums: readonly ChecksumAlgorithm[];
  readonly limits: StorageLimits;
  readonly facts: StorageFacts;
}

/** Hard numbers. All are upper bounds unless the name says otherwise. */
export interface StorageLimits {
  /** Bytes of the key in UTF-8. */
  readonly maxKeyBytes: number;
  readonly maxObjectBytes: number;
  /** Bytes of one `putObject` request; larger bodies go in parts. */
  readonly maxSinglePutBytes: number;
  /** Smallest part but the last. */
  readonly minPartBytes: number;
  readonly maxPartBytes: number;
  readonly maxParts: number;
  /** Largest object one `copyObject` request copies; larger ones are copied in parts. */
  readonly maxSingleCopyBytes: number;
  /** Keys in one batch deletion. */
  readonly maxBatchDelete: number;
  /** Bytes of all names and values of user metadata together. */
  readonly maxMetadataBytes: number;
  readonly maxTags: number;
  readonly maxPresignSeconds: number;
  readonly maxPageSize: number;
}

/** How the store behaves. */
export interface StorageFacts {
  readonly consistency: 'strong' | 'eventual';
  /** Order of `listObjects`: by the bytes of the key in UTF-8, or none that can be relied on. */
  readonly listOrder: 'utf8' | 'none';
  /** Whether keys may hold `.` and `..` segments. */
  readonly dotSegments: boolean;
  /** How the client reaches the store: over HTTP, where the fault suite applies, or inside the process. */
  readonly wire: 'http' | 'none';
}

/** The names of the capabilities that are yes-or-no. */
export type StorageFeature = {
  [K in keyof StorageCapabilities]: StorageCapabilities[K] extends boolean ? K : never;
}[keyof StorageCapabilities];

/** `T` where a capability may be there, `never` where its table says `false`: so a call that cannot work does not compile. */
export type Supported<Flag, T> = [Flag] extends [false] ? never : T;

/** Whether a client can do something, narrowing its type for the branch. */
export function hasCapability<C extends StorageCapabilities, F extends StorageFeature>(
  client: { readonly capabilities: C },
  feature: F,
): client is { readonly capabilities: C & Record<F, true> } {
  return client.capabilities[feature] === true;
}
