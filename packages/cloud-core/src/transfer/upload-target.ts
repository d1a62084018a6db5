import type { Checksums, ChecksumType } from '../body/checksum.ts';
import type { StorageLimits } from '../storage/capabilities.ts';
import type { ObjectMetadata, PutObjectResult, UploadedPart } from '../storage/models.ts';

/** What goes along with one request of an upload. */
export interface UploadCall {
  readonly abortSignal?: AbortSignal | undefined;
  /** Digests of the bytes of this request, computed or given by the caller. At the completion: of the whole object. */
  readonly checksums?: Checksums | undefined;
}

/**
 * One object about to be stored: what the upload engine needs of a service. Bucket, key, conditions and headers are the
 * target's own business; retries of a request happen inside it. Buffers belong to the engine: a target is done with one when its promise settles.
 */
export interface UploadTarget {
  readonly limits: Pick<StorageLimits, 'maxObjectBytes' | 'maxSinglePutBytes' | 'minPartBytes' | 'maxPartBytes' | 'maxParts'>;
  put(body: Uint8Array, call: UploadCall): Promise<PutObjectResult>;
  /** Absent where objects cannot go in parts: then a stream is gathered in memory. */
  readonly multipart?: MultipartTarget | undefined;
  /** Reads back what is there now, to find out whether a write whose answer was lost has landed. */
  head?(call: UploadCall): Promise<ObjectMetadata>;
}

/** An upload that was begun earlier. */
export interface UnfinishedUpload {
  readonly uploadId: string;
  readonly parts: readonly UploadedPart[];
}

export interface MultipartTarget {
  /** Whether all parts but the last must have the same size. Default `false`: parts of streams of unknown size grow late. */
  readonly equalParts?: boolean | undefined;
  /**
   * Makes the memory that parts lie in, where it must be of some kind: a body at hand is copied there too. Default: ordinary
   * memory, and the caller's own for a body at hand.
   */
  readonly partMemory?: ((sizeInBytes: number) => Uint8Array) | undefined;
  create(call: UploadCall): Promise<string>;
  /** An unfinished upload to go on with, if the caller wants that and there is one. */
  findUnfinished?(call: UploadCall): Promise<UnfinishedUpload | undefined>;
  uploadPart(uploadId: string, partNumber: number, body: Uint8Array, call: UploadCall): Promise<UploadedPart>;
  /** `checksums` are of the whole object (`full_object`) or absent; the parts carry their own. */
  complete(uploadId: string, parts: readonly UploadedPart[], call: UploadCall & { readonly checksumType?: ChecksumType | undefined }): Promise<PutObjectResult>;
  abort(uploadId: string, call: UploadCall): Promise<void>;
}
