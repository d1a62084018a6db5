/** Checksum algorithms that object stores keep. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256', 'md5'] as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Digests by algorithm, each in base64, the form the services use. */
export type Checksums = Readonly<Partial<Record<ChecksumAlgorithm, string>>>;

/** Whether a checksum is of the object's bytes, or of the checksums of its parts. The two are never compared. */
export type ChecksumType = 'full_object' | 'composite';
