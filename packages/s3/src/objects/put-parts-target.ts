import { UnsupportedOperationError, type PutObjectOptions, type PutObjectResult, type UploadedPart } from '@cmx/cloud-core';
import type { MultipartTarget, UnfinishedUpload, UploadCall } from '@cmx/cloud-core/body';
import type { PartTarget } from '../multipart/drop-upload.ts';
import type { S3Context } from '../s3-context.ts';
import type { RequestHeaders } from './store-headers.ts';

/** An object about to be stored in parts. What sends them is loaded with the first body that is large enough. */
export class PutPartsTarget implements MultipartTarget {
  readonly equalParts: boolean;
  readonly partMemory: MultipartTarget['partMemory'];
  readonly #context: S3Context;
  readonly #target: PartTarget;
  readonly #options: PutObjectOptions;
  readonly #keyHeaders: RequestHeaders;

  constructor(context: S3Context, target: PartTarget, options: PutObjectOptions, keyHeaders: RequestHeaders) {
    this.equalParts = context.dialect.equalParts;
    this.partMemory = context.connection.partMemory;
    this.#context = context;
    this.#target = target;
    this.#options = options;
    this.#keyHeaders = keyHeaders;
  }

  async create({ abortSignal }: UploadCall): Promise<string> {
    const { ifMatch, ifNoneMatch } = this.#options;
    if (!this.#context.dialect.capabilities.conditionalMultipart && (ifMatch ?? ifNoneMatch) !== undefined) {
      throw new UnsupportedOperationError('Not supported here: a condition on a body that is too large for one request (capabilities.conditionalMultipart is false)', this.#target.call);
    }
    const { beginUpload } = await import('../multipart/begin-upload.ts');
    return beginUpload(this.#context, this.#target, this.#options, { abortSignal });
  }

  async findUnfinished({ abortSignal }: UploadCall): Promise<UnfinishedUpload | undefined> {
    const { resume, checksumAlgorithm } = this.#options;
    if (resume === undefined || resume === false) return undefined;
    const { findUnfinished } = await import('../multipart/unfinished-uploads.ts');
    return findUnfinished(this.#context, this.#target, resume, checksumAlgorithm, { abortSignal });
  }

  async uploadPart(uploadId: string, partNumber: number, body: Uint8Array, { abortSignal, checksums }: UploadCall): Promise<UploadedPart> {
    const { sendPart } = await import('../multipart/multipart.ts');
    return sendPart(this.#context, this.#target, uploadId, partNumber, body, checksums, this.#keyHeaders, { abortSignal });
  }

  async complete(uploadId: string, parts: readonly UploadedPart[], { abortSignal, checksums, checksumType }: Parameters<MultipartTarget['complete']>[2]): Promise<PutObjectResult> {
    const { ifMatch, ifNoneMatch } = this.#options;
    const { endUpload } = await import('../multipart/multipart.ts');
    return endUpload(this.#context, this.#target, uploadId, parts, { ifMatch, ifNoneMatch, checksums, checksumType }, { abortSignal });
  }

  async abort(uploadId: string, { abortSignal }: UploadCall): Promise<void> {
    const { dropBrokenUpload } = await import('../multipart/drop-broken-upload.ts');
    return dropBrokenUpload(this.#context, this.#target, uploadId, { abortSignal });
  }
}
