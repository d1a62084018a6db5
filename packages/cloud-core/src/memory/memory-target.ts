import type { ChecksumType } from '../body/checksum.ts';
import type { CloudErrorFields } from '../errors/cloud-error.ts';
import type { PutObjectOptions } from '../storage/models.ts';
import type { UploadTarget } from '../transfer/upload-target.ts';
import type { MemoryBucket } from './memory-bucket.ts';
import { MEMORY_STORAGE_CAPABILITIES } from './memory-capabilities.ts';
import type { MemoryStore } from './memory-store.ts';
import { beginUpload, completeUpload, dropUpload, findUpload, keepPart } from './memory-uploads.ts';
import { toAttributes, toPutResult } from './object-record.ts';

/** One object about to be stored, as the upload engine sees it. A condition that does not hold fails before the body is read. */
export function memoryTarget(store: MemoryStore, bucket: MemoryBucket, key: string, options: PutObjectOptions, where: CloudErrorFields): UploadTarget {
  bucket.assertConditions(key, options);
  const { checksumAlgorithm } = options;
  const checksumType: ChecksumType | undefined = checksumAlgorithm && (checksumAlgorithm.startsWith('crc') ? 'full_object' : 'composite');
  return {
    limits: MEMORY_STORAGE_CAPABILITIES.limits,
    async put(body, { checksums }) {
      const content = { bytes: body.slice(), etag: store.newToken(), checksums, checksumType: checksums && ('full_object' as const), attributes: toAttributes(options) };
      return toPutResult(bucket.put(key, content, options));
    },
    multipart: {
      create: async () => beginUpload(store, bucket, key, { ...options, checksumType }).uploadId,
      uploadPart: (uploadId, partNumber, body, call) => keepPart(store, findUpload(bucket, key, uploadId), partNumber, body, call, where),
      async complete(uploadId, parts, { checksums }) {
        const { ifMatch, ifNoneMatch } = options;
        return toPutResult(await completeUpload(store, bucket, findUpload(bucket, key, uploadId), parts, { ifMatch, ifNoneMatch, checksums }, where));
      },
      abort: async (uploadId) => dropUpload(store, bucket, findUpload(bucket, key, uploadId)),
    },
  };
}
