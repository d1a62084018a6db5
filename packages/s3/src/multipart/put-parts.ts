import { UnsupportedOperationError, type PutObjectOptions, type PutObjectResult, type UploadedPart } from '@cmx/cloud-core';
import type { MultipartTarget, UnfinishedUpload, UploadCall } from '@cmx/cloud-core/body';
import type { RequestHeaders } from '../objects/store-headers.ts';
import type { S3Context } from '../s3-context.ts';
import { beginUpload } from './begin-upload.ts';
import { dropBrokenUpload } from './drop-broken-upload.ts';
import type { PartTarget } from './drop-upload.ts';
import { endUpload, sendPart } from './multipart.ts';
import { findUnfinished } from './unfinished-uploads.ts';

/** An object being stored in parts. */
export class PutParts implements Omit<MultipartTarget, 'equalParts' | 'partMemory'> {
  readonly #context: S3Context;
  readonly #target: PartTarget;
  readonly #options: PutObjectOptions;
  readonly #keyHeaders: RequestHeaders;

  constructor(context: S3Context, target: PartTarget, options: PutObjectOptions, keyHeaders: RequestHeaders) {
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
    return beginUpload(this.#context, this.#target, this.#options, { abortSignal });
  }

  async findUnfinished({ abortSignal }: UploadCall): Promise<UnfinishedUpload | undefined> {
    const { resume, checksumAlgorithm } = this.#options;
    if (resume === undefined || resume === false) return undefined;
    return findUnfinished(this.#context, this.#target, resume, checksumAlgorithm, { abortSignal });
  }

  uploadPart(uploadId: string, partNumber: number, body: Uint8Array, { abortSignal, checksums }: UploadCall): Promise<UploadedPart> {
    return sendPart(this.#context, this.#target, uploadId, partNumber, body, checksums, this.#keyHeaders, { abortSignal });
  }

  complete(uploadId: string, parts: readonly UploadedPart[], { abortSignal, checksums, checksumType }: Parameters<MultipartTarget['complete']>[2]): Promise<PutObjectResult> {
    const { ifMatch, ifNoneMatch } = this.#options;
    return endUpload(this.#context, this.#target, uploadId, parts, { ifMatch, ifNoneMatch, checksums, checksumType }, { abortSignal });
  }

  abort(uploadId: string, { abortSignal }: UploadCall): Promise<void> {
    return dropBrokenUpload(this.#context, this.#target, uploadId, { abortSignal });
  }
}
