import type { ChecksumAlgorithm, StorageCapabilities } from '@cmx/cloud-core';

/** Kinds of S3 service whose habits are known. */
export type S3DialectName = 'aws' | 'minio' | 'ceph' | 'swift' | 'r2' | 'b2' | 'garage' | 'infomaniak' | 'generic';

/** How one kind of S3 service wants to be spoken to, and what it can do. Plain data: make your own with a spread. */
export interface S3Dialect<C extends StorageCapabilities = StorageCapabilities> {
  readonly name: S3DialectName;
  readonly capabilities: C;
  /** The service's own endpoint, with `{region}` in it where it has several. */
  readonly endpoint: string | undefined;
  /** Where the bucket's name goes: into the path, or (`virtual`) before the host's name where that can be. */
  readonly addressing: 'path' | 'virtual';
  /** The region requests are signed for when none is given. */
  readonly defaultRegion: string;
  /** Which keys the service keeps as they are. Others are refused before any request, because it would make different ones of them. */
  readonly keys: {
    /** A slash at the beginning, or two in a row. */
    readonly emptySegments: boolean;
    /** Control characters and others that XML cannot hold: listings lose them where `encoding-type=url` is not understood. */
    readonly unlistableCharacters: boolean;
    /** Bytes between two slashes, where the service makes file names of them. */
    readonly maxSegmentBytes: number | undefined;
    /**
     * Whether there can be a key and others inside it: `a` and `a/b`. Where keys are paths, one of them is refused or hidden from
     * lists. Nothing is refused before a request for that: only the service knows what is there.
     */
    readonly nested: boolean;
  };
  /** Bytes of one value of user metadata as it is sent, where there is a bound besides that of all together. */
  readonly maxMetadataValueBytes: number | undefined;
  /** Whether conditions on the object that a copy replaces are kept. Where they are ignored, asking for one is refused. */
  readonly copyConditions: boolean;
  /** Whether a copy can be bound to the ETag of a source that was uploaded in parts. Where it cannot, it is bound to its date. */
  readonly multipartSourceEtags: boolean;
  /**
   * Whether unfinished uploads can be asked for by the beginning of their keys. Where only a whole key is understood, all are
   * listed and sorted out here.
   */
  readonly uploadPrefixes: boolean;
  /** Which form of ListObjects is asked for. */
  readonly listVersion: 1 | 2;
  /** What proves the body of a batch deletion: services insist on one, not on the same one. */
  readonly batchDeleteDigest: Extract<ChecksumAlgorithm, 'md5' | 'crc32' | 'sha256'>;
  /** What guards uploads that carry no signed hash of their bytes (over TLS). Services that refuse unknown checksums get none. */
  readonly uploadChecksum: ChecksumAlgorithm | undefined;
  /** Whether all parts of an upload but the last must have one size. */
  readonly equalParts: boolean;
  /** Algorithms that multipart uploads can keep of the whole object, not of the parts' checksums. */
  readonly fullObjectChecksums: readonly ChecksumAlgorithm[];
}
