import type { StorageCapabilities } from '@cmx/cloud-core';
import type { S3Dialect, S3DialectName } from './dialect.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const TIB = 1024 ** 4;

/** Everything the S3 protocol has and this client speaks. Bucket administration beyond that belongs to a provider's client. */
const EVERYTHING = {
  listBuckets: true,
  createBucket: true,
  deleteBucket: true,
  createOnlyPut: true,
  conditionalPut: true,
  conditionalMultipart: true,
  conditionalGet: true,
  modifiedConditions: true,
  conditionalDelete: true,
  conditionalCopy: true,
  ranges: true,
  suffixRanges: true,
  metadata: true,
  contentHeaders: true,
  tags: true,
  versions: true,
  multipart: true,
  resumableUploads: true,
  partCopy: true,
  serverSideCopy: true,
  batchDelete: true,
  delimiter: 'any',
  startAfter: true,
  presignedUrls: ['GET', 'PUT', 'HEAD', 'DELETE'],
  presignedPost: true,
  responseOverrides: true,
  storageClass: true,
  acl: false,
  lifecycle: false,
  cors: false,
  objectLock: false,
  website: false,
  quotas: false,
  serverSideEncryption: true,
  customerKeys: true,
  checksums: ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'],
  limits: {
    maxKeyBytes: 1024,
    maxObjectBytes: 10_000 * 5 * GIB,
    maxSinglePutBytes: 5 * GIB,
    minPartBytes: 5 * MIB,
    maxPartBytes: 5 * GIB,
    maxParts: 10_000,
    maxSingleCopyBytes: 5 * GIB,
    maxBatchDelete: 1000,
    maxMetadataBytes: 2048,
    maxTags: 10,
    maxPresignSeconds: 604_800,
    maxPageSize: 1000,
  },
  facts: { consistency: 'strong', listOrder: 'utf8', dotSegments: true, wire: 'http' },
} as const satisfies StorageCapabilities;

const ALL_KEYS = { emptySegments: true, unlistableCharacters: true, maxSegmentBytes: undefined, nested: true };
/** Where keys become paths of a file system. */
const PATH_KEYS = { emptySegments: false, unlistableCharacters: true, maxSegmentBytes: 255, nested: false };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html */
const aws = {
  name: 'aws',
  capabilities: EVERYTHING,
  endpoint: 'https://s3.{region}.amazonaws.com',
  addressing: 'virtual',
  defaultRegion: 'us-east-1',
  keys: ALL_KEYS,
  maxMetadataValueBytes: undefined,
  copyConditions: true,
  multipartSourceEtags: true,
  uploadPrefixes: true,
  listVersion: 2,
  batchDeleteDigest: 'crc32',
  uploadChecksum: 'crc32',
  equalParts: false,
  fullObjectChecksums: ['crc32', 'crc32c', 'crc64nvme'],
} as const satisfies S3Dialect;

/** @see https://min.io/docs/minio/linux/reference/s3-api-compatibility.html */
const minio = {
  ...aws,
  name: 'minio',
  endpoint: undefined,
  addressing: 'path',
  keys: PATH_KEYS,
  copyConditions: false,
  uploadPrefixes: false,
  capabilities: {
    ...EVERYTHING,
    conditionalDelete: false, // the header is ignored
    serverSideEncryption: false, // needs a key server beside it
    customerKeys: false, // over TLS only
    limits: { ...EVERYTHING.limits, maxObjectBytes: 50 * TIB, maxMetadataBytes: 2048 - 'x-amz-meta-'.length }, // counts each name with its prefix
    facts: { ...EVERYTHING.facts, dotSegments: false },
  },
} as const satisfies S3Dialect;

/** @see https://docs.ceph.com/en/latest/radosgw/s3/ */
const ceph = {
  ...aws,
  name: 'ceph',
  endpoint: undefined,
  addressing: 'path',
  defaultRegion: 'default',
  batchDeleteDigest: 'md5',
  uploadChecksum: undefined,
  fullObjectChecksums: [],
  capabilities: {
    ...EVERYTHING,
    createOnlyPut: false, // ignored by releases still in use
    conditionalPut: false,
    conditionalMultipart: false,
    conditionalDelete: false,
    checksums: [],
    limits: { ...EVERYTHING.limits, maxObjectBytes: 5 * TIB },
  },
} as const satisfies S3Dialect;

/** OpenStack Swift with its `s3api` filter. @see https://docs.openstack.org/swift/latest/s3_compat.html */
const swift = {
  ...ceph,
  name: 'swift',
  defaultRegion: 'us-east-1',
  maxMetadataValueBytes: 256,
  copyConditions: false,
  multipartSourceEtags: false, // compared with that of the manifest
  capabilities: {
    ...ceph.capabilities,
    conditionalDelete: true,
    tags: false,
    versions: false, // kept where the operator allows it, but listed wrongly
    storageClass: false,
    serverSideEncryption: false,
    customerKeys: false,
    presignedPost: false,
    limits: { ...ceph.capabilities.limits, maxMetadataBytes: 4096 },
  },
} as const satisfies S3Dialect;

/** @see https://developers.cloudflare.com/r2/api/s3/api/ */
const r2 = {
  ...aws,
  name: 'r2',
  endpoint: undefined,
  addressing: 'path',
  defaultRegion: 'auto',
  equalParts: true,
  uploadChecksum: undefined,
  fullObjectChecksums: ['crc64nvme'],
  capabilities: {
    ...EVERYTHING,
    conditionalMultipart: false,
    conditionalDelete: false,
    tags: false,
    versions: false,
    presignedPost: false,
    serverSideEncryption: false,
    limits: { ...EVERYTHING.limits, maxObjectBytes: 5 * TIB, maxMetadataBytes: 8192 },
  },
} as const satisfies S3Dialect;

/** @see https://www.backblaze.com/docs/cloud-storage-s3-compatible-api */
const b2 = {
  ...ceph,
  name: 'b2',
  endpoint: 'https://s3.{region}.backblazeb2.com',
  defaultRegion: 'us-west-004',
  capabilities: {
    ...ceph.capabilities,
    tags: false,
    presignedPost: false,
    storageClass: false,
    limits: { ...ceph.capabilities.limits, maxObjectBytes: 10_000 * GIB },
  },
} as const satisfies S3Dialect;

/** @see https://garagehq.deuxfleurs.fr/documentation/reference-manual/s3-compatibility/ */
const garage = {
  ...ceph,
  name: 'garage',
  defaultRegion: 'garage',
  capabilities: {
    ...ceph.capabilities,
    tags: false,
    versions: false,
    storageClass: false,
    serverSideEncryption: false,
  },
} as const satisfies S3Dialect;

/** Infomaniak Public Cloud's object storage: Swift. @see https://docs.infomaniak.cloud/object_storage/s3/ */
const infomaniak = { ...swift, name: 'infomaniak', endpoint: 'https://s3.pub1.infomaniak.cloud' } as const satisfies S3Dialect;

/** What every S3 service has been seen to do. {@link probeS3Endpoint} finds out what else one can. */
const generic = {
  ...ceph,
  name: 'generic',
  defaultRegion: 'us-east-1',
  keys: { ...PATH_KEYS, unlistableCharacters: false },
  copyConditions: false,
  capabilities: {
    ...ceph.capabilities,
    tags: false,
    versions: false,
    storageClass: false,
    serverSideEncryption: false,
    customerKeys: false,
    presignedPost: false,
    modifiedConditions: false,
    facts: { ...EVERYTHING.facts, dotSegments: false },
  },
} as const satisfies S3Dialect;

/** The dialects by name. Their capability tables are types too: a client made with `S3_DIALECTS.swift` has no tags to compile against. */
export const S3_DIALECTS = { aws, minio, ceph, swift, r2, b2, garage, infomaniak, generic } as const satisfies Readonly<Record<S3DialectName, S3Dialect>>;
